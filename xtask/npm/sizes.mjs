// Prints each file's size and its size under brotli 11, in bytes.
import { readFileSync } from 'node:fs';
import { brotliCompressSync, constants } from 'node:zlib';

for (const path of process.argv.slice(2)) {
  const bytes = readFileSync(path);
  const compressed = brotliCompressSync(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
  console.log(bytes.length, compressed.length);
}

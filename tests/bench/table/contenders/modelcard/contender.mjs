import path from 'node:path';

const dist = process.env.WIDGET_DIST ?? '../../../dist';

/** The rows that all contenders show, as a compiled catalog. */
function catalog(rows) {
  const models = rows.map((row) => {
    const [input, output] = row.modality.split('->').map((list) => list.split('+'));
    return {
      id: row.name,
      name: row.name,
      author: row.provider,
      context_length: row.context,
      released: row.released,
      input_modalities: input,
      output_modalities: output,
      prices: { rates: { input: String(row.input), output: String(row.output) } },
      endpoints: [{ id: `bench/${row.id}`, provider: row.provider, prices: {}, throughput: { p50: row.tps } }],
    };
  });
  return { schema_version: '1.0', compiled: true, name: 'Bench', date: '2026-01-01', models };
}

export default {
  title: 'Modelcard',
  mode: 'virtual',
  mounts: { '/w': path.resolve(dist) },
  head: '<script src="/w/modelcard.js"></script>',
  body: (rows, n) => `<model-table catalog="/data/catalog-${n}.json"></model-table>`,
  entry: 'main.js',
  data: { catalog },
};

//! Short names for what the two halves of a module, its WebAssembly and its
//! JavaScript, know each other by. wasm-bindgen's names hold hashes, which no
//! compressor makes smaller, and stand in both: 4 KB of brotli. The functions within
//! the module, which have no names any more, get their order by the way.

use crate::{cache::at, error::Error, node, process::output, similar};
use std::{collections::HashMap, fs, path::Path};

/// The names that wasm-opt has given, by the names that they had.
#[derive(Debug, Default, PartialEq, Eq)]
struct Names {
    imports: HashMap<String, String>,
    exports: HashMap<String, String>,
}

/// Shortens the names of `<module>_bg.wasm` and `<module>.js`, which is not minified yet.
pub fn shorten(staging: &Path, module: &str) -> Result<(), Error> {
    let wasm = staging.join(format!("{module}_bg.wasm"));
    let glue = staging.join(format!("{module}.js"));
    let mut minify = node::wasm_opt()?;
    // What the compiler may have used; nothing is changed but names.
    minify.args([
        "--enable-bulk-memory",
        "--enable-multivalue",
        "--enable-mutable-globals",
        "--enable-nontrapping-float-to-int",
        "--enable-reference-types",
        "--enable-sign-ext",
        "--reorder-functions-by-name",
        "--minify-imports-and-exports-and-modules",
    ]);
    let named = similar::with_names_in_order(&at(&wasm, fs::read(&wasm))?);
    at(&wasm, fs::write(&wasm, named.ok_or_else(|| Error::NotStripped(wasm.clone()))?))?;
    let printed = output(minify.arg(&wasm).arg("-o").arg(&wasm))?;
    let source = at(&glue, fs::read_to_string(&glue))?;
    let mark = format!("\"./{module}_bg.js\"");
    let renamed = rename(&source, &Names::of(&printed), &mark);
    at(&glue, fs::write(&glue, renamed.ok_or_else(|| Error::ShortNames(glue.clone()))?))
}

impl Names {
    /// Reads what wasm-opt prints: `["module", "import", "short"],` and `["export", "short"],`
    /// in lines.
    fn of(printed: &str) -> Self {
        let mut names = Self::default();
        for line in printed.lines() {
            let quoted: Vec<&str> = line.split('"').skip(1).step_by(2).collect();
            match quoted[..] {
                [_, name, short] => names.imports.insert(name.to_owned(), short.to_owned()),
                [name, short] => names.exports.insert(name.to_owned(), short.to_owned()),
                _ => None,
            };
        }
        names
    }
}

/// The JavaScript with the short names; none where it does not have each import
/// once, or not the module's own name.
fn rename(source: &str, names: &Names, module: &str) -> Option<String> {
    let mut renamed = String::with_capacity(source.len());
    let mut imports = 0;
    for line in source.split_inclusive('\n') {
        let text = line.trim_start();
        let import = text.split_once(": ").and_then(|(name, _)| names.imports.get_key_value(name));
        let line = match import {
            Some((name, short)) => {
                imports += 1;
                line.replacen(name.as_str(), short, 1)
            }
            None => line.to_owned(),
        };
        let mut parts = line.split("wasm.");
        renamed.push_str(parts.next()?);
        for part in parts {
            let end = part.find(|c: char| !c.is_ascii_alphanumeric() && c != '_' && c != '$');
            let (name, rest) = part.split_at(end.unwrap_or(part.len()));
            renamed.push_str("wasm.");
            renamed.push_str(names.exports.get(name).map_or(name, String::as_str));
            renamed.push_str(rest);
        }
    }
    let is_whole = imports == names.imports.len() && renamed.matches(module).count() == 1;
    // All modules that are imported from become one, whose name is this.
    is_whole.then(|| renamed.replace(module, "\"a\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRINTED: &str = "{\n \"imports\": [\n  [\"./w_bg.js\", \"__wbg_log_1f\", \"$\"]\n ],\n \
                           \"exports\": [\n  [\"memory\", \"b\"],\n  [\"engine\", \"c\"],\n  \
                           [\"engine_new\", \"d\"]\n ]\n}\n";
    const GLUE: &str = "wasm.engine(wasm.engine_new(wasm.memory.buffer), 'w_bg.wasm');\n    \
                        __wbg_log_1f: function() {},\n return { \"./w_bg.js\": import0 };\n";

    #[test]
    fn names_are_shortened_whole_and_nothing_else_is() {
        let renamed = rename(GLUE, &Names::of(PRINTED), "\"./w_bg.js\"").unwrap();
        assert_eq!(
            renamed,
            "wasm.c(wasm.d(wasm.b.buffer), 'w_bg.wasm');\n    $: function() {},\n return { \"a\": \
             import0 };\n"
        );
    }

    #[test]
    fn glue_that_lacks_an_import_is_refused() {
        let names = Names::of(PRINTED);
        assert_eq!(rename(&GLUE.replace("_1f", "_2f"), &names, "\"./w_bg.js\""), None);
        assert_eq!(rename(GLUE, &names, "\"./x_bg.js\""), None);
    }
}

//! What the built files weigh, and how much they may. A kilobyte has 1000 bytes.

use crate::{
    error::Error,
    process::{command, output, root},
};
use std::{fmt::Write as _, path::Path};

const LOADER: &str = "modelcard.js";
/// What is loaded for a page's first card, besides its catalog.
const FIRST_CARD: [&str; 3] = [LOADER, "widget.js", "widget_bg.wasm"];
const FILES: [&str; 8] = [
    LOADER,
    "widget.js",
    "widget_bg.wasm",
    "formats.js",
    "formats_bg.wasm",
    "catalog.json",
    "catalog.schema.json",
    "index.html",
];

/// One file's sizes in bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Size {
    name: &'static str,
    raw: u64,
    /// Compressed with brotli at its highest quality, 11.
    brotli: u64,
}

/// What some files together weigh, and may weigh.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited.
    pub what: &'static str,
    actual: u64,
    allowed: u64,
}

impl Limit {
    /// Whether the files are small enough.
    pub fn holds(&self) -> bool {
        self.actual <= self.allowed
    }
}

/// Measures the files in `dist`. Node.js has the compressor.
pub fn measure(dist: &Path) -> Result<Vec<Size>, Error> {
    let mut node = command("node");
    node.arg(root().join("xtask/npm/sizes.mjs")).args(FILES.map(|name| dist.join(name)));
    let printed = output(&mut node)?;
    let sizes: Vec<Size> = FILES
        .into_iter()
        .zip(printed.lines())
        .filter_map(|(name, line)| {
            let (raw, brotli) = line.split_once(' ')?;
            Some(Size { name, raw: raw.parse().ok()?, brotli: brotli.parse().ok()? })
        })
        .collect();
    if sizes.len() == FILES.len() { Ok(sizes) } else { Err(Error::Output("node sizes.mjs".into())) }
}

/// The limits on what a page transfers for its first card, besides its catalog.
pub fn limits(sizes: &[Size]) -> [Limit; 2] {
    let total = |names: &[&str]| {
        sizes.iter().filter(|size| names.contains(&size.name)).map(|size| size.brotli).sum()
    };
    [
        Limit { what: "loader", actual: total(&[LOADER]), allowed: 3_000 },
        // One module serves every element: this holds for all of them together.
        Limit { what: "loader + glue + widget", actual: total(&FIRST_CARD), allowed: 149_999 },
    ]
}

/// The sizes and limits as a table in bytes.
pub fn table(sizes: &[Size]) -> String {
    let mut table = format!("{:<24}{:>10}{:>10}\n", "bytes", "raw", "brotli");
    for Size { name, raw, brotli } in sizes {
        // Writing to a string cannot fail.
        let _ = writeln!(table, "{name:<24}{raw:>10}{brotli:>10}");
    }
    for limit in limits(sizes) {
        let Limit { what, actual, allowed } = limit;
        let verdict = if limit.holds() { "within" } else { "OVER" };
        let _ = writeln!(table, "{what:<34}{actual:>10}  {verdict} the limit of {allowed}");
    }
    table
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limits_add_up_what_a_first_card_loads() {
        let size = |name, brotli| Size { name, raw: 0, brotli };
        let mut sizes = vec![
            size("modelcard.js", 3_000),
            size("widget.js", 7_000),
            size("widget_bg.wasm", 139_999),
            size("formats_bg.wasm", 900_000),
        ];
        assert!(limits(&sizes).iter().all(Limit::holds));
        sizes.first_mut().unwrap().brotli += 1;
        let [loader, total] = limits(&sizes);
        assert!(!loader.holds() && !total.holds());
        assert_eq!(total.actual, 150_000);
        assert!(table(&sizes).contains("150000  OVER the limit of 149999"));
    }
}

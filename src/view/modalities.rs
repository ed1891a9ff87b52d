//! Modalities as icons with words.

use super::node::{Node, el, icon, unseen};
use crate::catalog::{Gather, Modality, joined, phrase};

const TEXT: &str = "M3 4h10M8 4v9";
const IMAGE: &str = "M2 4.5A1.5 1.5 0 0 1 3.5 3h9A1.5 1.5 0 0 1 14 4.5v7a1.5 1.5 0 0 1-1.5 1.5h-9A1.5 1.5 0 0 1 2 11.5zM2.5 11.5 6 8l2.5 2.5L11 8l2.5 2.5";
const FILE: &str = "M4 2h5l3 3v9H4zM9 2v3h3";
const AUDIO: &str = "M3 6.5v3M6 4v8M9 6v4M12 3v10";
const VIDEO: &str = "M2 4.5h8v7H2zM10 7l4-2v6l-4-2";
const VECTOR: &str = "M3 13 13 3M13 3H8.5M13 3v4.5M3 13h4M3 13V9";
const LIST: &str = "M6 4h8M6 8h8M6 12h8M2.5 4h.5M2.5 8h.5M2.5 12h.5";
const CODE: &str = "M5.5 4 2 8l3.5 4M10.5 4 14 8l-3.5 4";

const fn drawing(modality: Modality) -> &'static str {
    match modality {
        Modality::Text | Modality::Transcription => TEXT,
        Modality::Image => IMAGE,
        Modality::File => FILE,
        Modality::Audio | Modality::Speech => AUDIO,
        Modality::Video => VIDEO,
        Modality::Embeddings => VECTOR,
        Modality::Rerank => LIST,
        Modality::Code => CODE,
    }
}

/// `Image, File, Text → Text`, each as an icon; the words are in the tooltip
/// and for assistive technology.
pub fn modalities(input: &[Modality], output: &[Modality]) -> Node {
    if input.is_empty() && output.is_empty() {
        return super::figure::missing();
    }
    let words = phrase(words(input)).and(" input, ").and(words(output)).and(" output");
    let icons = draw(el("span.icons|aria-hidden=true"), input, "input");
    let icons = draw(icons.with(el("span.arrow").with("→")), output, "output");
    el("span.modalities").with(unseen(words)).with(icons)
}

fn draw(mut icons: Node, list: &[Modality], role: &str) -> Node {
    for modality in list {
        let title = phrase(modality.word()).and(" ").and(role);
        icons = icons.with(el("span").set("title", title).with(icon(drawing(*modality))));
    }
    icons
}

/// The same in words.
pub fn words(list: &[Modality]) -> String {
    joined(&list.iter().map(|modality| modality.word()).gather(), ", ").text()
}

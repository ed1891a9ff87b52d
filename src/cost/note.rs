//! What a reader of a bill must know beside its lines.

use serde::Serialize;

use super::bill::Line;
use super::words::{item_words, push_item};
use crate::catalog::{Price, Words, phrase};

/// Something that a reader of a bill must know.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Note {
    /// A stable name of the kind of note.
    pub code: &'static str,
    /// The note in words.
    pub text: String,
}

impl Note {
    pub(super) fn new(code: &'static str, words: Words) -> Self {
        Self { code, text: words.text() }
    }
}

/// Notes which lines have no price of their own or none at all; whether the
/// total is a lower bound.
pub(super) fn note_states(lines: &[Line], notes: &mut Vec<Note>) -> bool {
    let mut incomplete = false;
    let kinds = [
        ("unknown-price", "No price is known for ", "; the total is a lower bound."),
        ("variable-price", "Decided per request: the price of ", "; the total is a lower bound."),
        ("included", "Part of a subscription, not billed per request: ", "."),
        ("assumed-rate", "Billed at the price of what contains it, for want of its own: ", "."),
    ];
    for (kind, (code, before, after)) in kinds.into_iter().enumerate() {
        let mut items = String::new();
        for line in lines {
            let is_of_kind = match line.rate {
                Price::Unknown => kind == 0,
                Price::Variable => kind == 1,
                Price::Included => kind == 2,
                Price::Known(_) | Price::Free => kind == 3 && line.assumed,
            };
            if is_of_kind {
                push_item(&mut items, &item_words(line.item), ", ");
            }
        }
        if !items.is_empty() {
            incomplete |= kind < 2;
            notes.push(Note::new(code, phrase(before).and(items).and(after)));
        }
    }
    incomplete
}

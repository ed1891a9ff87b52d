//! One figure within a sentence, in the looks of the sentence.

use std::rc::Rc;

use super::node::{Node, el, live, nothing};
use super::pricing::{item_cell, item_label, price_text, unit_label};
use crate::catalog::{Words, phrase, short_tokens, shown_name};
use crate::platform::intl::Language;
use crate::state::{Cell, Field, Quote, QuoteState, Quoted};

/// A quoted figure; nothing where there is none to quote, so that the author's
/// fallback stands in its place.
pub fn quote(state: Rc<QuoteState>) -> Node {
    live(move || match state.quote() {
        Ok(quote) => figure(&quote, &state.element.language.get()),
        Err(_) => nothing(),
    })
}

fn figure(quote: &Quote, language: &Language) -> Node {
    let Some(quoted) = quote.quoted() else { return nothing() };
    let (shown, words) = match quote.field {
        Field::Price(item) => price(&quoted, item, language),
        Field::ContextLength => tokens(quoted.context_length, "Context length", language),
        Field::MaxOutput => tokens(quoted.max_output, "Maximum output", language),
    };
    let model = quoted.model;
    let name = shown_name(model);
    let mut title = phrase(name).and(": ").and(words);
    let card = quoted.prices;
    let sources = &quote.library.catalog.sources;
    let source = card.source.as_ref().and_then(|key| sources.get(key));
    if let (Field::Price(_), Some(source)) = (quote.field, source) {
        title = title.and(". ").and(&source.name);
        if let Some(date) = card.date {
            title = title.and(", ").and(language.date(date));
        }
    }
    let figure = el("span|part=figure").set("title", title);
    match shown {
        Some(shown) => figure.with(shown),
        None => figure.set("role", "img").set("aria-label", "not stated").with("—"),
    }
}

fn price(
    quoted: &Quoted<'_>,
    item: crate::catalog::Item,
    language: &Language,
) -> (Option<Words>, Words) {
    let card = quoted.prices;
    let shown = price_text(language, card.price(item), card.currency());
    let per = if shown.is_some() { " per " } else { " not stated, per " };
    let disputed = matches!(item_cell(language, card, item), Cell::Figure(_));
    let also = if disputed { "; other catalogs state another price" } else { "" };
    let words = phrase(item_label(item)).and(",").and(per).and(unit_label(item.unit())).and(also);
    (shown, words)
}

fn tokens(count: Option<u64>, label: &'static str, language: &Language) -> (Option<Words>, Words) {
    let words = phrase(label);
    let words = match count {
        Some(count) => words.and(": ").and(language.count(count)).and(" tokens"),
        None => words.and(" not stated"),
    };
    (count.map(short_tokens), words)
}

//! Current prices, in words where they are no number.

use super::card::{Scene, section};
use super::fields::unsorted;
use super::figure::missing;
use super::node::{IntoNode, Node, el, nothing};
use super::specs::page_link;
use super::table::table;
use crate::catalog::{Item, Price, RateCard, Unit, Words, phrase};
use crate::cost::condition_words;
use crate::platform::intl::Language;
use crate::ranking::{Explanation, SortKey, Stated};
use crate::state::{Cell, Column, Figure, Look, Row, Section, Table};

/// The columns that the table always has.
const COLUMNS: [Column; 3] = [
    Column::text("feature", "Feature").fixed(),
    Column::figures("price", "Price", "").fixed(),
    Column::text("unit", "Per").fixed(),
];

/// The section `pricing`.
pub fn pricing(scene: &Scene) -> Node {
    let Some(model) = scene.model() else { return nothing() };
    let card = &model.prices;
    let currency = card.currency();
    let language = &scene.language;
    let mut rows: Vec<Row> = Vec::new();
    for (item, _) in card.rates.iter() {
        rows.push(row(item, item_cell(language, card, item)));
    }
    let mut columns = COLUMNS.to_vec();
    if !card.conditions.is_empty() {
        columns.push(Column::text("condition", "Condition").fixed());
        for row in &mut rows {
            row.cells.push((Cell::Text(phrase("")), SortKey::Unknown));
        }
    }
    for conditional in &card.conditions {
        let when = condition_words(&conditional.when);
        for (item, price) in conditional.rates.iter() {
            let mut row = row(item, price_cell(language, price, currency));
            row.cells.push((Cell::Text(phrase(&when)), SortKey::Unknown));
            rows.push(row);
        }
    }
    let mut body = el("div").with(if rows.is_empty() {
        el("p.muted")
            .with("This catalog states no price for this model. That does not mean it is free.")
    } else {
        table(scene, Table::new("pricing", "Current prices".to_owned(), columns, rows).into())
    });
    if let Some(note) = &card.note {
        body = body.with(el("p.muted small").with(note));
    }
    if let Some(source) = card.source.as_ref().and_then(|key| scene.source(key)) {
        let link = page_link(&source.name, source.url.as_deref());
        let said = el("p.muted small").with("Source: ").with(link);
        body = body.with(match card.date {
            Some(date) => said.with(phrase(", ").and(language.date(date))),
            None => said,
        });
    }
    section(scene, Section::Pricing, "Pricing", "", body)
}

#[inline(never)]
fn row(item: Item, price: Cell) -> Row {
    unsorted(vec![
        Cell::Text(phrase(item_label(item))),
        price,
        Cell::Text(phrase(unit_label(item.unit()))),
    ])
}

/// A price as a cell.
pub fn price_cell(language: &Language, price: Price, currency: &str) -> Cell {
    price_text(language, price, currency).map_or(Cell::Missing, Cell::Text)
}

/// A price of a rate card as a cell; where catalogs disagree, with what the others
/// state one activation away.
pub fn item_cell(language: &Language, card: &RateCard, item: Item) -> Cell {
    let currency = card.currency();
    let words = |price| price_text(language, price, currency);
    let Some(used) = words(card.price(item)) else { return Cell::Missing };
    let mut stated: Vec<Stated> = Vec::new();
    for other in &card.disagreements {
        if let Some(value) = other.rates.stated(item).and_then(words) {
            let value = value.text();
            stated.push(Stated { value, source: other.source.clone(), date: other.date });
        }
    }
    if stated.is_empty() {
        return Cell::Text(used);
    }
    let source = card.source.clone();
    stated.insert(0, Stated { value: used.as_str().to_owned(), source, date: card.date });
    Cell::Figure(Box::new(Figure {
        label: item_label(item),
        look: Look::Disputed(used),
        explanation: Explanation {
            rule: "Catalogs state different prices; the first one listed is used.".to_owned(),
            stated,
            ..Explanation::default()
        }
        .into(),
    }))
}

/// A price in words or figures; nothing where it is not stated.
pub fn price_text(language: &Language, price: Price, currency: &str) -> Option<Words> {
    match price {
        Price::Known(amount) if amount.is_zero() => Some(phrase("Free")),
        Price::Known(amount) => Some(language.price(amount, currency)),
        Price::Free => Some(phrase("Free")),
        Price::Variable => Some(phrase("Varies")),
        Price::Included => Some(phrase("Included")),
        Price::Unknown => None,
    }
}

/// A price as a node.
pub fn price(language: &Language, price: Price, currency: &str) -> Node {
    price_text(language, price, currency).map_or_else(missing, IntoNode::into_node)
}

/// The key that a price is sorted by: what has no amount has no place, nor has an
/// amount in another currency than the one compared in.
pub fn price_key(price: Price, currency: &str, compared_in: &str) -> SortKey {
    let amount = price.amount().filter(|_| currency == compared_in);
    amount.map_or(SortKey::Unknown, SortKey::Decimal)
}

/// What an item is called.
pub const fn item_label(item: Item) -> &'static str {
    match item {
        Item::Input => "Input",
        Item::Output => "Output",
        Item::CacheRead => "Input, cache read",
        Item::CacheWrite => "Input, cache write",
        Item::CacheWrite1h => "Input, cache write for 1 hour",
        Item::Reasoning => "Output, reasoning",
        Item::InputAudio => "Audio input",
        Item::CacheAudioRead => "Audio input, cache read",
        Item::OutputAudio => "Audio output",
        Item::InputImage => "Image input",
        Item::OutputImage => "Image output",
        Item::InputVideo => "Video input",
        Item::OutputVideo => "Video output",
        Item::Citation => "Citations",
        Item::Request => "Request",
        Item::WebSearch => "Web search",
        Item::Image => "Image in the input",
        Item::ImageOutput => "Image made",
        Item::AudioDuration => "Audio, by length",
        Item::InputAudioDuration => "Audio input, by length",
        Item::OutputAudioDuration => "Audio output, by length",
        Item::InputVideoDuration => "Video input, by length",
        Item::OutputVideoDuration => "Video output, by length",
        Item::Page => "Page",
        Item::InputCharacter => "Input characters",
        Item::OutputCharacter => "Output characters",
        Item::InputPixel => "Input pixels",
        Item::OutputPixel => "Output pixels",
    }
}

/// What a unit is called.
pub const fn unit_label(unit: Unit) -> &'static str {
    match unit {
        Unit::MillionTokens => "1M tokens",
        Unit::Request => "request",
        Unit::ThousandSearches => "1K searches",
        Unit::Image => "image",
        Unit::Hour => "hour",
        Unit::ThousandPages => "1K pages",
        Unit::MillionCharacters => "1M characters",
        Unit::Gigapixel => "1G pixels",
    }
}

//! The columns of the table of models: what each shows, is sorted by, and exports.

use super::{Cell, Look, figure_key, standing_look};
use crate::catalog::{
    Decimal, Gather, Item, Model, Price, RateCard, Status, digits, display_name, joined, phrase,
    short_parameters, short_tokens,
};
use crate::cost::{Moment, Workload};
use crate::platform::intl::Language;
use crate::platform::library::Library;
use crate::ranking::SortKey;

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Field {
    Name,
    Author,
    Released,
    Context,
    MaxOutput,
    Input,
    Output,
    Cost,
    Speed,
    Ability,
    Parameters,
    Modalities,
    Status,
}

/// What a cell needs beside the model.
pub struct Ground<'a> {
    /// The catalog.
    pub library: &'a Library,
    /// The reader's language.
    pub language: &'a Language,
    /// The reader's workload.
    pub workload: &'a Workload,
    /// The moment that prices hold at.
    pub now: &'a Moment,
}

impl Field {
    /// Every column, in order.
    pub const ALL: [Self; 13] = [
        Self::Name,
        Self::Author,
        Self::Released,
        Self::Context,
        Self::MaxOutput,
        Self::Input,
        Self::Output,
        Self::Cost,
        Self::Speed,
        Self::Ability,
        Self::Parameters,
        Self::Modalities,
        Self::Status,
    ];

    /// The name in links and events, the heading, and the unit.
    const fn words(self) -> (&'static str, &'static str, &'static str) {
        match self {
            Self::Name => ("name", "Model", ""),
            Self::Author => ("author", "Author", ""),
            Self::Released => ("released", "Released", ""),
            Self::Context => ("context", "Context", "tokens"),
            Self::MaxOutput => ("max_output", "Max output", "tokens"),
            Self::Input => ("input", "Input", "per 1M"),
            Self::Output => ("output", "Output", "per 1M"),
            Self::Cost => ("cost", "Workload", "a month"),
            Self::Speed => ("speed", "Speed", ""),
            Self::Ability => ("ability", "Ability", ""),
            Self::Parameters => ("parameters", "Parameters", ""),
            Self::Modalities => ("modalities", "Modalities", ""),
            Self::Status => ("status", "Status", ""),
        }
    }

    /// The name in links and events.
    pub const fn key(self) -> &'static str {
        self.words().0
    }

    /// The heading.
    pub const fn label(self) -> &'static str {
        self.words().1
    }

    /// The unit of the figures.
    pub const fn unit(self) -> &'static str {
        self.words().2
    }

    /// The column of this name.
    pub fn of_key(key: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|field| field.key() == key)
    }

    /// Whether the cells are figures, set to the right.
    pub const fn is_numeric(self) -> bool {
        !matches!(self, Self::Name | Self::Author | Self::Modalities | Self::Status)
    }

    /// Whether the cells are not stated by the catalog, but computed.
    pub const fn is_computed(self) -> bool {
        match self {
            Self::Cost | Self::Speed | Self::Ability => true,
            Self::Name
            | Self::Author
            | Self::Released
            | Self::Context
            | Self::MaxOutput
            | Self::Input
            | Self::Output
            | Self::Parameters
            | Self::Modalities
            | Self::Status => false,
        }
    }

    const fn item(self) -> Option<Item> {
        match self {
            Self::Input => Some(Item::Input),
            Self::Output => Some(Item::Output),
            _ => None,
        }
    }

    /// What a model is sorted by. Amounts are compared in dollars; what has none, or
    /// is a lower bound, has no place.
    pub fn sort_key(
        self,
        library: &Library,
        place: usize,
        workload: &Workload,
        now: &Moment,
    ) -> SortKey {
        let Some(model) = library.catalog.models.get(place) else { return SortKey::Unknown };
        let count = |count: Option<u64>| {
            count.map_or(SortKey::Unknown, |count| SortKey::Decimal(count.into()))
        };
        let text = |text: &str| {
            if text.is_empty() { SortKey::Unknown } else { SortKey::Text(text.to_owned()) }
        };
        match self {
            Self::Name => SortKey::Text(name(model)),
            Self::Author => text(model.author_name()),
            Self::Released => model
                .released
                .map_or(SortKey::Unknown, |date| SortKey::Number(date.unix_milliseconds())),
            Self::Context => count(model.context_length),
            Self::MaxOutput => count(model.max_output),
            Self::Input | Self::Output => {
                let amount = self.item().and_then(|item| dollars(&model.prices, item));
                amount.map_or(SortKey::Unknown, SortKey::Decimal)
            }
            Self::Cost => {
                cost(model, workload, now).map_or(SortKey::Unknown, |(month, is_whole)| {
                    if is_whole && model.prices.currency() == "USD" {
                        SortKey::Decimal(month)
                    } else {
                        SortKey::Unknown
                    }
                })
            }
            Self::Speed | Self::Ability => figure_key(&standing_look(library, place, self.label())),
            Self::Parameters => count(model.parameters.map(|parameters| parameters.count)),
            Self::Modalities => text(&modalities(model)),
            Self::Status => SortKey::Text(status(model).to_owned()),
        }
    }

    /// What a cell shows, but for prices, ratings and names, which views draw.
    pub fn cell(self, ground: &Ground<'_>, model: &Model) -> Cell {
        let tokens = |count: Option<u64>| {
            count.map_or(Cell::Missing, |count| Cell::Text(phrase(short_tokens(count))))
        };
        match self {
            Self::Name => Cell::Name(name(model)),
            Self::Author if model.author_name().is_empty() => Cell::Missing,
            Self::Author => Cell::Name(model.author_name().to_owned()),
            Self::Released => {
                model.released.map_or(Cell::Missing, |date| Cell::Text(ground.language.date(date)))
            }
            Self::Context => tokens(model.context_length),
            Self::MaxOutput => tokens(model.max_output),
            Self::Input | Self::Output | Self::Speed | Self::Ability => Cell::Missing,
            Self::Cost => match cost(model, ground.workload, ground.now) {
                None => Cell::Missing,
                Some((month, is_whole)) => {
                    let said = ground.language.money(month, model.prices.currency());
                    Cell::Text(if is_whole { said } else { phrase("≥ ").and(said) })
                }
            },
            Self::Parameters => model.parameters.map_or(Cell::Missing, |parameters| {
                let about = if parameters.estimated { "~" } else { "" };
                Cell::Text(phrase(about).and(short_parameters(parameters.count)))
            }),
            // In words: icons would be most of what a page has to draw.
            Self::Modalities => match modalities(model) {
                words if words.is_empty() => Cell::Missing,
                words => Cell::Text(phrase(words)),
            },
            Self::Status => Cell::Text(phrase(status(model))),
        }
    }

    /// What is exported: the catalog's own figures with all their digits; blank where
    /// nothing is known.
    pub fn raw(self, ground: &Ground<'_>, place: usize, model: &Model) -> String {
        let count = |count: Option<u64>| count.map_or_else(String::new, digits);
        match self {
            Self::Name => name(model),
            Self::Author => model.author_name().to_owned(),
            Self::Released => model.released.map_or_else(String::new, crate::catalog::Date::text),
            Self::Context => count(model.context_length),
            Self::MaxOutput => count(model.max_output),
            Self::Input | Self::Output => match self.item().map(|item| model.prices.price(item)) {
                Some(Price::Known(amount)) => amount.text(),
                Some(Price::Free) => "0".to_owned(),
                Some(Price::Variable) => "varies".to_owned(),
                Some(Price::Included) => "included".to_owned(),
                _ => String::new(),
            },
            Self::Cost => cost(model, ground.workload, ground.now)
                .filter(|(_, is_whole)| *is_whole)
                .map_or_else(String::new, |(month, _)| month.text()),
            Self::Speed | Self::Ability => {
                match standing_look(ground.library, place, self.label()) {
                    Look::Stars(stars) => digits(stars.into()),
                    _ => String::new(),
                }
            }
            Self::Parameters => count(model.parameters.map(|parameters| parameters.count)),
            Self::Modalities => modalities(model),
            Self::Status => status(model).to_owned(),
        }
    }
}

/// What a model reads and produces: `Text, Image → Text`.
fn modalities(model: &Model) -> String {
    let words = |all: &[crate::catalog::Modality]| {
        joined(&all.iter().map(|one| one.word()).gather(), ", ").text()
    };
    let (input, output) = (words(&model.input_modalities), words(&model.output_modalities));
    if input.is_empty() && output.is_empty() {
        return String::new();
    }
    phrase(&input).and(" → ").and(&output).text()
}

/// A model's name as an element shows it.
pub fn name(model: &Model) -> String {
    display_name(model.name.as_deref(), model.author_name(), &model.id)
}

fn dollars(card: &RateCard, item: Item) -> Option<Decimal> {
    card.price(item).amount().filter(|_| card.currency() == "USD")
}

/// The month's cost, and whether that is all of it.
fn cost(model: &Model, workload: &Workload, now: &Moment) -> Option<(Decimal, bool)> {
    let cost = workload.estimate(&crate::cost::Offer::of_model(model), now);
    Some((cost.month?, !cost.incomplete && cost.fits))
}

fn status(model: &Model) -> &'static str {
    match model.status {
        Status::Unavailable => "unavailable",
        Status::Deprecated => "deprecated",
        _ => "active",
    }
}

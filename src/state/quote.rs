//! One figure of a model, for a sentence.

use std::rc::Rc;

use super::{ElementState, Event, Signal};
use crate::catalog::{Item, Model, RateCard};
use crate::platform::library::Library;

/// The state of one quoted figure.
pub struct QuoteState {
    /// What every element has.
    pub element: ElementState,
    /// The name of the figure.
    pub field: Signal<String>,
}

/// A figure that can be quoted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Field {
    /// A price.
    Price(Item),
    /// The context length in tokens.
    ContextLength,
    /// The maximum output in tokens.
    MaxOutput,
}

impl Field {
    /// The figure with this name; the price of input where none is named.
    pub fn from_name(name: &str) -> Option<Self> {
        match name {
            "" => Some(Self::Price(Item::Input)),
            "context_length" => Some(Self::ContextLength),
            "max_output" => Some(Self::MaxOutput),
            _ => Item::from_name(name).map(Self::Price),
        }
    }
}

/// A figure and whose it is.
#[derive(Clone, Debug)]
pub struct Quote {
    /// The catalog.
    pub library: Rc<Library>,
    /// The id that was asked for.
    id: String,
    /// Which figure.
    pub field: Field,
}

/// What a figure is quoted from: a model, or one of its endpoints.
pub struct Quoted<'a> {
    /// The model.
    pub model: &'a Model,
    /// The prices.
    pub prices: &'a RateCard,
    /// The context length in tokens.
    pub context_length: Option<u64>,
    /// The maximum output in tokens.
    pub max_output: Option<u64>,
}

impl Quote {
    /// What is quoted from.
    pub fn quoted(&self) -> Option<Quoted<'_>> {
        let found = self.library.catalog.find(&self.id)?;
        let offer = found.offer();
        Some(Quoted {
            model: found.model,
            prices: offer.prices,
            context_length: offer.context_length,
            max_output: offer.max_output,
        })
    }
}

impl QuoteState {
    /// The state before the attributes are read.
    pub fn new(element: ElementState) -> Self {
        Self { element, field: Signal::new(String::new()) }
    }

    /// The figure; else the fault to tell of, or nothing while the catalog loads.
    pub fn quote(&self) -> Result<Quote, Option<Event>> {
        let library = self.element.loaded().map_err(|absent| absent.event())?;
        let id = self.element.current();
        if library.catalog.find(&id).is_none() {
            return Err(Some(Event::unknown_model(&id)));
        }
        let name = self.field.get();
        let field = Field::from_name(&name).ok_or_else(|| {
            let parts = [
                "There is no figure \"",
                &name,
                "\". Set the attribute field to an item of a rate card, such as input, output or \
                 cache_read, or to context_length or max_output.",
            ];
            Some(Event::mistake("field-unknown", parts.concat()))
        })?;
        Ok(Quote { library, id, field })
    }
}

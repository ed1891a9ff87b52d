//! What a reader has made of the table of models, as the parts of a link.

use super::ListingState;
use super::columns::Field;
use crate::catalog::{Date, Decimal, Gather, Modality, digits, joined, phrase};
use crate::ranking::Filter;

/// The value of a switch that is on.
const ON: &str = "yes";

impl ListingState {
    /// The reader's choices as the parts of a link; only what differs from the start.
    pub fn links(&self) -> Vec<(&'static str, String)> {
        let filter = self.filter.get_untracked();
        let query = self.query.get_untracked();
        let yes = |on: bool| on.then(|| ON.to_owned());
        let sort = self.sort.get_untracked().map(|(field, descending)| {
            phrase(if descending { "-" } else { "" }).and(field.key()).text()
        });
        let hidden = self.hidden.get_untracked();
        let columns = if hidden == Self::start_hidden() {
            String::new()
        } else {
            let shown = Field::ALL.iter().copied().filter(|field| !hidden.contains(field));
            joined(&shown.map(Field::key).gather(), ",").text()
        };
        let weights = self.weights.get_untracked();
        let weights = weights.iter().filter(|(_, weight)| *weight > 0);
        let weights = weights.map(|(name, weight)| {
            // A comma parts the weights; the names of benchmarks may hold one.
            phrase(name.replace('%', "%25").replace(',', "%2C")).and("=").and(*weight).text()
        });
        let mut parts = Vec::new();
        let mut add = |name, value: Option<String>| {
            if let Some(value) = value.filter(|value| !value.is_empty()) {
                parts.push((name, value));
            }
        };
        add("q", Some(query));
        add("sort", sort);
        add("columns", Some(columns));
        add("weights", Some(joined(&weights.gather(), ",").text()));
        add("author", filter.author);
        add("reads", filter.input_modalities.first().map(|one| one.word().to_owned()));
        add("feature", filter.features.first().cloned());
        add("price", filter.max_price.map(crate::catalog::Decimal::text));
        add("context", filter.min_context.map(digits));
        add("since", filter.released_since.map(crate::catalog::Date::text));
        add("open", yes(filter.open_weights == Some(true)));
        add("available", yes(filter.available));
        add("compare", yes(self.comparing.get_untracked()));
        parts
    }

    /// Takes a part of a link; what cannot be read changes nothing.
    pub fn follow(&self, name: &str, value: &str) {
        match name {
            "q" => self.query.set(value.to_owned()),
            "sort" => {
                let key = value.strip_prefix('-');
                if let Some(field) = Field::of_key(key.unwrap_or(value)) {
                    self.sort.set(Some((field, key.is_some())));
                }
            }
            "columns" => {
                let is_shown = |field: &Field| value.split(',').any(|key| key == field.key());
                // Every row needs its name.
                let hidden = Field::ALL.iter().copied().filter(|field| !is_shown(field));
                self.hidden.set(hidden.filter(|field| *field != Field::Name).gather());
            }
            "weights" => {
                let weights = value.split(',').filter_map(|part| {
                    let (name, weight) = part.rsplit_once('=')?;
                    let name = unescaped(name);
                    Some((name, weight.parse::<u32>().ok()?.min(100)))
                });
                self.weights.set(weights.gather());
            }
            "compare" => self.comparing.set(value == ON),
            _ => self.filter.update(|filter| set(filter, name, value)),
        }
    }

    /// Forgets the reader's choices.
    pub fn reset(&self) {
        self.query.set(String::new());
        self.filter.set(Filter::default());
        self.sort.set(None);
        self.hidden.set(Self::start_hidden().to_vec());
        self.weights.set(Vec::new());
        self.comparing.set(false);
    }
}

/// Sets one field of a filter by its name in links; what cannot be read, or is blank,
/// lets every model pass.
pub fn set(filter: &mut Filter, name: &str, value: &str) {
    let text = Some(value.trim().to_owned()).filter(|text| !text.is_empty());
    match name {
        "author" => filter.author = text,
        "reads" => {
            let modality = Modality::ALL.iter().copied().find(|one| one.word() == value);
            filter.input_modalities = modality.into_iter().gather();
        }
        "feature" => filter.features = text.into_iter().gather(),
        "price" => {
            let price = value.parse::<Decimal>().ok();
            filter.max_price = price.filter(|price| !price.is_negative());
        }
        "context" => filter.min_context = value.parse().ok(),
        "since" => filter.released_since = value.parse::<Date>().ok(),
        "open" => filter.open_weights = (value == ON).then_some(true),
        "available" => filter.available = value == ON,
        _ => {}
    }
}

/// The name of a benchmark, whose commas and percent signs are escaped in a link.
fn unescaped(name: &str) -> String {
    let mut parts = name.split('%');
    let mut text = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let (sign, rest) = if let Some(rest) = part.strip_prefix("2C") {
            (',', rest)
        } else {
            ('%', part.strip_prefix("25").unwrap_or(part))
        };
        text.push(sign);
        text.push_str(rest);
    }
    text
}

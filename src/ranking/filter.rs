//! Which models take part in a ranking, or in a list.

use super::mean_price;
use crate::catalog::{
    Date, Decimal, Decode, Decoder, Json, Modality, Model, Status, features, find,
};

/// Which models take part. What is not set lets every model pass; a model for
/// which a set field is not known does not pass.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// The part of the id before the slash.
    pub author: Option<String>,
    /// Text that the name or id contains, without regard to case.
    pub text: Option<String>,
    /// What the model must read.
    pub input_modalities: Vec<Modality>,
    /// What the model must produce.
    pub output_modalities: Vec<Modality>,
    /// API parameters that the model must accept.
    pub supported_parameters: Vec<String>,
    /// Features that the model must have, by their words: `Tool calling`.
    pub features: Vec<String>,
    /// The least context length, in tokens.
    pub min_context: Option<u64>,
    /// The highest mean of input and output price, in dollars per 1M tokens.
    pub max_price: Option<Decimal>,
    /// Only models whose weights are published, or only others.
    pub open_weights: Option<bool>,
    /// Only models that are still offered.
    pub available: bool,
    /// Only models released on this day or later.
    pub released_since: Option<Date>,
}

impl Decode for Filter {
    fn blank() -> Self {
        Self::default()
    }

    fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
        // Named one by one, so that the compiler refuses a field that is not read.
        let Self {
            author,
            text,
            input_modalities,
            output_modalities,
            supported_parameters,
            features,
            min_context,
            max_price,
            open_weights,
            available,
            released_since,
        } = self;
        decoder.optional(json, "author", author);
        decoder.optional(json, "text", text);
        decoder.optional(json, "input_modalities", input_modalities);
        decoder.optional(json, "output_modalities", output_modalities);
        decoder.optional(json, "supported_parameters", supported_parameters);
        decoder.optional(json, "features", features);
        decoder.optional(json, "min_context", min_context);
        decoder.optional(json, "max_price", max_price);
        decoder.optional(json, "open_weights", open_weights);
        decoder.optional(json, "available", available);
        decoder.optional(json, "released_since", released_since);
    }
}

impl Filter {
    /// The names of the fields, as a page states them.
    pub const NAMES: [&str; 11] = [
        "author",
        "text",
        "input_modalities",
        "output_modalities",
        "supported_parameters",
        "features",
        "min_context",
        "max_price",
        "open_weights",
        "available",
        "released_since",
    ];

    /// Whether a model takes part.
    pub fn passes(&self, model: &Model) -> bool {
        let contains = |text: &str| {
            let text = text.to_ascii_lowercase();
            find(&model.id.to_ascii_lowercase(), &text).is_some()
                || model
                    .name
                    .as_ref()
                    .is_some_and(|name| find(&name.to_ascii_lowercase(), &text).is_some())
        };
        self.author.as_deref().is_none_or(|author| model.author_key() == author)
            && self.text.as_deref().is_none_or(contains)
            && self.input_modalities.iter().all(|need| model.input_modalities.contains(need))
            && self.output_modalities.iter().all(|need| model.output_modalities.contains(need))
            && self
                .supported_parameters
                .iter()
                .all(|need| model.supported_parameters.contains(need))
            && (self.features.is_empty() || {
                let have = features(model);
                self.features.iter().all(|need| have.iter().any(|feature| feature.label == *need))
            })
            && self
                .min_context
                .is_none_or(|least| model.context_length.is_some_and(|have| have >= least))
            && self
                .max_price
                .is_none_or(|most| mean_price(&model.prices).is_some_and(|mean| mean <= most))
            && self.open_weights.is_none_or(|open| model.open_weights == Some(open))
            && self
                .released_since
                .is_none_or(|first| model.released.is_some_and(|date| date >= first))
            && !(self.available && model.status == Status::Unavailable)
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::decode;

    #[test]
    fn each_field_that_a_page_may_state_is_read() {
        for name in Filter::NAMES {
            // No field is an object.
            let stated = json!({ name: {} });
            let fault = decode::<Filter, _>(&stated).expect_err(name);
            assert_eq!(fault.path, name);
        }
    }
}

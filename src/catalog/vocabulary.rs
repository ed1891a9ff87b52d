//! What the words of catalogs mean: API parameters, and features with the
//! facts from which they follow.

use super::{Item, Modality, Model, Price};

/// API parameters and what they do, in the reader's terms.
const PARAMETERS: &[(&str, &str)] = &[
    ("frequency_penalty", "Makes words less likely the more often they have appeared."),
    ("include_reasoning", "Whether the reasoning is part of the answer."),
    ("logit_bias", "Raises or lowers the likelihood of chosen tokens."),
    ("logprobs", "Returns how likely each token of the answer was."),
    ("max_completion_tokens", "The most tokens of output, reasoning included."),
    ("max_tokens", "The most tokens of output."),
    ("min_p", "Drops tokens that are far less likely than the likeliest one."),
    ("modalities", "Which kinds of output are wanted."),
    ("parallel_tool_calls", "Whether several tools may be called at once."),
    ("prediction", "Text that the answer is expected to repeat, for speed."),
    ("presence_penalty", "Makes words less likely once they have appeared."),
    ("prompt_cache_key", "Groups requests that share a beginning, for the prompt cache."),
    ("reasoning", "Turns reasoning on or off and limits it."),
    ("reasoning_effort", "How much the model reasons before it answers."),
    ("repetition_penalty", "Makes tokens of the input and output less likely."),
    ("response_format", "Forces JSON, or JSON of a given schema."),
    ("seed", "Makes repeated requests answer alike, as far as possible."),
    ("service_tier", "Chooses between normal, cheaper and faster processing."),
    ("stop", "Texts at which the output ends."),
    ("stream", "Sends the answer piece by piece."),
    ("structured_outputs", "Holds the answer to a JSON schema."),
    ("temperature", "How varied the answers are; 0 is the least."),
    ("tool_choice", "Whether a tool must, may or must not be called."),
    ("tools", "Functions that the model may ask to call."),
    ("top_a", "Drops tokens below a share of the likeliest one's square."),
    ("top_k", "Chooses among this many of the likeliest tokens."),
    ("top_logprobs", "How many alternatives each token's likelihoods list."),
    ("top_p", "Chooses among the likeliest tokens that make up this share."),
    ("verbosity", "How long the answers are."),
    ("web_search_options", "Lets the model search the web, and sets how much."),
];

/// What an API parameter does; `None` for one that is not widely known.
pub fn parameter_meaning(name: &str) -> Option<&'static str> {
    PARAMETERS.iter().find(|(known, _)| *known == name).map(|(_, meaning)| *meaning)
}

/// A feature of a model, and how it is known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Feature {
    /// The feature in words: `Tool calling`.
    pub label: String,
    /// The fact it was derived from; `None` where the source states the feature.
    pub derived_from: Option<&'static str>,
}

/// Names that sources use for features, and how a card calls them.
const LABELS: &[(&str, &str)] = &[
    ("tools", "Tool calling"),
    ("tool_call", "Tool calling"),
    ("function_calling", "Tool calling"),
    ("structured_outputs", "Structured output"),
    ("structured_output", "Structured output"),
    ("json_mode", "JSON mode"),
    ("vision", "Image input"),
    ("image_input", "Image input"),
    ("file_input", "File input"),
    ("attachment", "File input"),
    ("audio_input", "Audio input"),
    ("video_input", "Video input"),
    ("image_output", "Image output"),
    ("audio_output", "Audio output"),
    ("prompt_caching", "Prompt caching"),
    ("reasoning", "Reasoning"),
    ("web_search", "Web search"),
    ("logprobs", "Log probabilities"),
    ("fine_tuning", "Fine-tuning"),
    ("batch", "Batch processing"),
    ("streaming", "Streaming"),
    ("computer_use", "Computer use"),
    ("code_execution", "Code execution"),
];

fn label(name: &str) -> String {
    LABELS.iter().find(|(known, _)| *known == name).map_or_else(
        || {
            let words = super::plain_text(&name.replace(['_', '-'], " "));
            let mut characters = words.chars();
            let first = characters.next().map(|first| first.to_ascii_uppercase());
            first.into_iter().chain(characters).collect()
        },
        |(_, label)| (*label).to_owned(),
    )
}

/// The features of a model: those that its source states, then those that
/// follow from its parameters, modalities and prices.
pub fn features(model: &Model) -> Vec<Feature> {
    let mut features: Vec<Feature> = Vec::new();
    let mut add = |label: String, derived_from: Option<&'static str>| {
        if !label.is_empty() && features.iter().all(|feature| feature.label != label) {
            features.push(Feature { label, derived_from });
        }
    };
    for name in &model.features {
        add(label(name), None);
    }
    let accepts = |name: &str| model.supported_parameters.iter().any(|have| have == name);
    let reads = |modality| model.input_modalities.contains(&modality);
    let makes = |modality| model.output_modalities.contains(&modality);
    let priced = |item| {
        let stated = |price| matches!(price, Some(Price::Known(_) | Price::Free | Price::Included));
        stated(model.prices.rates.stated(item))
            || model.endpoints.iter().any(|endpoint| stated(endpoint.prices.rates.stated(item)))
    };
    let derived = [
        ("tools", accepts("tools"), "the parameter tools"),
        ("structured_outputs", accepts("structured_outputs"), "the parameter structured_outputs"),
        ("json_mode", accepts("response_format"), "the parameter response_format"),
        (
            "reasoning",
            accepts("reasoning") || accepts("reasoning_effort") || priced(Item::Reasoning),
            "a parameter or price for reasoning",
        ),
        ("image_input", reads(Modality::Image), "the input modalities"),
        ("file_input", reads(Modality::File), "the input modalities"),
        ("audio_input", reads(Modality::Audio), "the input modalities"),
        ("video_input", reads(Modality::Video), "the input modalities"),
        ("image_output", makes(Modality::Image), "the output modalities"),
        ("audio_output", makes(Modality::Audio), "the output modalities"),
        (
            "prompt_caching",
            priced(Item::CacheRead) || priced(Item::CacheWrite),
            "a price for cached input",
        ),
        (
            "web_search",
            accepts("web_search_options") || priced(Item::WebSearch),
            "a parameter or price for web search",
        ),
        ("logprobs", accepts("logprobs"), "the parameter logprobs"),
    ];
    for (name, holds, reason) in derived {
        if holds {
            add(label(name), Some(reason));
        }
    }
    features
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::{Decimal, RateCard};

    #[test]
    fn parameters_are_sorted_and_explained_once() {
        assert!(PARAMETERS.windows(2).all(|pair| pair[0].0 < pair[1].0));
        assert!(parameter_meaning("temperature").is_some());
        assert_eq!(parameter_meaning("__proto__"), None);
    }

    #[test]
    fn features_are_stated_or_derived_and_say_which() {
        let model = Model {
            features: vec!["reasoning".into(), "fill_in_the_middle".into()],
            supported_parameters: vec!["tools".into(), "reasoning".into()],
            input_modalities: vec![Modality::Text, Modality::Image],
            prices: RateCard {
                rates: [(Item::CacheRead, Price::Known(Decimal::ONE))].into_iter().collect(),
                ..RateCard::default()
            },
            ..Model::default()
        };
        let found: Vec<_> = features(&model)
            .into_iter()
            .map(|feature| (feature.label, feature.derived_from.is_some()))
            .collect();
        let expected = [
            ("Reasoning", false),
            ("Fill in the middle", false),
            ("Tool calling", true),
            ("Image input", true),
            ("Prompt caching", true),
        ];
        assert_eq!(found, expected.map(|(label, derived)| (label.to_owned(), derived)));
    }

    #[test]
    fn an_unknown_price_is_no_sign_of_a_feature() {
        let rates = [(Item::CacheRead, Price::Unknown)].into_iter().collect();
        let prices = RateCard { rates, ..RateCard::default() };
        assert_eq!(features(&Model { prices, ..Model::default() }), []);
    }
}

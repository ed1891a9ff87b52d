//! What an entry says about a model, whoever serves it.

use serde::Deserialize;

use super::{INDEX_SOURCE, SOURCE};
use crate::catalog::{Description, Modality, Model, PageLink, Published, Status};
use crate::formats::facts::Facts;
use crate::formats::scalar::{List, Nested, Scalar};

/// The facts about a model that the list and the endpoints of one model share.
#[derive(Default, Deserialize)]
#[serde(default)]
pub struct Listed {
    id: Scalar,
    name: Scalar,
    description: Scalar,
    context_length: Scalar,
    architecture: Nested<Architecture>,
    top_provider: Nested<TopProvider>,
    supported_parameters: List<Scalar>,
    hugging_face_id: Scalar,
    knowledge_cutoff: Scalar,
    expiration_date: Scalar,
    reasoning: Nested<Reasoning>,
    benchmarks: Nested<Benchmarks>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Architecture {
    input_modalities: List<Scalar>,
    output_modalities: List<Scalar>,
    tokenizer: Scalar,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct TopProvider {
    context_length: Scalar,
    max_completion_tokens: Scalar,
}

/// That the model reasons is all that is read of it.
#[derive(Default, Deserialize)]
struct Reasoning {}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Benchmarks {
    artificial_analysis: Nested<Indexes>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct Indexes {
    intelligence_index: Scalar,
}

/// Limits of whoever serves the model first.
pub struct Limits {
    pub context_length: Option<u64>,
    pub max_output: Option<u64>,
}

/// The model of an entry, and its limits at its first provider; `None` without an id.
pub fn read(listed: &Listed, facts: &mut Facts<'_>) -> Option<(Model, Limits)> {
    let id = facts.text(&listed.id, "id")?;
    let name = facts.text(&listed.name, "name");
    let author = name.as_deref().and_then(author).map(str::to_owned);
    let context_length = facts.tokens(&listed.context_length, "context_length");
    let limits = limits(listed, context_length, facts);
    let mut model = Model {
        id,
        name,
        author,
        description: description(listed, facts),
        context_length: context_length.or(limits.context_length),
        max_output: limits.max_output,
        knowledge_cutoff: facts.date(&listed.knowledge_cutoff, "knowledge_cutoff"),
        retires: facts.date(&listed.expiration_date, "expiration_date"),
        supported_parameters: listed.supported_parameters.texts().map(str::to_owned).collect(),
        published: published(listed, facts),
        source: Some(SOURCE.to_owned()),
        ..Model::default()
    };
    if model.retires.is_some() {
        model.status = Status::Deprecated;
    }
    if let Some(architecture) = listed.architecture.get() {
        let mut facts = facts.inside("architecture");
        model.input_modalities =
            modalities(&architecture.input_modalities, &mut facts, "input_modalities");
        model.output_modalities =
            modalities(&architecture.output_modalities, &mut facts, "output_modalities");
        model.tokenizer = facts.text(&architecture.tokenizer, "tokenizer");
    }
    if listed.reasoning.get().is_some() {
        model.features.push("reasoning".to_owned());
    }
    if let Some(weights) = facts.text(&listed.hugging_face_id, "hugging_face_id") {
        model.open_weights = Some(true);
        let url = format!("https://huggingface.co/{weights}");
        model.links.push(PageLink { label: "Weights".to_owned(), url });
    }
    Some((model, limits))
}

/// The author's name, which stands before the model's: `OpenAI: GPT-4o`.
fn author(name: &str) -> Option<&str> {
    let (author, rest) = name.split_once(": ")?;
    (!author.is_empty() && !rest.is_empty()).then_some(author)
}

fn limits(listed: &Listed, context_length: Option<u64>, facts: &mut Facts<'_>) -> Limits {
    let Some(top) = listed.top_provider.get() else {
        return Limits { context_length: None, max_output: None };
    };
    let mut facts = facts.inside("top_provider");
    let limits = Limits {
        context_length: facts.tokens(&top.context_length, "context_length"),
        max_output: facts.tokens(&top.max_completion_tokens, "max_completion_tokens"),
    };
    output_within(limits.max_output, context_length.or(limits.context_length), &mut facts);
    limits
}

/// Notes an output that is longer than the context: one of the two must be
/// wrong, and nothing says which.
pub fn output_within(output: Option<u64>, context: Option<u64>, facts: &mut Facts<'_>) {
    if let (Some(output), Some(context)) = (output, context)
        && output > context
    {
        let effect =
            format!("{output} tokens of output exceed the context of {context}; both are kept");
        facts.note("output_above_context", "max_completion_tokens", effect);
    }
}

fn description(listed: &Listed, facts: &mut Facts<'_>) -> Option<Description> {
    let text = facts.text(&listed.description, "description")?;
    if text.ends_with("...") {
        let effect = "the source cuts it short; it is shown as it stands";
        facts.note("description_truncated", "description", effect);
    }
    Some(Description::Markdown(text))
}

fn published(listed: &Listed, facts: &mut Facts<'_>) -> Option<Published> {
    let indexes = listed.benchmarks.get()?.artificial_analysis.get()?;
    let mut facts = facts.inside("benchmarks.artificial_analysis");
    let index = facts.measure(&indexes.intelligence_index, "intelligence_index")?;
    Some(Published {
        ability_index: Some(index),
        source: Some(INDEX_SOURCE.to_owned()),
        ..Published::default()
    })
}

/// Modalities by the names that gateways use; those that mean nothing here are
/// left out, and none stands twice.
pub fn modalities(names: &List<Scalar>, facts: &mut Facts<'_>, field: &str) -> Vec<Modality> {
    let mut found = Vec::new();
    for name in names.texts() {
        let modality = match name.to_ascii_lowercase().as_str() {
            "text" => Modality::Text,
            "image" => Modality::Image,
            "file" | "pdf" => Modality::File,
            "audio" => Modality::Audio,
            "video" => Modality::Video,
            "embedding" | "embeddings" => Modality::Embeddings,
            "speech" => Modality::Speech,
            "transcription" => Modality::Transcription,
            "rerank" => Modality::Rerank,
            "code" => Modality::Code,
            _ => {
                let effect = format!("\"{name}\" is no known modality; it is left out");
                facts.warn("modality_unknown", field, effect);
                continue;
            }
        };
        if !found.contains(&modality) {
            found.push(modality);
        }
    }
    found
}

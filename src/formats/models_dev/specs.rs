//! What models.dev says about a model, whoever serves it.

use super::types::Listed;
use crate::catalog::{Date, Description, MAX_DESCRIPTION, Modality, Model, ParameterCount, Status};
use crate::formats::facts::Facts;
use crate::formats::scalar::{List, Nested, Scalar};

/// A model with the facts of an entry; without id, prices and endpoints.
pub(super) fn model(listed: &Listed, facts: &mut Facts<'_>) -> Model {
    let (input_modalities, output_modalities) = modalities(listed, facts);
    let (context_length, max_output) = limits(listed, facts);
    let released = facts.date(&listed.release_date, "release_date");
    let updated = facts.date(&listed.last_updated, "last_updated");
    if let (Some(released), Some(updated)) = (released, updated)
        && released.days() > last_day(updated)
    {
        let effect = format!("released after it was last updated, on {updated}; shown as stated");
        facts.note("dates_disordered", "release_date", effect);
    }
    Model {
        name: facts.text(&listed.name, "name"),
        description: description(listed, facts),
        released,
        knowledge_cutoff: facts.date(&listed.knowledge, "knowledge"),
        status: status(&listed.status, facts),
        parameters: parameters(listed, facts),
        context_length,
        max_output,
        input_modalities,
        output_modalities,
        supported_parameters: if facts.flag(&listed.temperature, "temperature") == Some(true) {
            vec!["temperature".to_owned()]
        } else {
            Vec::new()
        },
        features: features(listed, facts),
        open_weights: facts.flag(&listed.open_weights, "open_weights"),
        source: Some(super::SOURCE.to_owned()),
        ..Model::default()
    }
}

/// The last day that a date can mean, counted as [`Date::days`] does.
fn last_day(date: Date) -> i64 {
    date.days()
        + match (date.has_month(), date.has_day()) {
            (_, true) => 0,
            (true, false) => 30,
            (false, false) => 365,
        }
}

fn description(listed: &Listed, facts: &mut Facts<'_>) -> Option<Description> {
    let text = facts.text(&listed.description, "description")?;
    if text.len() > MAX_DESCRIPTION {
        let effect = format!("longer than {MAX_DESCRIPTION} bytes; it is left out");
        facts.warn("description_too_long", "description", effect);
        return None;
    }
    Some(Description::Markdown(text))
}

/// Alpha and beta are previews; what states nothing is in service.
fn status(stated: &Scalar, facts: &mut Facts<'_>) -> Status {
    match facts.text(stated, "status").as_deref() {
        None => Status::Active,
        Some("alpha" | "beta") => Status::Preview,
        Some("deprecated") => Status::Deprecated,
        Some(other) => {
            let effect = format!("\"{}\" is no status known here; it is left out", short(other));
            facts.warn("fact_unreadable", "status", effect);
            Status::Active
        }
    }
}

fn parameters(listed: &Listed, facts: &mut Facts<'_>) -> Option<ParameterCount> {
    let stated = &listed.parameters.get()?.total;
    let number = facts.number(stated, "parameters.total")?;
    if number.fract() != 0.0 || !(1.0..=1e18).contains(&number) {
        let effect = "no whole number of parameters; it is left out";
        facts.warn("value_implausible", "parameters.total", effect);
        return None;
    }
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked above
    Some(ParameterCount { count: number as u64, estimated: false })
}

/// Context length and maximum output. Both stand for themselves: where output
/// exceeds context, nothing says which of them is wrong.
fn limits(listed: &Listed, facts: &mut Facts<'_>) -> (Option<u64>, Option<u64>) {
    let Some(limit) = listed.limit.get() else { return (None, None) };
    let mut facts = facts.inside("limit");
    let context = facts.tokens(&limit.context, "context");
    let output = facts.tokens(&limit.output, "output");
    if let (Some(context), Some(output)) = (context, output)
        && output > context
    {
        let effect =
            format!("{output} tokens of output in a context of {context}; shown as stated");
        facts.note("output_above_context", "output", effect);
    }
    let input = facts.tokens(&limit.input, "input");
    if let (Some(context), Some(input)) = (context, input)
        && input > context
    {
        let effect = format!("{input} tokens of input in a context of {context}; not used");
        facts.note("input_above_context", "input", effect);
    }
    (context, output)
}

fn modalities(listed: &Listed, facts: &mut Facts<'_>) -> (Vec<Modality>, Vec<Modality>) {
    let (input, mut output) = match &listed.modalities {
        Nested::Object(stated) => {
            let mut facts = facts.inside("modalities");
            (read(&stated.input, "input", &mut facts), read(&stated.output, "output", &mut facts))
        }
        _ => (Vec::new(), Vec::new()),
    };
    // The kind of model says what its "text" is.
    let instead = match listed.r#type.text() {
        Some("embedding") => Some(Modality::Embeddings),
        Some("reranking") => Some(Modality::Rerank),
        Some("transcription") => Some(Modality::Transcription),
        _ => None,
    };
    if let Some(instead) = instead
        && matches!(output.as_slice(), [] | [Modality::Text])
    {
        output = vec![instead];
    }
    (input, output)
}

fn read(stated: &List<Scalar>, field: &str, facts: &mut Facts<'_>) -> Vec<Modality> {
    let mut modalities = Vec::new();
    for word in stated.texts() {
        let kind = word.split_once('/').map_or(word, |(kind, _)| kind);
        let modality = match (word, kind) {
            ("pdf" | "application/pdf" | "file", _) => Modality::File,
            (_, "text") => Modality::Text,
            (_, "image") => Modality::Image,
            (_, "audio") => Modality::Audio,
            (_, "video") => Modality::Video,
            ("embedding", _) => Modality::Embeddings,
            ("reranking", _) => Modality::Rerank,
            _ => {
                let effect =
                    format!("\"{}\" is no modality known here; it is left out", short(word));
                facts.warn("fact_unreadable", field, effect);
                continue;
            }
        };
        if !modalities.contains(&modality) {
            modalities.push(modality);
        }
    }
    modalities
}

/// The features that are stated to be there. How reasoning is controlled is
/// stated in kinds, not by the names of API parameters.
fn features(listed: &Listed, facts: &mut Facts<'_>) -> Vec<String> {
    let mut features = Vec::new();
    for (value, field, feature) in [
        (&listed.reasoning, "reasoning", "reasoning"),
        (&listed.tool_call, "tool_call", "tools"),
        (&listed.structured_output, "structured_output", "structured_outputs"),
        (&listed.attachment, "attachment", "attachment"),
    ] {
        if facts.flag(value, field) == Some(true) {
            features.push(feature.to_owned());
        }
    }
    for option in listed.reasoning_options.0.iter().filter_map(Nested::get) {
        let feature = match option.r#type.text() {
            Some("effort") => "reasoning_effort",
            Some("budget_tokens") => "reasoning_budget",
            Some("toggle") => "reasoning_toggle",
            _ => continue,
        };
        if !features.iter().any(|known| known == feature) {
            features.push(feature.to_owned());
        }
    }
    features
}

/// The beginning of a text, for a message.
pub(super) fn short(text: &str) -> String {
    text.chars().take(40).collect()
}

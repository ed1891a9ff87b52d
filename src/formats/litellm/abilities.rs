//! What an entry says its model can do: modalities, features, parameters.

use std::collections::BTreeSet;

use super::kinds::{Kind, Kinds};
use crate::catalog::{Modality, Model};
use crate::formats::facts::Facts;
use crate::formats::scalar::{List, Members, Scalar};

/// What `supports_…` stands for: the feature, and the parameters of the API that
/// it says are accepted. What is not listed is a feature by its own name.
const SUPPORTS: &[(&str, &str, &[&str])] = &[
    ("function_calling", "tools", &["tools"]),
    ("parallel_function_calling", "", &["parallel_tool_calls"]),
    ("tool_choice", "", &["tool_choice"]),
    ("response_schema", "structured_outputs", &[]),
    ("native_structured_output", "structured_outputs", &[]),
    ("pdf_input", "file_input", &[]),
    ("embedding_image_input", "image_input", &[]),
    ("native_streaming", "streaming", &[]),
    ("none_reasoning_effort", "", &["reasoning_effort"]),
    ("minimal_reasoning_effort", "", &["reasoning_effort"]),
    ("low_reasoning_effort", "", &["reasoning_effort"]),
    ("xhigh_reasoning_effort", "", &["reasoning_effort"]),
    ("max_reasoning_effort", "", &["reasoning_effort"]),
    // How LiteLLM itself has to write requests.
    ("image_size", "", &[]),
    ("multimodal", "", &[]),
    ("nova_canvas_image_edit", "", &[]),
    ("output_config", "", &[]),
    ("parallel_tool_use_config", "", &[]),
    ("sampling_params", "", &[]),
    ("speed", "", &[]),
];

/// What is read and made where `supports_…` holds.
const READS: &[(&str, Modality)] = &[
    ("supports_vision", Modality::Image),
    ("supports_image_input", Modality::Image),
    ("supports_embedding_image_input", Modality::Image),
    ("supports_pdf_input", Modality::File),
    ("supports_audio_input", Modality::Audio),
    ("supports_video_input", Modality::Video),
];
const MAKES: &[(&str, Modality)] = &[("supports_audio_output", Modality::Audio)];

/// What every model of a mode reads and makes. Nothing is said where models of
/// the mode differ.
fn mode(name: &str) -> Option<(&'static [Modality], &'static [Modality])> {
    use Modality::{Audio, Embeddings, File, Image, Rerank, Speech, Text, Transcription, Video};
    Some(match name {
        "chat" | "completion" | "responses" => (&[Text], &[Text]),
        "embedding" => (&[Text], &[Embeddings]),
        "image_generation" => (&[Text], &[Image]),
        "image_edit" => (&[Image], &[Image]),
        "audio_transcription" => (&[Audio], &[Transcription]),
        "audio_speech" => (&[Text], &[Speech]),
        "realtime" => (&[Audio], &[Audio]),
        "video_generation" => (&[Text], &[Video]),
        "rerank" => (&[Text], &[Rerank]),
        "ocr" => (&[File], &[Text]),
        "moderation" | "search" => (&[Text], &[]),
        "vector_store" | "guardrail" => (&[], &[]),
        _ => return None,
    })
}

/// The lists of modalities that an entry states, and its mode.
pub struct Stated<'a> {
    pub mode: &'a Scalar,
    pub reads: &'a List<Scalar>,
    pub makes: &'a List<Scalar>,
}

/// Sets what a model can do.
pub fn read(
    model: &mut Model,
    stated: &Stated<'_>,
    members: &Members<Scalar>,
    facts: &mut Facts<'_>,
    kinds: &mut Kinds,
) {
    let name = stated.mode.text().unwrap_or_default();
    let (reads, makes) = mode(name).unwrap_or_else(|| {
        if !name.is_empty() {
            kinds.count(Kind::UnknownMode, name, || facts.at("mode"));
        }
        (&[], &[])
    });
    let list = [
        (&mut model.input_modalities, stated.reads, reads, "supported_modalities"),
        (&mut model.output_modalities, stated.makes, makes, "supported_output_modalities"),
    ];
    for (modalities, stated, of_mode, field) in list {
        for word in stated.texts() {
            match modality(word) {
                Some(modality) => add(modalities, modality),
                None => kinds.count(Kind::UnknownModality, word, || facts.at(field)),
            }
        }
        if modalities.is_empty() {
            modalities.extend_from_slice(of_mode);
        }
    }
    let mut features = BTreeSet::new();
    let mut parameters = BTreeSet::new();
    for (key, value) in &members.0 {
        let Some(ability) = key.strip_prefix("supports_") else { continue };
        if facts.flag(value, key) != Some(true) {
            continue;
        }
        for (modalities, table) in
            [(&mut model.input_modalities, READS), (&mut model.output_modalities, MAKES)]
        {
            if let Some((_, modality)) = table.iter().find(|(name, _)| name == key) {
                add(modalities, *modality);
            }
        }
        let listed = SUPPORTS.iter().find(|(name, ..)| *name == ability);
        let (feature, accepted) = listed.map_or((ability, &[][..]), |(_, name, list)| (name, list));
        if !feature.is_empty() && features.insert(feature) {
            model.features.push(feature.to_owned());
        }
        for parameter in accepted {
            if parameters.insert(*parameter) {
                model.supported_parameters.push((*parameter).to_owned());
            }
        }
    }
}

fn add(modalities: &mut Vec<Modality>, modality: Modality) {
    if !modalities.contains(&modality) {
        modalities.push(modality);
    }
}

fn modality(word: &str) -> Option<Modality> {
    Some(match word {
        "text" => Modality::Text,
        "image" => Modality::Image,
        "audio" => Modality::Audio,
        "video" => Modality::Video,
        "file" | "pdf" => Modality::File,
        "code" => Modality::Code,
        "embedding" | "embeddings" => Modality::Embeddings,
        "speech" => Modality::Speech,
        "transcription" => Modality::Transcription,
        _ => return None,
    })
}

//! Reading a catalog in the native format: what every reader of it checks,
//! whichever parser feeds it (`JSON.parse` in the widget, `serde_json` elsewhere).

use std::fmt;

use super::ids::Ids;
use super::{
    Catalog, Decode, Decoder, Description, Json, Model, Problem, Severity, make_safe, phrase,
};

/// The version of the native format that this crate reads and writes.
pub const SCHEMA_VERSION: &str = "1.0";

/// The largest catalog read, in bytes of decoded JSON.
pub const MAX_BYTES: usize = 16 * 1024 * 1024;

/// The most models read of one catalog.
pub const MAX_MODELS: usize = 40_000;

/// The longest description read, in bytes.
pub const MAX_DESCRIPTION: usize = 64 * 1024;

/// Why a text or value is not a catalog at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CatalogError {
    /// Not JSON.
    NotJson {
        /// What the parser said.
        reason: String,
    },
    /// JSON, but of no known shape.
    NotACatalog {
        /// What was found instead.
        found: String,
    },
    /// Written for a later version of the format.
    NewerVersion {
        /// The version that it states.
        found: String,
    },
    /// Larger than 16 MiB.
    TooLarge,
    /// No model of it could be read.
    NoModels {
        /// The first problem.
        first: Option<String>,
    },
}

impl CatalogError {
    /// A stable code, for `modelcard-error`.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NotJson { .. } => "catalog-not-json",
            Self::NotACatalog { .. } => "catalog-wrong-shape",
            Self::NewerVersion { .. } => "catalog-newer-version",
            Self::TooLarge => "catalog-too-large",
            Self::NoModels { .. } => "catalog-no-models",
        }
    }

    /// What the sentence of the error is made with: the parser's words, the shape
    /// or version found, the first problem.
    pub fn detail(&self) -> Option<&str> {
        match self {
            Self::NotJson { reason: detail }
            | Self::NotACatalog { found: detail }
            | Self::NewerVersion { found: detail } => Some(detail),
            Self::NoModels { first } => first.as_deref(),
            Self::TooLarge => None,
        }
    }

    /// The error with this code and detail, as the formats module throws it.
    pub fn from_parts(code: &str, detail: Option<String>) -> Self {
        let text = detail.clone().unwrap_or_default();
        match code {
            "catalog-not-json" => Self::NotJson { reason: text },
            "catalog-too-large" => Self::TooLarge,
            "catalog-newer-version" => Self::NewerVersion { found: text },
            "catalog-no-models" => Self::NoModels { first: detail },
            _ => Self::NotACatalog { found: text },
        }
    }
}

impl CatalogError {
    /// What is wrong, and what to do.
    pub fn words(&self) -> String {
        let words = match self {
            Self::NotJson { reason } => phrase("This is not JSON (").and(reason).and(
                "). Check that the URL gives the catalog itself, not a web page about it.",
            ),
            Self::NotACatalog { found } => {
                phrase("This is JSON, but not a catalog of models (").and(found).and(
                    "). A catalog has \"schema_version\" and \"models\", or one of the public formats' shapes.",
                )
            }
            Self::NewerVersion { found } => phrase("This catalog is written for version ")
                .and(found)
                .and(" of the format; this widget reads version ")
                .and(SCHEMA_VERSION)
                .and(". Update the widget."),
            Self::TooLarge => phrase(
                "This catalog is larger than 16 MiB. Serve a smaller one, with the models that the page needs.",
            ),
            Self::NoModels { first: Some(first) } => {
                phrase("No model of this catalog could be read. The first problem: ").and(first)
            }
            Self::NoModels { first: None } => phrase("This catalog has no models in it."),
        };
        words.text()
    }
}

impl fmt::Display for CatalogError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl std::error::Error for CatalogError {}

/// Whether a catalog that states this version can be read.
pub fn check_version(stated: &str) -> Result<(), CatalogError> {
    let major = |version: &str| version.split('.').next().and_then(|part| part.parse::<u32>().ok());
    match (major(stated), major(SCHEMA_VERSION)) {
        (Some(stated_major), Some(ours)) if stated_major <= ours => Ok(()),
        (Some(_), _) => Err(CatalogError::NewerVersion { found: stated.to_owned() }),
        (None, _) => Err(CatalogError::NotACatalog {
            found: phrase("\"schema_version\" is \"")
                .and(stated)
                .and("\" instead of \"")
                .and(SCHEMA_VERSION)
                .and("\"")
                .text(),
        }),
    }
}

fn id_at(models: &[Model], at: usize) -> &str {
    models.get(at).map_or("", |model| &model.id)
}

/// Puts a catalog together from its root and its models, read one by one.
#[derive(Debug, Default)]
pub struct Reader {
    models: Vec<Model>,
    ids: Ids,
    problems: Vec<Problem>,
    count: usize,
    decoder: Decoder,
}

impl Reader {
    /// Reads the next model, where it is to stay: moving one costs more than reading most
    /// of its fields. Whether the model is part of the catalog.
    pub fn read<J: Json>(&mut self, json: &J) -> bool {
        if self.is_full() {
            return false;
        }
        self.models.push(Model::blank());
        let read = self.models.last_mut().map(|model| self.decoder.read(json, model));
        let fault = read.and_then(Result::err);
        self.check(fault.map(|fault| fault.words()))
    }

    /// Takes the next model, or why it could not be read. Whether the model is
    /// part of the catalog.
    pub fn push(&mut self, model: Result<Model, String>) -> bool {
        if self.is_full() {
            return false;
        }
        let (model, fault) = match model {
            Ok(model) => (model, None),
            Err(fault) => (Model::default(), Some(fault)),
        };
        self.models.push(model);
        self.check(fault)
    }

    /// Counts the next model. Whether it is one too many.
    fn is_full(&mut self) -> bool {
        self.count += 1;
        self.count > MAX_MODELS
    }

    /// Whether the last model is part of the catalog; if not, it is left out.
    fn check(&mut self, fault: Option<String>) -> bool {
        let place = self.count - 1;
        let path = |field: &str| phrase("models[").and(place).and("]").and(field).text();
        let Some((model, before)) = self.models.split_last_mut() else { return false };
        let before = &*before;
        let (field, fault) = match fault {
            Some(fault) => ("", fault),
            None if model.id.trim().is_empty() => (".id", "the id is blank".to_owned()),
            None if self.ids.add(&model.id, &|at| id_at(before, at)).is_some() => {
                let twice = phrase("\"").and(&model.id).and("\" stands there twice");
                (".id", twice.and("; the first is used").text())
            }
            None => {
                if matches!(&model.description, Some(Description::Markdown(text)) if text.len() > MAX_DESCRIPTION)
                {
                    model.description = None;
                    self.problems.push(Problem::new(
                        Severity::Warning,
                        "description_too_long",
                        path(".description"),
                        "the description is longer than 64 KiB; it is not shown",
                    ));
                }
                if let Some(Description::Document(blocks)) = &mut model.description {
                    make_safe(blocks);
                }
                return true;
            }
        };
        self.models.pop();
        let effect = phrase(&fault).and("; the model is left out").text();
        let problem = Problem::new(Severity::Error, "model_unreadable", path(field), effect);
        self.problems.push(problem);
        false
    }

    /// The catalog, unless nothing of it could be read.
    pub fn finish(mut self, root: Catalog<()>) -> Result<Catalog, CatalogError> {
        if self.count > MAX_MODELS {
            self.problems.push(Problem::new(
                Severity::Error,
                "too_many_models",
                "models",
                phrase(self.count)
                    .and(" models; the first ")
                    .and(MAX_MODELS)
                    .and(" are used")
                    .text(),
            ));
        }
        if self.models.is_empty() {
            let first = self
                .problems
                .first()
                .map(|problem| phrase(&problem.path).and(": ").and(&problem.effect).text());
            return Err(CatalogError::NoModels { first });
        }
        let (mut catalog, ()) = root.with_models(self.models);
        catalog.problems.append(&mut self.problems);
        Ok(catalog)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn model(id: &str) -> Model {
        Model { id: id.into(), ..Model::default() }
    }

    #[test]
    fn one_bad_model_does_not_take_the_others_down() {
        let mut reader = Reader::default();
        reader.push(Ok(model("a/one")));
        reader.push(Err("context_length: invalid type".into()));
        reader.push(Ok(model(" ")));
        reader.push(Ok(model("a/one")));
        reader.push(Ok(model("a/two")));
        let catalog = reader.finish(Catalog::default()).unwrap();
        let ids: Vec<_> = catalog.models.iter().map(|model| model.id.as_str()).collect();
        assert_eq!(ids, ["a/one", "a/two"]);
        let paths: Vec<_> = catalog.problems.iter().map(|problem| problem.path.as_str()).collect();
        assert_eq!(paths, ["models[1]", "models[2].id", "models[3].id"]);
        assert!(catalog.problems[0].effect.contains("context_length: invalid type"));
    }

    #[test]
    fn says_why_nothing_could_be_read() {
        let mut reader = Reader::default();
        reader.push(Err("missing field `id`".into()));
        let error = reader.finish(Catalog::default()).unwrap_err();
        assert!(error.to_string().contains("models[0]: missing field `id`"), "{error}");
        assert_eq!(
            Reader::default().finish(Catalog::default()).unwrap_err().code(),
            "catalog-no-models"
        );
    }

    #[test]
    fn a_newer_major_version_is_refused_and_a_minor_one_is_not() {
        assert_eq!(check_version("1.0"), Ok(()));
        assert_eq!(check_version("1.7"), Ok(()));
        assert_eq!(check_version("2.0").unwrap_err().code(), "catalog-newer-version");
        assert_eq!(check_version("next").unwrap_err().code(), "catalog-wrong-shape");
    }

    #[test]
    fn a_compiled_description_is_made_safe() {
        let mut hostile = model("a/one");
        let json = r#"[{"paragraph":[{"link":{"href":"javascript:x","content":[{"text":"t"}]}}]}]"#;
        hostile.description = Some(serde_json::from_str(json).unwrap());
        let mut reader = Reader::default();
        assert!(reader.push(Ok(hostile)));
        let catalog = reader.finish(Catalog::default()).unwrap();
        let description = serde_json::to_string(&catalog.models[0].description).unwrap();
        assert_eq!(description, r#"[{"paragraph":[{"text":"t"}]}]"#);
    }

    #[test]
    fn an_error_survives_in_parts() {
        for error in [
            CatalogError::NotJson { reason: "a".into() },
            CatalogError::NotACatalog { found: "b".into() },
            CatalogError::NewerVersion { found: "2.0".into() },
            CatalogError::TooLarge,
            CatalogError::NoModels { first: Some("c".into()) },
            CatalogError::NoModels { first: None },
        ] {
            let detail = error.detail().map(str::to_owned);
            assert_eq!(CatalogError::from_parts(error.code(), detail), error);
        }
    }

    #[test]
    fn caps_what_it_reads() {
        let mut reader = Reader::default();
        for index in 0..=MAX_MODELS {
            reader.push(Ok(model(&format!("a/{index}"))));
        }
        let mut long = model("a/0");
        long.description = Some(Description::Markdown("x".repeat(MAX_DESCRIPTION + 1)));
        let catalog = reader.finish(Catalog::default()).unwrap();
        assert_eq!(catalog.models.len(), MAX_MODELS);
        assert_eq!(catalog.problems.last().unwrap().code, "too_many_models");

        let mut reader = Reader::default();
        reader.push(Ok(long));
        let catalog = reader.finish(Catalog::default()).unwrap();
        assert_eq!(catalog.models[0].description, None);
        assert_eq!(catalog.problems[0].path, "models[0].description");
    }
}

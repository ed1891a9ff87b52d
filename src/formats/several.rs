//! Several catalogs in one go: each is compiled alone, so that one that fails does
//! not take the others down, and what was read is merged.

use serde::Serialize;

use super::{Compiled, Pace, compile_paced, merge, name_sources};
use crate::catalog::{Catalog, CatalogError, Date, License};

/// A catalog to be read.
#[derive(Debug)]
pub struct Input<'b> {
    /// Its URL or file, where it has one.
    pub label: Option<String>,
    /// Its bytes.
    pub bytes: &'b [u8],
}

/// What became of one catalog.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(untagged)]
pub enum Outcome {
    /// It was read.
    Read {
        /// The name of its format.
        format: &'static str,
        /// How many models it has.
        models: usize,
        /// Its name.
        #[serde(skip_serializing_if = "Option::is_none")]
        name: Option<String>,
        /// The day of its facts.
        #[serde(skip_serializing_if = "Option::is_none")]
        date: Option<Date>,
        /// Its licence.
        #[serde(skip_serializing_if = "Option::is_none")]
        license: Option<License>,
    },
    /// Nothing of it can be used.
    Failed {
        /// The error's stable code.
        code: &'static str,
        /// What the error's sentence is made with.
        #[serde(skip_serializing_if = "Option::is_none")]
        detail: Option<String>,
    },
}

impl Outcome {
    fn of(read: &Result<Compiled, CatalogError>) -> Self {
        match read {
            Ok(Compiled { format, catalog }) => Self::Read {
                format,
                models: catalog.models.len(),
                name: catalog.name.clone(),
                date: catalog.date,
                license: catalog.license.clone(),
            },
            Err(error) => {
                Self::Failed { code: error.code(), detail: error.detail().map(str::to_owned) }
            }
        }
    }
}

/// Compiles and merges catalogs, the first of which wins for each fact. The
/// catalog, unless none could be read, and what became of each input.
pub async fn compile_all(inputs: &[Input<'_>], pace: &Pace<'_>) -> (Option<Catalog>, Vec<Outcome>) {
    let mut whole: Option<Catalog> = None;
    let mut outcomes = Vec::with_capacity(inputs.len());
    for (index, input) in inputs.iter().enumerate() {
        let read = compile_paced(input.bytes, pace).await;
        outcomes.push(Outcome::of(&read));
        let Ok(Compiled { mut catalog, .. }) = read else { continue };
        for problem in &mut catalog.problems {
            problem.catalog.clone_from(&input.label);
        }
        let numbered = || format!("Catalog {}", index + 1);
        let label = input.label.clone().unwrap_or_else(numbered);
        match &mut whole {
            None => {
                if inputs.len() > 1 {
                    name_sources(&mut catalog, &label);
                }
                whole = Some(catalog);
            }
            Some(whole) => merge(whole, catalog, &label),
        }
        pace.breathe().await;
    }
    (whole, outcomes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pace::in_one_go;

    #[test]
    fn one_that_fails_does_not_take_the_others_down() {
        let good = br#"{"schema_version":"1.0","name":"N","models":[{"id":"a/x"},{"id":7}]}"#;
        let inputs = [
            Input { label: Some("https://a.example/broken".into()), bytes: b"{" },
            Input { label: Some("https://b.example/good".into()), bytes: good },
        ];
        let (catalog, outcomes) =
            in_one_go(async |pace: &Pace<'_>| compile_all(&inputs, pace).await).unwrap();
        let catalog = catalog.unwrap();
        assert_eq!(catalog.models.len(), 1);
        assert_eq!(catalog.problems[0].catalog.as_deref(), Some("https://b.example/good"));
        assert!(matches!(
            &outcomes[0],
            Outcome::Failed { code: "catalog-not-json", detail: Some(_) }
        ));
        assert!(matches!(&outcomes[1], Outcome::Read { format: "native", models: 1, .. }));
        let none =
            in_one_go(async |pace: &Pace<'_>| compile_all(&inputs[..1], pace).await).unwrap();
        assert_eq!(none.0, None);
    }
}

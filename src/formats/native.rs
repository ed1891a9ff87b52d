//! The native format: what `catalog` defines, written by people, with Markdown
//! descriptions (or compiled already).
//!
//! Models are read one by one, so that a bad one does not take the others down.
//! A fault in a fact about the catalog itself costs that fact alone. Of a key
//! that stands twice in an object the last value counts, as in a browser.

use super::detect::{Format, Reading};
use super::log::Log;
use super::root::{self, Root, Shape};
use super::{Draft, Pace, json};
use crate::catalog::{
    Catalog, CatalogError, Decode, MAX_MODELS, Model, Problem, Reader, Severity, check_version,
};

/// The native format.
pub const FORMAT: Format = Format { name: "native", fits, read };

fn fits(root: &Root<'_>) -> bool {
    root.get("schema_version").is_some()
}

fn read<'r>(root: &'r Root<'r>, pace: &'r Pace<'r>) -> Reading<'r> {
    Box::pin(read_paced(root, pace))
}

async fn read_paced(root: &Root<'_>, pace: &Pace<'_>) -> Result<Draft, CatalogError> {
    let not_a_catalog = |found: String| CatalogError::NotACatalog { found };
    let version = root.get("schema_version").map_or_else(
        || Err("there is no \"schema_version\"".to_owned()),
        |version| {
            json::read::<String>(version).map_err(|_| {
                format!("\"schema_version\" is {} instead of \"1.0\"", root::kind(version))
            })
        },
    );
    check_version(&version.map_err(not_a_catalog)?)?;
    let models =
        root.get("models").ok_or_else(|| not_a_catalog("there is no \"models\"".to_owned()))?;

    let mut problems = Vec::new();
    let mut catalog = Catalog {
        schema_version: crate::catalog::SCHEMA_VERSION.to_owned(),
        compiled: false,
        name: fact(root, "name", &mut problems),
        date: fact(root, "date", &mut problems),
        license: fact(root, "license", &mut problems),
        base_url: fact(root, "base_url", &mut problems),
        sources: fact(root, "sources", &mut problems).unwrap_or_default(),
        aliases: fact(root, "aliases", &mut problems).unwrap_or_default(),
        matching: fact(root, "matching", &mut problems).unwrap_or_default(),
        models: (),
        problems: fact(root, "problems", &mut problems).unwrap_or_default(),
    };
    catalog.problems.append(&mut problems);

    let Shape::Array(items, length) = root::open(models) else {
        let found = format!("\"models\" is {} instead of an array", root::kind(models));
        return Err(not_a_catalog(found));
    };
    let mut reader = Reader::default();
    let mut paths = Vec::new();
    for (index, raw) in items.into_iter().take(MAX_MODELS).enumerate() {
        // An array would fill the fields of a model in their order.
        let model = match root::kind(raw) {
            "an object" => json::read::<Model>(raw),
            other => Err(format!("{other} instead of an object")),
        };
        if reader.push(model) {
            paths.push(format!("models[{index}]"));
        }
        pace.breathe().await;
    }
    for _ in MAX_MODELS..length {
        // The reader counts these, and says so.
        reader.push(Err(String::new()));
    }
    let mut catalog = reader.finish(catalog)?;
    let log = Log::from(std::mem::take(&mut catalog.problems));
    Ok(Draft { catalog, paths, exact_paths: true, log })
}

/// A fact about the catalog itself; a faulty one is left out.
fn fact<T: Decode>(root: &Root<'_>, key: &str, problems: &mut Vec<Problem>) -> Option<T> {
    let value = root.get(key).filter(|value| value.get() != "null")?;
    let note = |fault: String| {
        let effect = format!("{fault}; \"{key}\" is left out");
        problems.push(Problem::new(Severity::Warning, "catalog_fact_unreadable", key, effect));
    };
    json::read(value).map_err(note).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::formats::pace;

    fn draft(json: &str) -> Result<Draft, CatalogError> {
        let root = Root::new(json.as_bytes())?;
        let read = pace::in_one_go(async |pace: &Pace<'_>| read_paced(&root, pace).await);
        let mut draft = read.unwrap()?;
        draft.catalog.problems = std::mem::take(&mut draft.log).finish();
        Ok(draft)
    }

    fn found(json: &str) -> String {
        match draft(json).unwrap_err() {
            CatalogError::NotACatalog { found } => found,
            other => panic!("{other}"),
        }
    }

    #[test]
    fn a_bad_model_is_named_and_the_others_load() {
        let draft = draft(
            r#"{"schema_version": "1.3", "name": "N", "models": [
                {"id": "a/one", "context_length": 8000, "from_the_future": {"x": [1]}},
                {"id": "a/two", "prices": {"rates": {"input": "-1"}}},
                7,
                ["a/three"],
                {"name": "nameless"},
                {"id": "a/one"},
                {"id": "a/four", "name": "\ud800"},
                {"id": "a/five"}
            ]}"#,
        )
        .unwrap();
        let ids: Vec<_> = draft.catalog.models.iter().map(|model| model.id.as_str()).collect();
        assert_eq!(ids, ["a/one", "a/five"]);
        assert_eq!(draft.paths, ["models[0]", "models[7]"]);
        let problems: Vec<_> = draft
            .catalog
            .problems
            .iter()
            .map(|problem| (problem.path.as_str(), problem.effect.split(';').next().unwrap()))
            .collect();
        assert_eq!(
            problems,
            [
                ("models[1]", "prices.rates.input: a price below zero"),
                ("models[2]", "a number instead of an object"),
                ("models[3]", "an array instead of an object"),
                ("models[4]", "id: it must be stated"),
                ("models[5].id", "\"a/one\" stands there twice"),
                ("models[6]", "name: unexpected end of hex escape"),
            ]
        );
        assert_eq!(draft.catalog.name.as_deref(), Some("N"));
    }

    #[test]
    fn a_faulty_fact_about_the_catalog_costs_that_fact_alone() {
        let catalog = draft(
            r#"{"schema_version": "1.0", "name": null, "date": "soon", "base_url": "https://a.example",
                "sources": {"s": {"name": "S"}, "t": {"url": "x"}}, "base_url": "https://b.example",
                "models": [{"id": "a/one"}]}"#,
        )
        .unwrap()
        .catalog;
        assert_eq!(catalog.date, None);
        assert_eq!(catalog.base_url.as_deref(), Some("https://b.example"));
        let problems: Vec<_> = catalog
            .problems
            .iter()
            .map(|problem| (problem.path.as_str(), problem.effect.as_str()))
            .collect();
        assert_eq!(
            problems,
            [
                (
                    "date",
                    "not a date; write it like 2024-07-18, 2024-07 or 2024; \"date\" is left out"
                ),
                ("sources", "t.name: it must be stated; \"sources\" is left out"),
            ]
        );
    }

    #[test]
    fn the_last_of_equal_keys_counts_everywhere() {
        let draft = draft(
            r#"{"schema_version": "1.0", "models": [{"id": "a/first"}], "models": [
                {"id": "a/one", "id": "a/two", "prices": {"rates": {"input": "1", "input": "2"}}}
            ]}"#,
        )
        .unwrap();
        assert_eq!(draft.catalog.problems, []);
        let [model] = draft.catalog.models.as_slice() else { panic!() };
        assert_eq!(model.id, "a/two");
        let rates = serde_json::to_string(&model.prices.rates).unwrap();
        assert_eq!(rates, r#"{"input":"2"}"#);
    }

    #[test]
    fn says_what_is_no_catalog() {
        assert_eq!(found(r#"{"schema_version": "1.0"}"#), "there is no \"models\"");
        assert_eq!(
            found(r#"{"schema_version": "1.0", "models": {}}"#),
            "\"models\" is an object instead of an array"
        );
        assert_eq!(
            found(r#"{"schema_version": 1.0, "models": []}"#),
            "\"schema_version\" is a number instead of \"1.0\""
        );
        assert_eq!(
            draft(r#"{"schema_version": "2.1", "models": {}}"#).unwrap_err(),
            CatalogError::NewerVersion { found: "2.1".into() }
        );
        assert_eq!(
            draft(r#"{"schema_version": "1.0", "models": []}"#).unwrap_err(),
            CatalogError::NoModels { first: None }
        );
        assert_eq!(
            draft(r#"{"schema_version": "1.0", "models": [{}]}"#).unwrap_err().to_string(),
            "No model of this catalog could be read. The first problem: models[0]: id: it must be stated; the model is left out"
        );
    }

    #[test]
    fn reads_a_bounded_number_of_models() {
        let models: Vec<String> =
            (0..MAX_MODELS + 2).map(|n| format!("{{\"id\":\"a/{n}\"}}")).collect();
        let json = format!("{{\"schema_version\":\"1.0\",\"models\":[{}]}}", models.join(","));
        let draft = draft(&json).unwrap();
        assert_eq!((draft.catalog.models.len(), draft.paths.len()), (MAX_MODELS, MAX_MODELS));
        assert_eq!(draft.catalog.problems[0].effect, "40002 models; the first 40000 are used");
    }

    #[test]
    fn hostile_names_survive() {
        let names = [
            ("", ""),
            (" ", " "),
            ("\u{202e}x", "x"),
            ("__proto__", "__proto__"),
            ("<img src=x onerror=alert(1)>", "<img src=x onerror=alert(1)>"),
            ("🐬", "🐬"),
            ("\0", ""),
        ];
        for (name, kept) in names {
            let json = serde_json::json!({
                "schema_version": "1.0",
                "models": [{"id": format!("a/{name}"), "name": name, "author": name}],
            });
            let catalog = draft(&json.to_string()).unwrap().catalog;
            assert_eq!(catalog.models[0].name.as_deref(), Some(kept));
            assert_eq!(catalog.problems, []);
        }
    }
}

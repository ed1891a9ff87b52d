//! Fields that the native format does not have. Reading ignores them, as it must
//! for later minor versions; who checks a catalog wants to hear of a misspelt one.

use serde_json::{Map, Value};

use super::schema::schema;
use crate::catalog::{Problem, Severity, nearest_ids};

/// A problem for each field of a native catalog that the schema lacks. Fields
/// that begin with `$`, such as `$schema`, are for tools.
pub fn unknown_fields(catalog: &Value) -> Vec<Problem> {
    let root = schema();
    let mut walk = Walk { root: &root, problems: Vec::new() };
    walk.value(catalog, &[&root], "");
    walk.problems
}

struct Walk<'a> {
    root: &'a Value,
    problems: Vec<Problem>,
}

impl<'a> Walk<'a> {
    /// Compares a value with the schemas that it may follow.
    fn value(&mut self, value: &Value, schemas: &[&'a Value], path: &str) {
        let mut plain = Vec::new();
        for schema in schemas {
            self.resolve(schema, &mut plain);
        }
        match value {
            Value::Object(fields) => self.object(fields, &plain, path),
            Value::Array(items) => {
                let inner: Vec<&Value> =
                    plain.iter().filter_map(|schema| schema.get("items")).collect();
                for (index, item) in items.iter().enumerate() {
                    self.value(item, &inner, &format!("{path}[{index}]"));
                }
            }
            _ => {}
        }
    }

    fn object(&mut self, fields: &Map<String, Value>, schemas: &[&'a Value], path: &str) {
        let known: Vec<&Map<String, Value>> = schemas
            .iter()
            .filter_map(|schema| schema.get("properties").and_then(Value::as_object))
            .collect();
        // A map: its keys are the catalog's own.
        let free: Vec<&Value> = schemas
            .iter()
            .filter_map(|schema| schema.get("additionalProperties"))
            .filter(|schema| schema.is_object())
            .collect();
        for (key, value) in fields {
            let path = if path.is_empty() { key.clone() } else { format!("{path}.{key}") };
            let mut inner: Vec<&Value> = known.iter().filter_map(|known| known.get(key)).collect();
            inner.extend(&free);
            if !inner.is_empty() {
                self.value(value, &inner, &path);
            } else if !known.is_empty() && !key.starts_with('$') {
                let names = known.iter().flat_map(|known| known.keys().map(String::as_str));
                let meant = nearest_ids(key, names, 1).first().copied();
                let hint = meant.map_or_else(String::new, |meant| format!("; is it \"{meant}\"?"));
                let effect = format!("the format has no field \"{key}\", so it is ignored{hint}");
                self.problems.push(Problem::new(Severity::Warning, "field_unknown", path, effect));
            }
        }
    }

    /// The schemas without references and alternatives that one stands for.
    fn resolve(&self, schema: &'a Value, plain: &mut Vec<&'a Value>) {
        if let Some(name) = schema.get("$ref").and_then(Value::as_str) {
            let definition = name.strip_prefix('#').and_then(|at| self.root.pointer(at));
            if let Some(definition) = definition {
                self.resolve(definition, plain);
            }
            return;
        }
        let alternatives = ["anyOf", "oneOf"].iter().find_map(|word| schema.get(word)?.as_array());
        match alternatives {
            Some(alternatives) => {
                for schema in alternatives {
                    self.resolve(schema, plain);
                }
            }
            None => plain.push(schema),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_misspelt_field_is_named_wherever_it_stands() {
        let problems = unknown_fields(&json!({
            "$schema": "catalog.schema.json", "schema_version": "1.0", "nam": "N",
            "sources": {"any-key": {"name": "S", "uri": "x"}}, "aliases": {"any": "a/b"},
            "models": [{
                "id": "a/b", "contxt_length": 1, "name": "B",
                "description": [{"quote": [{"paragraph": [{"link": {"href": "x", "content": [], "title": 1}}, "break"]}]}],
                "prices": {"rates": {"input": "1", "cached_read": "1"},
                    "conditions": [{"when": {"input_token_above": 1}, "rates": {}}]},
                "endpoints": [{"id": "p/b", "provider": "P", "latency": {"p50": 1, "p95": 2}}],
            }],
        }));
        let mut found: Vec<_> = problems
            .iter()
            .map(|problem| {
                let hint = problem.effect.split_once("is it \"").map(|(_, hint)| hint);
                (problem.path.as_str(), hint.unwrap_or_default().trim_end_matches("\"?"))
            })
            .collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                ("models[0].contxt_length", "context_length"),
                ("models[0].description[0].quote[0].paragraph[0].link.title", ""),
                ("models[0].endpoints[0].latency.p95", "p75"),
                ("models[0].prices.conditions[0].when.input_token_above", "input_tokens_above"),
                ("models[0].prices.rates.cached_read", "cache_read"),
                ("nam", "name"),
                ("sources.any-key.uri", "url"),
            ]
        );
    }
}

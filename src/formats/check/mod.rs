//! What no type can say about a catalog: whether its parts agree, and whether its
//! numbers can be true.
//!
//! A value that cannot be true is left out, never mended by a guess. A problem
//! names the exact place in the source, and what was done.

mod prices;

use std::collections::BTreeMap;

use super::Draft;
use super::log::Log;
use super::markdown::is_base;
use crate::catalog::{
    BenchmarkResult, Catalog, Date, Endpoint, License, Model, PageLink, Published, Quantiles,
    Severity, Source, clean, page_address,
};

/// Checks a catalog, and leaves out what cannot be true; closes its list of problems.
pub fn check(draft: &mut Draft) {
    let Draft { catalog, paths, exact_paths, log } = draft;
    let mut checker = Checker {
        log: std::mem::take(log),
        sources: std::mem::take(&mut catalog.sources).into_iter().collect(),
        as_of: catalog.date,
        endpoints: BTreeMap::new(),
        models: 0,
    };
    for (model, path) in catalog.models.iter_mut().zip(paths) {
        let before = checker.log.len();
        checker.model(model, path);
        if !*exact_paths {
            for problem in checker.log.since(before) {
                problem.path.clone_from(path);
            }
        }
    }
    checker.root(catalog);
    catalog.sources = checker.sources.into_iter().collect();
    catalog.problems = checker.log.finish();
}

struct Checker {
    log: Log,
    sources: BTreeMap<String, Source>,
    /// The day of the catalog's facts.
    as_of: Option<Date>,
    /// The endpoints met so far: their ids, and the models and places they stand at.
    endpoints: BTreeMap<String, (usize, String)>,
    /// How many models were met.
    models: usize,
}

impl Checker {
    fn add(&mut self, severity: Severity, code: &str, path: String, effect: impl Into<String>) {
        self.log.add(severity, code, path, effect);
    }

    fn warn(&mut self, code: &str, path: String, effect: impl Into<String>) {
        self.log.warn(code, path, effect);
    }

    /// Leaves out a value that cannot be true.
    fn only_if<T>(
        &mut self,
        plausible: impl Fn(&T) -> bool,
        value: &mut Option<T>,
        place: (&str, &str),
        fault: &str,
    ) {
        if value.as_ref().is_some_and(|value| !plausible(value)) {
            *value = None;
            let path = match place {
                ("", field) => field.to_owned(),
                (path, field) => format!("{path}.{field}"),
            };
            self.warn("value_implausible", path, format!("{fault}; the value is left out"));
        }
    }

    fn percent(&mut self, value: &mut Option<f64>, path: &str, field: &str) {
        let plausible = |value: &f64| (0.0..=100.0).contains(value);
        self.only_if(plausible, value, (path, field), "not a percentage from 0 to 100");
    }

    fn not_negative(&mut self, value: &mut Option<f64>, path: &str, field: &str) {
        self.only_if(|value| *value >= 0.0, value, (path, field), "below zero");
    }

    fn not_zero(&mut self, value: &mut Option<u64>, path: &str, field: &str) {
        let fault = "0 tokens; leave the field out where it is not known";
        self.only_if(|value| *value > 0, value, (path, field), fault);
    }

    fn stars(&mut self, value: &mut Option<u8>, path: &str, field: &str) {
        let plausible = |value: &u8| (1..=5).contains(value);
        self.only_if(plausible, value, (path, field), "not a number of stars from 1 to 5");
    }

    fn url(&mut self, value: &mut Option<String>, path: &str, field: &str) {
        let fault =
            "not an address that a page can link to; write it like https://example.com/page";
        self.only_if(|url| is_page(url), value, (path, field), fault);
    }

    fn license(&mut self, license: Option<&mut License>, path: &str) {
        if let Some(license) = license {
            self.url(&mut license.url, path, "url");
        }
    }

    /// A key that `sources` lacks is kept: it names the source at least by word.
    fn source(&mut self, key: Option<&String>, path: &str) {
        if let Some(key) = key.filter(|key| !self.sources.contains_key(*key)) {
            let effect = format!("\"{key}\" is no key of \"sources\"; no source is shown");
            self.warn("source_unknown", format!("{path}.source"), effect);
        }
    }

    fn root(&mut self, catalog: &mut Catalog) {
        self.only_if(
            |url| is_base(url),
            &mut catalog.base_url,
            ("", "base_url"),
            "not an address that links can start from; write it like https://example.com/docs/",
        );
        self.license(catalog.license.as_mut(), "license");
        self.matching(catalog);
        let mut sources = std::mem::take(&mut self.sources);
        for (key, source) in &mut sources {
            self.url(&mut source.url, &format!("sources.{key}"), "url");
        }
        self.sources = sources;

        let aliases = std::mem::take(&mut catalog.aliases);
        let ids: std::collections::BTreeSet<&str> =
            catalog.models.iter().map(|model| model.id.as_str()).collect();
        let kept = aliases.into_iter().filter(|(alias, target)| {
            let path = || format!("aliases.{alias}");
            let known = |name: &str| ids.contains(name) || self.endpoints.contains_key(name);
            if known(alias) {
                let effect = format!("\"{alias}\" is an id already; the alias is left out");
                self.warn("alias_hidden", path(), effect);
                false
            } else if known(target) {
                true
            } else {
                let effect = format!("there is no model \"{target}\"; the alias is left out");
                self.warn("alias_unknown", path(), effect);
                false
            }
        });
        catalog.aliases = kept.collect();
    }

    /// Patterns with characters that no text of a catalog keeps match nothing of it.
    fn matching(&mut self, catalog: &mut Catalog) {
        let mut dropped = 0;
        let mut keep = |pattern: &String| {
            let mut cleaned = pattern.clone();
            clean(&mut cleaned);
            dropped += usize::from(cleaned != *pattern);
            cleaned == *pattern
        };
        for provider in &mut catalog.matching {
            provider.keys.retain(&mut keep);
            provider.models.retain(&mut keep);
            provider.fallbacks.retain(&mut keep);
            provider.endpoints.retain_mut(|endpoint| {
                let had_any = !endpoint.names.is_empty();
                endpoint.names.retain(&mut keep);
                // Without a name it would be found by its id.
                !(had_any && endpoint.names.is_empty())
            });
        }
        if dropped > 0 {
            let effect = format!("{dropped} names with invisible characters are left out");
            self.warn("matching_rule_unreadable", "matching".to_owned(), effect);
        }
    }

    fn model(&mut self, model: &mut Model, path: &str) {
        self.models += 1;
        self.not_zero(&mut model.context_length, path, "context_length");
        self.not_zero(&mut model.max_output, path, "max_output");
        self.only_if(
            |count| count.count > 0,
            &mut model.parameters,
            (path, "parameters"),
            "0 parameters",
        );
        self.license(model.license.as_mut(), &format!("{path}.license"));
        self.links(&mut model.links, path);
        self.source(model.source.as_ref(), path);
        self.rate_card(&mut model.prices, &format!("{path}.prices"));
        let as_of = model.prices.date.or(model.date);
        self.history(&mut model.price_history, &model.prices, as_of, path);
        let endpoints = std::mem::take(&mut model.endpoints);
        for (index, mut endpoint) in endpoints.into_iter().enumerate() {
            let path = format!("{path}.endpoints[{index}]");
            if self.endpoint(&mut endpoint, &path) {
                model.endpoints.push(endpoint);
            }
        }
        for (index, result) in model.benchmarks.iter_mut().enumerate() {
            self.benchmark(result, &format!("{path}.benchmarks[{index}]"));
        }
        if let Some(published) = &mut model.published {
            self.published(published, &format!("{path}.published"));
        }
    }

    fn links(&mut self, links: &mut Vec<PageLink>, path: &str) {
        let mut index = 0;
        links.retain(|link| {
            let kept = is_page(&link.url);
            if !kept {
                let effect = "not an address that a page can link to; the link is left out";
                self.warn("link_refused", format!("{path}.links[{index}].url"), effect);
            }
            index += 1;
            kept
        });
    }

    /// Whether an endpoint stays.
    fn endpoint(&mut self, endpoint: &mut Endpoint, path: &str) -> bool {
        let id_path = format!("{path}.id");
        if endpoint.id.trim().is_empty() {
            let effect = "the id is blank; the endpoint is left out";
            self.add(Severity::Error, "endpoint_unusable", id_path, effect);
            return false;
        }
        match self.endpoints.get(&endpoint.id) {
            Some((model, _)) if *model == self.models => {
                let effect = format!("\"{}\" stands there twice; the first is used", endpoint.id);
                self.add(Severity::Error, "endpoint_twice", id_path, effect);
                return false;
            }
            Some((_, first)) => {
                let effect = format!(
                    "\"{}\" is the id of {first} too; who asks for it by this id gets that one",
                    endpoint.id
                );
                self.warn("endpoint_id_shared", id_path, effect);
            }
            None => {
                self.endpoints.insert(endpoint.id.clone(), (self.models, path.to_owned()));
            }
        }
        self.not_zero(&mut endpoint.context_length, path, "context_length");
        self.not_zero(&mut endpoint.max_output, path, "max_output");
        self.percent(&mut endpoint.uptime, path, "uptime");
        self.quantiles(&mut endpoint.latency, &format!("{path}.latency"));
        self.quantiles(&mut endpoint.throughput, &format!("{path}.throughput"));
        if let Some(policy) = &mut endpoint.data_policy {
            self.url(&mut policy.url, &format!("{path}.data_policy"), "url");
        }
        self.source(endpoint.source.as_ref(), path);
        self.rate_card(&mut endpoint.prices, &format!("{path}.prices"));
        let as_of = endpoint.prices.date.or(endpoint.date);
        self.history(&mut endpoint.price_history, &endpoint.prices, as_of, path);
        true
    }

    fn quantiles(&mut self, quantiles: &mut Option<Quantiles>, path: &str) {
        if let Some(Quantiles { p50, p75, p90, p99 }) = quantiles {
            for (value, name) in [(p50, "p50"), (p75, "p75"), (p90, "p90"), (p99, "p99")] {
                self.not_negative(value, path, name);
            }
        }
    }

    fn benchmark(&mut self, result: &mut BenchmarkResult, path: &str) {
        self.percent(&mut result.success_rate, path, "success_rate");
        self.percent(&mut result.accuracy, path, "accuracy");
        self.only_if(|cost| !cost.is_negative(), &mut result.cost, (path, "cost"), "below zero");
        self.not_negative(&mut result.duration, path, "duration");
        self.source(result.source.as_ref(), path);
    }

    fn published(&mut self, published: &mut Published, path: &str) {
        self.stars(&mut published.speed_stars, path, "speed_stars");
        self.stars(&mut published.ability_stars, path, "ability_stars");
        for (stars, unrated, name) in [
            (published.speed_stars, &mut published.speed_unrated, "speed_unrated"),
            (published.ability_stars, &mut published.ability_unrated, "ability_unrated"),
        ] {
            if *unrated && stars.is_some() {
                *unrated = false;
                let effect = "there are stars all the same; the stars are shown";
                self.warn("rating_contradicts", format!("{path}.{name}"), effect);
            }
        }
        if let Some(percentiles) = &mut published.percentiles {
            let path = format!("{path}.percentiles");
            self.percent(&mut percentiles.speed, &path, "speed");
            self.percent(&mut percentiles.price, &path, "price");
            self.percent(&mut percentiles.ability, &path, "ability");
            self.percent(&mut percentiles.reliability, &path, "reliability");
        }
        self.source(published.source.as_ref(), path);
    }
}

/// Whether a URL names a page: `https:` or `http:`, and nothing odd in it.
fn is_page(url: &str) -> bool {
    page_address(url).is_some_and(|address| !address.starts_with("mailto:"))
}

#[cfg(test)]
pub(super) mod tests {
    use serde_json::{Value, json};

    use crate::formats::compile;
    use crate::formats::log::MAX_PROBLEMS;

    /// The compiled form of a catalog of one model, as JSON.
    pub fn compiled(model: Value) -> Value {
        let mut model = model;
        model["id"] = "a/b".into();
        compiled_root(json!({"sources": {"s": {"name": "S"}}, "models": [model]}))
    }

    fn compiled_root(mut root: Value) -> Value {
        root["schema_version"] = "1.0".into();
        serde_json::to_value(compile(root.to_string().as_bytes()).unwrap().catalog).unwrap()
    }

    /// The paths and codes of the problems of a compiled catalog.
    pub fn problems(catalog: &Value) -> Vec<(String, String)> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let problems = catalog["problems"].as_array().cloned().unwrap_or_default();
        problems.iter().map(|problem| (text(&problem["path"]), text(&problem["code"]))).collect()
    }

    /// The one problem of a model, and what stands at a place of it afterwards.
    fn mended(model: Value, pointer: &str) -> (String, String, Option<Value>) {
        let catalog = compiled(model);
        let problems = problems(&catalog);
        let [(path, code)] = problems.as_slice() else { panic!("{problems:?}") };
        let left = catalog["models"][0].pointer(pointer).cloned();
        (path.clone(), code.clone(), left)
    }

    #[test]
    fn a_catalog_in_order_has_no_problems() {
        let model = json!({
            "context_length": 1, "max_output": 1, "parameters": {"count": 1}, "source": "s",
            "license": {"name": "MIT", "url": "https://a.example"},
            "links": [{"label": "L", "url": "http://a.example/x"}],
            "prices": {"currency": "EUR", "source": "s", "rates": {"input": "1"}},
            "endpoints": [{
                "id": "p/b", "provider": "P", "uptime": 0, "source": "s",
                "latency": {"p50": 0}, "throughput": {"p99": 1.5},
                "data_policy": {"url": "https://a.example"},
            }],
            "benchmarks": [{"benchmark": "B", "accuracy": 100, "success_rate": 0, "cost": "0",
                "duration": 0, "source": "s"}],
            "published": {"speed_stars": 1, "ability_stars": 5, "source": "s",
                "percentiles": {"speed": 0, "price": 100, "ability": 50.5, "reliability": 99.9}},
        });
        let catalog = compiled(model.clone());
        assert_eq!(problems(&catalog), []);
        for (key, value) in model.as_object().unwrap() {
            if key != "prices" && key != "endpoints" && key != "benchmarks" && key != "published" {
                assert_eq!(&catalog["models"][0][key], value);
            }
        }
    }

    #[test]
    fn values_that_cannot_be_true_are_left_out() {
        let endpoint = |field: &str, value: Value| {
            let mut endpoint = json!({"id": "p/b", "provider": "P"});
            endpoint[field] = value;
            json!({"endpoints": [endpoint]})
        };
        let benchmark = |field: &str, value: Value| {
            let mut result = json!({"benchmark": "B"});
            result[field] = value;
            json!({"benchmarks": [result]})
        };
        for (model, pointer) in [
            (json!({"context_length": 0}), "/context_length"),
            (json!({"max_output": 0}), "/max_output"),
            (json!({"parameters": {"count": 0}}), "/parameters"),
            (json!({"license": {"name": "L", "url": "javascript:x"}}), "/license/url"),
            (endpoint("context_length", json!(0)), "/endpoints/0/context_length"),
            (endpoint("max_output", json!(0)), "/endpoints/0/max_output"),
            (endpoint("uptime", json!(100.1)), "/endpoints/0/uptime"),
            (endpoint("latency", json!({"p50": -1})), "/endpoints/0/latency/p50"),
            (endpoint("throughput", json!({"p99": -0.5})), "/endpoints/0/throughput/p99"),
            (endpoint("data_policy", json!({"url": "/x"})), "/endpoints/0/data_policy/url"),
            (benchmark("accuracy", json!(-0.1)), "/benchmarks/0/accuracy"),
            (benchmark("success_rate", json!(101)), "/benchmarks/0/success_rate"),
            (benchmark("cost", json!("-1")), "/benchmarks/0/cost"),
            (benchmark("duration", json!(-1)), "/benchmarks/0/duration"),
            (json!({"published": {"speed_stars": 0}}), "/published/speed_stars"),
            (json!({"published": {"ability_stars": 6}}), "/published/ability_stars"),
            (json!({"published": {"percentiles": {"speed": 101}}}), "/published/percentiles/speed"),
            (json!({"published": {"percentiles": {"price": -1}}}), "/published/percentiles/price"),
            (
                json!({"published": {"percentiles": {"ability": 101}}}),
                "/published/percentiles/ability",
            ),
            (
                json!({"published": {"percentiles": {"reliability": 101}}}),
                "/published/percentiles/reliability",
            ),
        ] {
            let path = pointer.replace("/0", "[0]").replace('/', ".");
            let expected = (format!("models[0]{path}"), "value_implausible".to_owned(), None);
            assert_eq!(mended(model, pointer), expected);
        }
    }

    #[test]
    fn a_source_must_be_listed() {
        let x = json!("x");
        for (model, place) in [
            (json!({"source": x}), ""),
            (json!({"prices": {"source": x}}), ".prices"),
            (json!({"price_history": [{"rates": {}, "source": x}]}), ".price_history[0]"),
            (json!({"endpoints": [{"id": "p/b", "provider": "P", "source": x}]}), ".endpoints[0]"),
            (
                json!({"endpoints": [{"id": "p/b", "provider": "P", "prices": {"source": x}}]}),
                ".endpoints[0].prices",
            ),
            (json!({"benchmarks": [{"benchmark": "B", "source": x}]}), ".benchmarks[0]"),
            (json!({"published": {"source": x}}), ".published"),
        ] {
            let path = format!("models[0]{place}.source");
            assert_eq!(problems(&compiled(model)), [(path, "source_unknown".to_owned())]);
        }
    }

    #[test]
    fn paths_count_what_the_source_counts() {
        let catalog = compiled_root(json!({"models": [
            {"id": 7},
            {"id": "a/b", "max_output": 0, "endpoints": [
                {"id": "p/b", "provider": "P"},
                {"id": "p/b", "provider": "Q"},
                {"id": " ", "provider": "P"},
                {"id": "q/b", "provider": "Q", "uptime": -1},
            ]},
            {"id": "a/c", "endpoints": [{"id": "q/b", "provider": "Q"}],
                "links": [{"label": "A", "url": "x"}, {"label": "B", "url": "https://b.example"},
                    {"label": "C", "url": "mailto:c@c.example"}]},
        ]}));
        let problems = problems(&catalog);
        let expected = [
            ("models[0]", "model_unreadable"),
            ("models[1].max_output", "value_implausible"),
            ("models[1].endpoints[1].id", "endpoint_twice"),
            ("models[1].endpoints[2].id", "endpoint_unusable"),
            ("models[1].endpoints[3].uptime", "value_implausible"),
            ("models[2].links[0].url", "link_refused"),
            ("models[2].links[2].url", "link_refused"),
            ("models[2].endpoints[0].id", "endpoint_id_shared"),
        ];
        assert_eq!(problems, expected.map(|(path, code)| (path.to_owned(), code.to_owned())));
        let endpoints = catalog["models"][0]["endpoints"].as_array().unwrap();
        let kept: Vec<_> = endpoints.iter().map(|endpoint| &endpoint["provider"]).collect();
        assert_eq!(kept, ["P", "Q"]);
        assert_eq!(
            catalog["models"][1]["links"],
            json!([{"label": "B", "url": "https://b.example"}])
        );
        assert_eq!(catalog["models"][1]["endpoints"][0]["id"], "q/b");
    }

    #[test]
    fn facts_of_the_catalog_itself_are_checked() {
        let catalog = compiled_root(json!({
            "base_url": "/docs", "license": {"name": "L", "url": "x"},
            "sources": {"s": {"name": "S", "url": "ftp://s.example"}},
            "aliases": {"short": "a/b", "by-endpoint": "p/b", "lost": "no/where", "a/b": "p/b", "p/b": "a/b"},
            "models": [{"id": "a/b", "endpoints": [{"id": "p/b", "provider": "P"}]}],
        }));
        let expected = [
            ("base_url", "value_implausible"),
            ("license.url", "value_implausible"),
            ("sources.s.url", "value_implausible"),
            ("aliases.a/b", "alias_hidden"),
            ("aliases.lost", "alias_unknown"),
            ("aliases.p/b", "alias_hidden"),
        ];
        assert_eq!(
            problems(&catalog),
            expected.map(|(path, code)| (path.to_owned(), code.to_owned()))
        );
        assert_eq!(catalog["aliases"], json!({"short": "a/b", "by-endpoint": "p/b"}));
        assert_eq!(catalog["sources"], json!({"s": {"name": "S"}}));
        assert_eq!(catalog.get("base_url"), None);
    }

    #[test]
    fn stars_beside_no_rating_win() {
        let (path, code, left) =
            mended(json!({"published": {"speed_stars": 3, "speed_unrated": true}}), "/published");
        assert_eq!(
            (path.as_str(), code.as_str()),
            ("models[0].published.speed_unrated", "rating_contradicts")
        );
        assert_eq!(left, Some(json!({"speed_stars": 3})));
        assert_eq!(problems(&compiled(json!({"published": {"ability_unrated": true}}))), []);
    }

    #[test]
    fn the_list_of_problems_is_bounded() {
        let results: Vec<Value> =
            (0..MAX_PROBLEMS + 5).map(|_| json!({"benchmark": "B", "accuracy": 101})).collect();
        let catalog = compiled(json!({"benchmarks": results}));
        let problems = catalog["problems"].as_array().unwrap();
        assert_eq!(problems.len(), MAX_PROBLEMS + 1);
        assert_eq!(problems[MAX_PROBLEMS]["effect"], "5 more problems are not listed");
        assert_eq!(catalog["models"][0]["benchmarks"][MAX_PROBLEMS + 4], json!({"benchmark": "B"}));
    }
}

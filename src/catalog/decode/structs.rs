//! The structs of a catalog, field by field.

use super::{Decode, Decoder, Json, MOST_FIELDS};
use crate::catalog::{
    BenchmarkResult, Catalog, Claim, Condition, ConditionalRates, DataPolicy, DatedRates,
    Disagreement, Endpoint, EndpointMatching, License, Link, Model, ModelLink, PageLink,
    ParameterCount, Percentiles, Problem, ProviderMatching, Published, Quantiles, RateCard, Source,
    Supplement, TableBlock, TimeWindow,
};

/// Reads the fields of structs, but for those that are read elsewhere. Naming every one
/// makes the compiler refuse a struct that has grown one since.
macro_rules! structs {
    ($($type:ty {
        $(required $($required:ident)+;)? $(optional $($optional:ident)+;)?
        $(elsewhere $($elsewhere:ident)+;)?
    })*) => {$(
        impl Decode for $type {
            fn blank() -> Self {
                Self {
                    $($($required: Decode::blank(),)+)?
                    $($($optional: Decode::blank(),)+)?
                    $($($elsewhere: Default::default(),)+)?
                }
            }

            fn read<J: Json>(&mut self, json: &J, decoder: &mut Decoder) {
                const REQUIRED: &[&str] = &[$($(stringify!($required)),+)?];
                const NAMES: &[&str] =
                    &[$($(stringify!($required),)+)? $($(stringify!($optional),)+)?];
                const { assert!(NAMES.len() <= MOST_FIELDS) };
                let Self {
                    $($($required,)+)? $($($optional,)+)? $($($elsewhere: _,)+)?
                } = self;
                decoder.fields(
                    json,
                    NAMES,
                    REQUIRED.len(),
                    &mut [$($($required,)+)? $($($optional,)+)?],
                );
            }
        }
    )*};
}

// In the order in which they are written.
structs! {
    Catalog<()> {
        required schema_version;
        optional compiled name date license base_url sources aliases matching problems;
        elsewhere models;
    }
    Model {
        required id;
        optional name author description released knowledge_cutoff status retires parameters
            context_length max_output input_modalities output_modalities supported_parameters
            features tokenizer open_weights license links prices price_history endpoints
            benchmarks published supplements source date;
    }
    ParameterCount { required count; optional estimated; }
    License { required name; optional url; }
    PageLink { required label url; }
    Endpoint {
        required id provider;
        optional name context_length max_output quantization prices price_history uptime latency
            throughput data_policy status source date;
    }
    Quantiles { optional p50 p75 p90 p99; }
    DataPolicy { optional trains retention_days url; }
    RateCard {
        optional currency rates conditions minimum_seconds note source date disagreements;
    }
    Disagreement { optional rates source date; }
    Supplement { required source facts; }
    ConditionalRates { optional when rates; }
    Condition {
        optional input_tokens_above input_tokens_from input_tokens_up_to windows from until
            service_tier;
    }
    TimeWindow { optional start end days days_utc_offset; }
    DatedRates { required rates; optional from previous_seen source; }
    BenchmarkResult {
        required benchmark;
        optional category reasoning free executions success_rate accuracy cost duration date
            source;
    }
    Published {
        optional speed_stars ability_stars speed_unrated ability_unrated cost_tier ability_index
            percentiles claims source date;
    }
    Percentiles { optional speed price ability reliability; }
    Claim { required benchmark claim; }
    Source { required name; optional url date license; }
    Problem { required severity code path effect; optional catalog; }
    Link { required href content; }
    ModelLink { required id content; }
    TableBlock { required header rows; }
    ProviderMatching { required provider; optional keys models endpoints fallbacks; }
    EndpointMatching { required id; optional names; }
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use serde_json::{Value, json};

    use super::super::decode;
    use super::*;

    impl Json for Value {
        fn field(&self, name: &'static str) -> Option<Self> {
            self.get(name).filter(|value| !value.is_null()).cloned()
        }
        fn as_text(&self) -> Option<Cow<'_, str>> {
            self.as_str().map(Into::into)
        }
        fn number(&self) -> Option<f64> {
            self.as_f64()
        }
        fn truth(&self) -> Option<bool> {
            self.as_bool()
        }
        fn is_null(&self) -> bool {
            Self::is_null(self)
        }
        fn each_item(&self, visit: &mut dyn FnMut(Self)) -> bool {
            self.as_array().is_some_and(|items| {
                items.iter().cloned().for_each(visit);
                true
            })
        }
        fn each_entry(&self, visit: &mut dyn FnMut(Cow<'_, str>, Self)) -> bool {
            self.as_object().is_some_and(|entries| {
                entries.iter().for_each(|(key, value)| visit(key.into(), value.clone()));
                true
            })
        }
    }

    /// A model that states everything.
    fn everything() -> Value {
        let rates = json!({"input": "0.15", "output": 0.6, "cache_read": "free",
            "web_search": "variable", "image": "included", "request": "unknown"});
        let card = json!({
            "currency": "EUR", "minimum_seconds": 10, "rates": rates, "note": "n", "source": "s", "date": "2025-06",
            "conditions": [{
                "when": {
                    "input_tokens_above": 200_000, "input_tokens_from": 1, "input_tokens_up_to": 2,
                    "windows": [{"start": 990, "end": 30, "days": ["monday", "sunday"],
                        "days_utc_offset": -480}],
                    "from": "2025-01-01", "until": "2026", "service_tier": "batch"
                },
                "rates": {"input": "0.3"}
            }]
        });
        let history = json!([{"rates": rates}, {"from": "2025-06-10",
            "previous_seen": "2025-06-01", "rates": {"input": "1"}, "source": "s"}]);
        json!({
            "id": "a/b", "name": "B", "author": "A",
            "description": [
                {"paragraph": [{"text": "t"}, {"emphasis": [{"strong": [{"code": "c"}]}]}, "break",
                    {"strikethrough": []}, {"link": {"href": "https://x", "content": []}},
                    {"model": {"id": "a/c", "content": [{"text": "C"}]}}, {"tag": "fast"}]},
                {"heading": []}, {"list": [[{"paragraph": []}]]}, {"ordered_list": [[]]},
                {"quote": ["rule"]}, {"code": "x"},
                {"table": {"header": [[{"text": "h"}]], "rows": [[[{"text": "c"}]]]}}
            ],
            "released": "2024-07-18", "knowledge_cutoff": "2023-10", "status": "deprecated",
            "retires": "2027", "parameters": {"count": 8_000_000_000u64, "estimated": true},
            "context_length": 128_000, "max_output": 16_384,
            "input_modalities": ["text", "image", "file", "audio", "video"],
            "output_modalities": ["embeddings", "speech", "transcription", "rerank", "code"],
            "supported_parameters": ["tools"], "features": ["vision"], "tokenizer": "GPT",
            "open_weights": false, "license": {"name": "MIT", "url": "https://x"},
            "links": [{"label": "L", "url": "https://x"}], "prices": card,
            "price_history": history,
            "endpoints": [{
                "id": "p/b", "provider": "P", "name": "b", "context_length": 1, "max_output": 2,
                "quantization": "fp8", "prices": card, "price_history": history, "uptime": 99.5,
                "latency": {"p50": 1.5, "p75": 2, "p90": 3, "p99": 4}, "throughput": {"p50": 80},
                "data_policy": {"trains": false, "retention_days": 30, "url": "https://x"},
                "status": "preview", "source": "s", "date": "2025-06-01"
            }],
            "benchmarks": [{"benchmark": "X", "category": "c", "reasoning": "high", "free": true,
                "executions": 225, "success_rate": 98.2, "accuracy": 61.3, "cost": "1.25",
                "duration": 24.5, "date": "2025-01-01", "source": "s"}],
            "published": {"speed_stars": 4, "ability_stars": 5, "speed_unrated": true,
                "ability_unrated": true, "cost_tier": "$$", "ability_index": 55.5,
                "percentiles": {"speed": 78, "price": 73, "ability": 50, "reliability": 100},
                "claims": [{"benchmark": "X", "claim": "most_accurate_at_price"},
                    {"benchmark": "X", "claim": "most_accurate_at_speed"}],
                "source": "s", "date": "2025-06"},
            "source": "s", "date": "2025-06-17"
        })
    }

    #[test]
    fn reads_what_serde_reads() {
        let json = everything();
        let decoded = decode::<Model, _>(&json).unwrap();
        assert_eq!(decoded, serde_json::from_value::<Model>(json.clone()).unwrap());
        // Nothing of it was overlooked: written out again, every field is there.
        let written = serde_json::to_value(&decoded).unwrap();
        let keys = |value: &Value| value.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
        assert_eq!(keys(&written), keys(&json));
        let sparse = json!({"id": "a/b", "name": null});
        assert_eq!(
            decode::<Model, _>(&sparse).unwrap(),
            serde_json::from_value::<Model>(sparse).unwrap()
        );
    }

    #[test]
    fn reads_the_root_that_serde_reads() {
        let json = json!({
            "schema_version": "1.0", "compiled": true, "name": "C", "date": "2026-05-15",
            "license": {"name": "CC0-1.0"}, "base_url": "https://x/",
            "sources": {"s": {"name": "S", "url": "https://x", "date": "2025", "license": "MIT"}},
            "aliases": {"b": "a/b"}, "models": null,
            "matching": [{"provider": "p", "keys": ["*p*"], "models": ["m-*"], "fallbacks": ["q"],
                "endpoints": [{"id": "b", "names": ["b-##"]}, {"id": "c"}]}],
            "problems": [{"severity": "warning", "code": "c", "path": "p", "effect": "e",
                "catalog": "u"}]
        });
        assert_eq!(
            decode::<Catalog<()>, _>(&json).unwrap(),
            serde_json::from_value::<Catalog<()>>(json).unwrap()
        );
    }

    #[test]
    fn keys_are_kept_in_their_order_and_the_last_of_equal_ones_counts() {
        let text =
            r#"{"schema_version":"1.0","aliases":{"z":"a/z","b":"a/b","z":"a/y","a":"a/a"}}"#;
        let tape = super::super::Tape::of(text).unwrap();
        let catalog = decode::<Catalog<()>, _>(&tape.root()).unwrap();
        let aliases: Vec<_> = catalog.aliases.iter().collect();
        let expected = [("a", "a/a"), ("b", "a/b"), ("z", "a/y")];
        assert_eq!(aliases.len(), 3);
        for ((key, id), expected) in aliases.into_iter().zip(expected) {
            assert_eq!((key, id.as_str()), expected);
        }
    }

    #[test]
    fn fields_find_their_places_in_any_order_and_the_first_of_two_counts() {
        let text = r#"{"date":"2025-06-17","from_the_future":{"id":"x"},"features":["vision"],
            "name":null,"id":"a/b","features":["audio"],"name":"B","id":"a/c","\u0061uthor":"A"}"#;
        let tape = super::super::Tape::of(text).unwrap();
        let model = decode::<Model, _>(&tape.root()).unwrap();
        let expected = json!({"id": "a/b", "name": "B", "author": "A", "features": ["vision"],
            "date": "2025-06-17"});
        assert_eq!(model, serde_json::from_value(expected).unwrap());
    }

    #[test]
    fn one_decoder_reads_on_after_a_fault() {
        let mut decoder = crate::catalog::Decoder::default();
        let mut model = Model::blank();
        assert!(decoder.read(&json!({"id": 7}), &mut model).is_err());
        assert!(decoder.read(&json!({"id": "a/b"}), &mut model).is_ok());
        assert_eq!(model.id, "a/b");
    }

    #[test]
    fn a_fault_names_its_path() {
        let fault = |path: &str, value: Value| {
            let mut json = everything();
            *json.pointer_mut(path).unwrap() = value;
            decode::<Model, _>(&json).unwrap_err().to_string()
        };
        assert_eq!(
            fault("/context_length", json!("128K")),
            "context_length: a whole number is expected here"
        );
        assert_eq!(
            fault("/endpoints/0/prices/rates/input", json!(-1)),
            "endpoints[0].prices.rates.input: a price below zero; write \"variable\" if it is decided per request"
        );
        assert_eq!(
            fault("/prices/conditions/0/when/windows/0/days/1", json!("someday")),
            "prices.conditions[0].when.windows[0].days[1]: one of monday, tuesday, wednesday, thursday, friday, saturday, sunday is expected here, not \"someday\""
        );
        assert_eq!(
            fault("/description/0/paragraph/0", json!({"script": "x"})),
            "description[0].paragraph[0]: there is no part of a document called \"script\""
        );
        assert_eq!(fault("/id", Value::Null), "id: it must be stated");
        for (path, value) in [
            ("/max_output", json!(1.5)),
            ("/max_output", json!(-1)),
            ("/open_weights", json!("no")),
            ("/released", json!("soon")),
            ("/features", json!("vision")),
            ("/benchmarks/0/cost", json!([])),
            ("/endpoints/0/uptime", json!("99")),
            ("/published/speed_stars", json!(256)),
            ("/prices", json!("free")),
            ("/prices/rates", json!(["0.15"])),
            ("/published", json!(4)),
            ("/endpoints/0/latency", json!(350)),
        ] {
            let mut json = everything();
            *json.pointer_mut(path).unwrap() = value;
            assert!(decode::<Model, _>(&json).is_err(), "{path}");
        }
    }

    #[test]
    fn no_text_keeps_what_misleads() {
        let model = json!({"id": "a/b", "author": "Au\u{200b}th\u{202e}or\u{e0041}"});
        assert_eq!(decode::<Model, _>(&model).unwrap().author_name(), "Author");
    }

    #[test]
    fn refuses_what_is_nested_too_deeply() {
        let nested = |depth: usize| {
            let quote = (0..depth).fold(json!("rule"), |inner, _| json!({"quote": [inner]}));
            decode::<Model, _>(&json!({"id": "a/b", "description": [quote]}))
        };
        assert!(nested(60).is_ok());
        assert!(nested(150).unwrap_err().reason.contains("too deeply"));
    }
}

//! What needs a browser but no page: `JSON.parse` values, `Intl`, and drawing
//! inside of a shadow root.
#![cfg(all(target_arch = "wasm32", feature = "widget"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::rc::Rc;

use any_spawner::Executor;
use js_sys::{Array, JSON, Reflect};
use modelcard::catalog::{Catalog, Date, Decimal, Json, Model};
use modelcard::platform::intl::Language;
use modelcard::platform::library::Input;
use modelcard::platform::{library, parse, style};
use modelcard::state::{self, CardState, LibraryState, Section};
use modelcard::view;
use reactive_graph::owner::Owner;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const SOURCE: &str = include_str!("../public/catalog.json");

fn decimal(text: &str) -> Decimal {
    text.parse().unwrap()
}

fn date(text: &str) -> Date {
    text.parse().unwrap()
}

fn compiled(models: &str) -> String {
    format!(r#"{{"schema_version":"1.0","compiled":true,"models":[{models}]}}"#)
}

// Reading

#[wasm_bindgen_test]
async fn a_compiled_text_reads_as_serde_reads_it() {
    let mut expected: Catalog = serde_json::from_str(SOURCE).unwrap();
    expected.compiled = true;
    let text = serde_json::to_string(&expected).unwrap();
    let read = parse::compiled(text, usize::MAX).await.unwrap().unwrap();
    assert!(expected.models.len() > 97);
    assert_eq!(read.catalog, expected);
    let objects = read.texts.objects();
    assert_eq!(objects.len(), expected.models.len());
    for (object, model) in objects.iter().zip(&expected.models) {
        let text = JSON::stringify(object).unwrap().as_string().unwrap();
        assert_eq!(&serde_json::from_str::<Model>(&text).unwrap(), model);
    }
}

#[wasm_bindgen_test]
async fn the_first_models_are_read_from_the_start_of_a_text() {
    let json = compiled(r#"{"id":"a/one"},{"id":"a/two"},{"id":"a/three"}"#);
    let start = json.split_once("a/three").unwrap().0;
    let read = parse::compiled(start.to_owned(), 2).await.unwrap().unwrap();
    let ids: Vec<&str> = read.catalog.models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(ids, ["a/one", "a/two"]);
    // What says that it is compiled only behind its models may be something else yet.
    let late =
        r#"{"schema_version":"1.0","models":[{"id":"a/one"},{"id":"a/two"}],"compiled":true}"#;
    assert!(parse::compiled(late.to_owned(), 1).await.is_none());
    assert!(parse::compiled(late.to_owned(), 3).await.is_some());
}

#[wasm_bindgen_test]
async fn a_model_that_cannot_be_read_is_named_and_left_out() {
    let json =
        compiled(r#"{"id":"a/one"},{"id":"a/two","context_length":"long"},{"id":"a/three"}"#);
    let read = parse::compiled(json, usize::MAX).await.unwrap().unwrap();
    let ids: Vec<&str> = read.catalog.models.iter().map(|model| model.id.as_str()).collect();
    assert_eq!(ids, ["a/one", "a/three"]);
    let objects = read.texts.objects();
    assert_eq!(objects.len(), 2);
    assert_eq!(objects[1].field("id").and_then(|id| id.text()).as_deref(), Some("a/three"));
    assert_eq!(read.catalog.problems.len(), 1);
    let problem = &read.catalog.problems[0];
    assert!(problem.path.starts_with("models[1]"), "{problem:?}");
}

#[wasm_bindgen_test]
async fn what_is_no_catalog_is_refused_with_its_own_code() {
    let mut codes = Vec::new();
    for text in [
        r#"{"schema_version":"2.0","compiled":true,"models":[{"id":"a/b"}]}"#,
        r#"{"compiled":true,"models":[{"id":"a/b"}]}"#,
        r#"{"schema_version":"1.0","compiled":true,"models":"all"}"#,
        r#"{"schema_version":"1.0","compiled":true,"models":["#,
    ] {
        let cause = parse::compiled(text.to_owned(), usize::MAX).await.unwrap().unwrap_err();
        let failure = modelcard::platform::failure::Failure { url: None, cause };
        assert!(!failure.retryable());
        assert!(!failure.to_string().is_empty());
        codes.push(failure.code());
    }
    assert_ne!(codes[0], codes[1]);
    assert_eq!(codes[1], codes[2]);
    assert_eq!(codes[3], "catalog-not-json");
}

#[wasm_bindgen_test]
async fn what_does_not_say_that_it_is_compiled_is_for_the_formats_module() {
    for text in
        [r#"{"models":[]}"#, r#"{"compiled":false,"models":[]}"#, r#"{"a":"compiled"}"#, "{"]
    {
        assert!(parse::compiled(text.to_owned(), usize::MAX).await.is_none(), "{text}");
    }
}

#[wasm_bindgen_test]
fn json_values_are_told_apart() {
    let value = JSON::parse(
        r#"{"text":"a","number":1.5,"truth":false,"items":[1,null],"nothing":null,"object":{"__proto__":1,"b":2}}"#,
    )
    .unwrap();
    assert_eq!(value.field("text").unwrap().text().as_deref(), Some("a"));
    assert_eq!(value.field("text").unwrap().number(), None);
    assert_eq!(value.field("number").unwrap().number(), Some(1.5));
    assert_eq!(value.field("truth").unwrap().truth(), Some(false));
    assert_eq!(value.field("items").unwrap().items().unwrap().len(), 2);
    assert!(value.field("items").unwrap().entries().is_none());
    assert!(value.field("nothing").is_none());
    assert!(value.field("absent").is_none());
    let object = value.field("object").unwrap();
    let names: Vec<String> = object.entries().unwrap().into_iter().map(|(name, _)| name).collect();
    assert_eq!(names, ["__proto__", "b"]);
    assert!(object.items().is_none());
    assert!(JsValue::UNDEFINED.field("text").is_none());
}

// Figures

#[wasm_bindgen_test]
fn prices_keep_the_digits_of_their_source() {
    let english = Language::of("en");
    for (amount, shown) in [
        ("0.15", "$0.15"),
        ("0.6", "$0.6"),
        ("0.075", "$0.075"),
        ("2", "$2"),
        ("10.50", "$10.5"),
        ("1234.5", "$1,234.5"),
        ("0.00000015", "$0.00000015"),
        ("0.00000000000123456789", "$0.00000000000123456789"),
        ("123456789012", "$123,456,789,012"),
    ] {
        assert_eq!(english.price(decimal(amount), "USD").text(), shown);
    }
    assert_eq!(english.price(decimal("0.15"), "EUR").text(), "€0.15");
    assert_eq!(english.price(decimal("0.15"), "XYZ").text().replace('\u{a0}', " "), "XYZ 0.15");
}

#[wasm_bindgen_test]
fn a_currency_that_is_none_is_named_not_guessed() {
    let shown = Language::of("en").price(decimal("0.15"), "DOUBLOONS").text();
    assert!(shown.contains("0.15") && shown.contains("DOUBLOONS"), "{shown}");
}

#[wasm_bindgen_test]
fn sums_of_money_never_round_to_zero() {
    let english = Language::of("en");
    for (amount, shown) in [
        ("9.45", "$9.45"),
        ("117", "$117.00"),
        ("0.315", "$0.315"),
        ("0.000315", "$0.000315"),
        ("0.00000012349", "$0.000000123"),
        ("1234567.891", "$1,234,567.89"),
        ("0", "$0"),
    ] {
        assert_eq!(english.money(decimal(amount), "USD").text(), shown);
    }
}

#[wasm_bindgen_test]
fn counts_and_shares() {
    let english = Language::of("en");
    assert_eq!(english.count(128_000).text(), "128,000");
    assert_eq!(english.count(0).text(), "0");
    assert_eq!(english.percent(100.0).text(), "100.0%");
    assert_eq!(english.percent(99.0).text(), "99.0%");
    assert_eq!(english.percent(3.56).text(), "3.6%");
    assert_eq!(english.share(50.0).text(), "50%");
    assert_eq!(english.share(99.987).text(), "99.99%");
    assert_eq!(english.measure(17.25).text(), "17.25");
    assert_eq!(english.measure(1_234.567).text(), "1,234.57");
    assert_eq!(english.decimal(decimal("0.5")).text(), "0.5");
}

#[wasm_bindgen_test]
fn dates_are_those_of_utc_and_as_precise_as_stated() {
    // Local time is set by the machine; a day's beginning in UTC is another day
    // in half of the world, so this fails there unless UTC is asked for.
    let english = Language::of("en");
    assert_eq!(english.date(date("2025-06-10")).text(), "Jun 10, 2025");
    assert_eq!(english.date(date("2024-07-18")).text(), "Jul 18, 2024");
    assert_eq!(english.date(date("2023-10")).text(), "Oct 2023");
    assert_eq!(english.date(date("2024")).text(), "2024");
    assert_eq!(english.date(date("1999-12-31")).text(), "Dec 31, 1999");
}

#[wasm_bindgen_test]
fn american_english_is_written_as_the_browser_writes_it() {
    // No page's tag; the browser falls back to the same language.
    let (ours, browsers) = (Language::of("en"), Language::of("en-US-u-nu-latn"));
    for amount in ["0", "0.15", "0.999", "1", "12.345", "1234.5", "999999.999", "1000000"] {
        let amount = decimal(amount);
        assert_eq!(ours.price(amount, "USD").text(), browsers.price(amount, "USD").text());
        assert_eq!(ours.money(amount, "USD").text(), browsers.money(amount, "USD").text());
        assert_eq!(ours.decimal(amount).text(), browsers.decimal(amount).text());
    }
    for number in [0.0, 0.004, 0.5, 3.56, 12.25, 99.987, 100.0, 1_234.567] {
        assert_eq!(ours.percent(number).text(), browsers.percent(number).text());
        assert_eq!(ours.share(number).text(), browsers.share(number).text());
        assert_eq!(ours.measure(number).text(), browsers.measure(number).text());
    }
    for day in (0..12).map(|month| 19_000 + month * 30) {
        let day = Date::from_days(day).unwrap();
        assert_eq!(ours.date(day).text(), browsers.date(day).text());
    }
    for text in ["2023-10", "2024"] {
        assert_eq!(ours.date(date(text)).text(), browsers.date(date(text)).text());
    }
}

#[wasm_bindgen_test]
fn other_languages_have_their_own_forms() {
    let german = Language::of("de");
    assert_eq!(german.price(decimal("0.15"), "USD").text().replace('\u{a0}', " "), "0,15 $");
    assert_eq!(german.count(128_000).text(), "128.000");
    assert_eq!(german.percent(99.0).text().replace('\u{a0}', " "), "99,0 %");
    assert_eq!(german.date(date("2025-06-10")).text(), "10. Juni 2025");
    let japanese = Language::of("ja");
    assert_eq!(japanese.date(date("2025-06-10")).text(), "2025年6月10日");
}

#[wasm_bindgen_test]
fn a_tag_that_is_no_language_still_formats() {
    for tag in ["", "not a language!", "x", "en_US", "e", "toolongtobealanguagetag", "💥"] {
        let language = Language::of(tag);
        for shown in [
            language.price(decimal("0.15"), "USD").text(),
            language.money(decimal("9.45"), "USD").text(),
            language.count(128_000).text(),
            language.percent(99.0).text(),
            language.date(date("2025-06-10")).text(),
        ] {
            assert!(shown.chars().any(char::is_numeric), "{tag}: {shown}");
        }
    }
}

// Addresses

#[wasm_bindgen_test]
fn addresses_resolve_against_the_document() {
    let base = web_sys::window().unwrap().document().unwrap().base_uri().unwrap().unwrap();
    let resolved = |url: &str| Input::Url(web_sys::Url::new_with_base(url, &base).unwrap().href());
    assert_eq!(
        library::urls(Some(" one.json\n ../two.json  https://example.com/three.json "), ""),
        [
            resolved("one.json"),
            resolved("../two.json"),
            Input::Url("https://example.com/three.json".to_owned()),
        ]
    );
    assert_eq!(library::absolute("http://"), "http://", "what is no URL is left as it is");
}

// Drawing

/// A mount point in a shadow root on the page.
fn mount_point() -> web_sys::HtmlElement {
    let document = web_sys::window().unwrap().document().unwrap();
    let host = document.create_element("div").unwrap();
    document.body().unwrap().append_child(&host).unwrap();
    // Called by name: web-sys has this method behind features that the widget
    // does not need.
    let options = js_sys::Object::new();
    Reflect::set(&options, &"mode".into(), &"open".into()).unwrap();
    let attach: js_sys::Function =
        Reflect::get(&host, &"attachShadow".into()).unwrap().unchecked_into();
    let root: web_sys::Node = attach.call1(&host, &options).unwrap().unchecked_into();
    let mount: web_sys::HtmlElement = document.create_element("div").unwrap().unchecked_into();
    root.append_child(&mount).unwrap();
    mount
}

#[wasm_bindgen_test]
async fn a_card_is_drawn_inside_of_a_shadow_root_and_follows_its_state() {
    let json = compiled(
        r#"{"id":"a/one","name":"The first","prices":{"rates":{"input":"0.15","output":"0.6"}}},{"id":"a/two","name":"The second"}"#,
    );
    let library = {
        let object = JSON::parse(&json).unwrap();
        library::of(vec![Input::Object(object)]).await.unwrap()
    };
    assert_eq!(library.objects().len(), 2);
    let told = Array::new();
    let heard = told.clone();
    let emit = Rc::new(move |_: modelcard::state::Event| {
        heard.push(&JsValue::TRUE);
    });
    let element = state::Element::state(false, emit, Language::of("en"));
    let state = Rc::new(CardState::new(element.clone()));
    element.models.set(vec!["a/one".to_owned()]);
    state.sections.set(vec![Section::Header]);
    let mount = mount_point();
    let text = || mount.text_content().unwrap_or_default();
    let (drawn_state, target) = (state.clone(), mount.clone());
    // Set already where another test has drawn before.
    let _ = Executor::init_wasm_bindgen();
    let owner = Owner::new();
    let drawn = owner.with(|| view::draw(&target, view::card(drawn_state)));
    assert!(text().contains("Loading"), "{}", text());

    element.library.set(LibraryState::Ready(library));
    Executor::tick().await;
    assert!(text().contains("The first"), "{}", text());
    assert!(text().contains("$0.15"), "{}", text());

    element.open("a/two");
    Executor::tick().await;
    assert!(text().contains("The second") && text().contains("Back to"), "{}", text());
    assert_eq!(told.length(), 1);

    element.models.set(vec!["no/such".to_owned()]);
    element.trail.set(Vec::new());
    Executor::tick().await;
    assert!(text().contains("no/such"), "{}", text());

    drop(drawn);
    drop(owner);
    assert_eq!(text(), "");
}

// The stylesheet

#[wasm_bindgen_test]
fn the_minified_stylesheet_says_what_its_source_says() {
    let rules = |text: &str| {
        let sheet = web_sys::CssStyleSheet::new().unwrap();
        sheet.replace_sync(text).unwrap();
        let rules = Reflect::get(&sheet, &"cssRules".into()).unwrap();
        let rules: Vec<String> = Array::from(&rules)
            .iter()
            .map(|rule| Reflect::get(&rule, &"cssText".into()).unwrap().as_string().unwrap())
            // Variables and conditions keep their spaces, which mean nothing.
            .map(|text| text.replace(", ", ",").replace(": ", ":"))
            .collect();
        rules
    };
    assert!(style::TEXT.len() < style::SOURCE.len() * 9 / 10);
    assert!(rules(style::SOURCE).len() > 100);
    assert_eq!(rules(style::TEXT).len(), rules(style::SOURCE).len());
    for (minified, written) in rules(style::TEXT).iter().zip(&rules(style::SOURCE)) {
        assert_eq!(minified, written);
    }
}

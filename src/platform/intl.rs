//! Numbers, prices and dates in the reader's language, through `Intl`.
//!
//! Prices go in as decimal text, never as floats, so that every digit of the
//! source comes out again. Formatters are made once for each language. American
//! English needs none: a page's first formatter takes a browser 20 ms and more.

use crate::catalog::phrase;
use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::object::object;
use crate::catalog::{Date, Decimal, grouped};

#[wasm_bindgen]
extern "C" {
    // Declared here because js-sys takes `f64` where `Intl` takes decimal text,
    // and lets the constructor throw on a language that it does not know.
    #[wasm_bindgen(js_namespace = Intl, js_name = NumberFormat)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = NumberFormat, catch)]
    fn new(language: &JsValue, options: &Object) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, number: &JsValue) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = DateTimeFormat, catch)]
    fn new(language: &JsValue, options: &Object) -> Result<DateTimeFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &DateTimeFormat, milliseconds: f64) -> String;
}

/// A language, by its BCP 47 tag, and what it formats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language(Rc<str>);

struct Formatters {
    number: Option<NumberFormat>,
    percent: Option<NumberFormat>,
    exact_percent: Option<NumberFormat>,
    dollars: Option<NumberFormat>,
    /// With two decimals at least.
    whole_dollars: Option<NumberFormat>,
    date: [Option<DateTimeFormat>; 3],
}

thread_local! {
    static FORMATTERS: RefCell<Vec<(Language, Rc<Formatters>)>> = const { RefCell::new(Vec::new()) };
}

fn currency_options(code: &str, most_digits: u32, fewest_digits: u32) -> Object {
    object(&[
        ("style", "currency".into()),
        ("currency", code.into()),
        ("currencyDisplay", "narrowSymbol".into()),
        ("minimumFractionDigits", fewest_digits.into()),
        ("maximumFractionDigits", most_digits.into()),
    ])
}

/// A number formatter; the page's language where this one is not known.
fn number_format(tag: &str, options: &Object) -> Option<NumberFormat> {
    NumberFormat::new(&JsValue::from_str(tag), options)
        .or_else(|_| NumberFormat::new(&JsValue::UNDEFINED, options))
        .ok()
}

fn date_format(tag: &str, options: &Object) -> Option<DateTimeFormat> {
    DateTimeFormat::new(&JsValue::from_str(tag), options)
        .or_else(|_| DateTimeFormat::new(&JsValue::UNDEFINED, options))
        .ok()
}

impl Language {
    /// The language of a BCP 47 tag, such as `en` or `de-CH`.
    pub fn of(tag: &str) -> Self {
        Self(tag.into())
    }

    /// Whether this is American English, which `Intl` takes plain `en` for.
    fn is_english(&self) -> bool {
        ["en", "en-US"].iter().any(|tag| self.0.eq_ignore_ascii_case(tag))
    }

    fn formatters(&self) -> Rc<Formatters> {
        let known = FORMATTERS.with_borrow(|all| {
            all.iter()
                .find(|(language, _)| language == self)
                .map(|(_, formatters)| formatters.clone())
        });
        known.unwrap_or_else(|| {
            let formatters = Rc::new(Formatters::new(&self.0));
            FORMATTERS.with_borrow_mut(|all| all.push((self.clone(), formatters.clone())));
            formatters
        })
    }

    /// A price with the digits of its source: `$0.15`, `$0.6`.
    pub fn price(&self, amount: Decimal, currency: &str) -> String {
        if currency == "USD" && self.is_english() {
            return phrase("$").and(&grouped(amount, 0)).text();
        }
        let text = JsValue::from_str(&amount.text());
        if currency == "USD" {
            return self
                .formatters()
                .dollars
                .as_ref()
                .map_or_else(String::new, |format| format.format(&text));
        }
        number_format(&self.0, &currency_options(currency, 20, 0)).map_or_else(
            || phrase(amount).and(" ").and(currency).text(),
            |format| format.format(&text),
        )
    }

    /// A computed sum of money: two decimals from one unit of the currency up,
    /// else three significant digits, so that no cost that is not zero shows as zero.
    pub fn money(&self, amount: Decimal, currency: &str) -> String {
        let (rounded, places) = if amount.is_zero() {
            (amount, 0)
        } else if amount >= Decimal::ONE {
            (amount.round_places(2), 2)
        } else {
            (amount.round_significant(3), 0)
        };
        if currency == "USD" && self.is_english() {
            return phrase("$").and(&grouped(rounded, places as usize)).text();
        }
        let text = JsValue::from_str(&rounded.text());
        let formatters = self.formatters();
        let known = if places == 0 { &formatters.dollars } else { &formatters.whole_dollars };
        if let Some(format) = known.as_ref().filter(|_| currency == "USD") {
            return format.format(&text);
        }
        number_format(&self.0, &currency_options(currency, 20, places)).map_or_else(
            || phrase(rounded).and(" ").and(currency).text(),
            |format| format.format(&text),
        )
    }

    /// A sum of dollars on a drawn scale, which is no exact amount.
    pub fn dollars(&self, amount: f64) -> String {
        Decimal::from_f64(amount).map_or_else(String::new, |amount| self.money(amount, "USD"))
    }

    /// A whole number with its separators: `128,000`.
    pub fn count(&self, count: u64) -> String {
        self.decimal(Decimal::from(count))
    }

    /// A decimal number with all its digits and its separators.
    pub fn decimal(&self, number: Decimal) -> String {
        if self.is_english() {
            return grouped(number, 0);
        }
        self.number(&JsValue::from_str(&number.text()))
    }

    /// A measurement, with at most two decimals.
    pub fn measure(&self, number: f64) -> String {
        match Decimal::from_f64(number) {
            Some(number) => self.decimal(number.round_places(2)),
            None => self.number(&JsValue::from_f64(number)),
        }
    }

    fn number(&self, number: &JsValue) -> String {
        self.formatters().number.as_ref().map_or_else(String::new, |format| format.format(number))
    }

    /// A share that is given in percent (0–100), with one decimal: `99.0%`.
    pub fn percent(&self, percent: f64) -> String {
        if let Some(shown) = self.english_percent(percent, 1, 1) {
            return shown;
        }
        let share = JsValue::from_f64(percent / 100.0);
        self.formatters().percent.as_ref().map_or_else(String::new, |format| format.format(&share))
    }

    /// A share that is given in percent (0–100), with at most two decimals: `50%`.
    pub fn share(&self, percent: f64) -> String {
        if let Some(shown) = self.english_percent(percent, 0, 2) {
            return shown;
        }
        let share = JsValue::from_f64(percent / 100.0);
        self.formatters()
            .exact_percent
            .as_ref()
            .map_or_else(String::new, |format| format.format(&share))
    }

    fn english_percent(&self, percent: f64, fewest: usize, most: i32) -> Option<String> {
        let percent = Decimal::from_f64(percent).filter(|_| self.is_english())?;
        Some(phrase(&grouped(percent.round_places(most), fewest)).and("%").text())
    }

    /// A date in UTC, as precise as its source: `Jun 10, 2025`.
    pub fn date(&self, date: Date) -> String {
        if self.is_english() {
            return date.in_english();
        }
        let formatters = self.formatters();
        let [year, month, day] = &formatters.date;
        let format = match (date.has_month(), date.has_day()) {
            (_, true) => day,
            (true, false) => month,
            (false, false) => year,
        };
        format
            .as_ref()
            .map_or_else(|| date.text(), |format| format.format(date.unix_milliseconds()))
    }
}

impl Formatters {
    fn new(tag: &str) -> Self {
        let percent = |fewest: u32, most: u32| {
            number_format(
                tag,
                &object(&[
                    ("style", "percent".into()),
                    ("minimumFractionDigits", fewest.into()),
                    ("maximumFractionDigits", most.into()),
                ]),
            )
        };
        let date = |parts: &[(&'static str, &str)]| {
            let mut entries = vec![("timeZone", JsValue::from_str("UTC"))];
            for (name, style) in parts {
                entries.push((*name, JsValue::from_str(style)));
            }
            date_format(tag, &object(&entries))
        };
        Self {
            number: number_format(tag, &object(&[("maximumFractionDigits", 20.into())])),
            percent: percent(1, 1),
            exact_percent: percent(0, 2),
            dollars: number_format(tag, &currency_options("USD", 20, 0)),
            whole_dollars: number_format(tag, &currency_options("USD", 20, 2)),
            date: [
                date(&[("year", "numeric")]),
                date(&[("year", "numeric"), ("month", "short")]),
                date(&[("year", "numeric"), ("month", "short"), ("day", "numeric")]),
            ],
        }
    }
}

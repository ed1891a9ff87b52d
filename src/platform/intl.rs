//! Numbers, prices and dates in the reader's language, through `Intl`.
//!
//! Prices go in as decimal text, never as floats, so that every digit of the
//! source comes out again. Formatters are made once for each language. American
//! English needs none: a page's first formatter takes a browser 20 ms and more.

use std::cell::RefCell;
use std::rc::Rc;

use js_sys::Object;
use wasm_bindgen::prelude::*;

use super::object::fields;
use crate::catalog::{Date, Decimal, Words, grouped, phrase};

#[wasm_bindgen]
extern "C" {
    // Declared here because js-sys takes `f64` where `Intl` takes decimal text,
    // and lets the constructor throw on a language that it does not know.
    #[wasm_bindgen(js_namespace = Intl, js_name = NumberFormat)]
    type NumberFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = NumberFormat, catch)]
    fn new(language: &JsValue, options: &Object) -> Result<NumberFormat, JsValue>;
    #[wasm_bindgen(method)]
    fn format(this: &NumberFormat, value: &JsValue) -> String;

    #[wasm_bindgen(js_namespace = Intl, js_name = DateTimeFormat)]
    type DateTimeFormat;
    #[wasm_bindgen(constructor, js_namespace = Intl, js_class = DateTimeFormat, catch)]
    fn new(language: &JsValue, options: &Object) -> Result<DateTimeFormat, JsValue>;
}

/// A language, by its BCP 47 tag, and what it formats.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Language(Rc<str>);

/// What a formatter is for.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Number,
    /// A share, with one decimal.
    Percent,
    /// A share, with at most two decimals.
    ExactPercent,
    /// A price, with the digits of its source.
    Price,
    /// A sum of money, with two decimals at least.
    Money,
    Year,
    Month,
    Day,
}

/// A formatter of numbers or dates: both have the same method.
struct Formatter {
    language: Language,
    style: Style,
    currency: String,
    format: Option<NumberFormat>,
}

thread_local! {
    static FORMATTERS: RefCell<Vec<Formatter>> = const { RefCell::new(Vec::new()) };
}

impl Style {
    /// The formatter; in the page's language where this one is not known.
    fn formatter(self, tag: &str, currency: &str) -> Option<NumberFormat> {
        let is_date = matches!(self, Self::Year | Self::Month | Self::Day);
        let mut options = fields();
        if is_date {
            options = options.with("timeZone", "UTC").with("year", "numeric");
            if self != Self::Year {
                options = options.with("month", "short");
            }
            if self == Self::Day {
                options = options.with("day", "numeric");
            }
        } else {
            let (fewest, most) = match self {
                Self::Percent => (1.0, 1.0),
                Self::ExactPercent => (0.0, 2.0),
                Self::Money => (2.0, 20.0),
                _ => (0.0, 20.0),
            };
            options =
                options.with("minimumFractionDigits", fewest).with("maximumFractionDigits", most);
        }
        match self {
            Self::Percent | Self::ExactPercent => options = options.with("style", "percent"),
            Self::Price | Self::Money => {
                options = options
                    .with("style", "currency")
                    .with("currency", currency)
                    .with("currencyDisplay", "narrowSymbol");
            }
            _ => {}
        }
        let options = options.options();
        for language in [JsValue::from_str(tag), JsValue::UNDEFINED] {
            let made = if is_date {
                DateTimeFormat::new(&language, &options).map(JsValue::from)
            } else {
                NumberFormat::new(&language, &options).map(JsValue::from)
            };
            if let Ok(made) = made {
                return Some(made.unchecked_into());
            }
        }
        None
    }
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

    /// A value as the language writes it; none where it has no formatter.
    fn formatted(&self, style: Style, currency: &str, value: &JsValue) -> Option<Words> {
        FORMATTERS.with_borrow_mut(|all| {
            let known = all.iter().position(|known| {
                known.style == style && known.language == *self && known.currency == currency
            });
            let at = known.unwrap_or(all.len());
            if known.is_none() {
                all.push(Formatter {
                    language: self.clone(),
                    style,
                    currency: currency.to_owned(),
                    format: style.formatter(&self.0, currency),
                });
            }
            all.get(at)?.format.as_ref().map(|format| phrase(format.format(value)))
        })
    }

    /// A price with the digits of its source: `$0.15`, `$0.6`.
    pub fn price(&self, amount: Decimal, currency: &str) -> Words {
        self.amount(Style::Price, amount, currency)
    }

    fn amount(&self, style: Style, amount: Decimal, currency: &str) -> Words {
        if currency == "USD" && self.is_english() {
            let decimals = if style == Style::Money { 2 } else { 0 };
            return phrase("$").and(grouped(amount, decimals));
        }
        let text = JsValue::from_str(&amount.text());
        self.formatted(style, currency, &text)
            .unwrap_or_else(|| phrase(amount).and(" ").and(currency))
    }

    /// A computed sum of money: two decimals from one unit of the currency up,
    /// else three significant digits, so that no cost that is not zero shows as zero.
    pub fn money(&self, amount: Decimal, currency: &str) -> Words {
        if amount >= Decimal::ONE {
            self.amount(Style::Money, amount.round_places(2), currency)
        } else {
            self.amount(Style::Price, amount.round_significant(3), currency)
        }
    }

    /// A sum of dollars on a drawn scale, which is no exact amount.
    pub fn dollars(&self, amount: f64) -> Words {
        Decimal::from_f64(amount).map_or_else(|| phrase(""), |amount| self.money(amount, "USD"))
    }

    /// A whole number with its separators: `128,000`.
    pub fn count(&self, count: u64) -> Words {
        self.decimal(Decimal::from(count))
    }

    /// A decimal number with all its digits and its separators.
    pub fn decimal(&self, number: Decimal) -> Words {
        if self.is_english() {
            return phrase(grouped(number, 0));
        }
        let text = JsValue::from_str(&number.text());
        self.formatted(Style::Number, "", &text).unwrap_or_else(|| phrase(number))
    }

    /// A measurement, with at most two decimals; blank where it is no number.
    pub fn measure(&self, number: f64) -> Words {
        let number = Decimal::from_f64(number);
        number.map_or_else(|| phrase(""), |number| self.decimal(number.round_places(2)))
    }

    /// A share that is given in percent (0–100), with one decimal: `99.0%`.
    pub fn percent(&self, percent: f64) -> Words {
        self.parts_of_hundred(Style::Percent, percent)
    }

    /// A share that is given in percent (0–100), with at most two decimals: `50%`.
    pub fn share(&self, percent: f64) -> Words {
        self.parts_of_hundred(Style::ExactPercent, percent)
    }

    fn parts_of_hundred(&self, style: Style, percent: f64) -> Words {
        let (fewest, most) = if style == Style::Percent { (1, 1) } else { (0, 2) };
        match Decimal::from_f64(percent) {
            Some(percent) if self.is_english() => {
                phrase(grouped(percent.round_places(most), fewest)).and("%")
            }
            _ => {
                let share = JsValue::from_f64(percent / 100.0);
                self.formatted(style, "", &share).unwrap_or_else(|| phrase(""))
            }
        }
    }

    /// A date in UTC, as precise as its source: `Jun 10, 2025`.
    pub fn date(&self, date: Date) -> Words {
        if self.is_english() {
            return phrase(date.in_english());
        }
        let style = match (date.has_month(), date.has_day()) {
            (_, true) => Style::Day,
            (true, false) => Style::Month,
            (false, false) => Style::Year,
        };
        let time = JsValue::from_f64(date.unix_milliseconds());
        self.formatted(style, "", &time).unwrap_or_else(|| phrase(date.text()))
    }
}

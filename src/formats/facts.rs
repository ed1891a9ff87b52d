//! Reads the single facts of an entry: what cannot be true is left out, what is
//! wrong with certainty is mended, and either is put on record with its path in
//! the source and the effect.

use super::log::Log;
use super::scalar::Scalar;
use crate::catalog::{Date, Decimal, Item, Price, Unit};

/// The facts of one entry, or of one object of it.
#[derive(Debug)]
pub struct Facts<'l> {
    log: &'l mut Log,
    path: String,
}

/// Per 1,000,000 tokens no model asks for more than this; what does has a unit
/// or a point in the wrong place. (`LiteLLM` has shipped 0.135 per token.)
const HIGHEST_PER_MILLION: Decimal = Decimal::new(1_000, 0);

impl<'l> Facts<'l> {
    /// The facts of the entry at a path of the source.
    pub fn new(log: &'l mut Log, path: impl Into<String>) -> Self {
        Self { log, path: path.into() }
    }

    /// The facts of an object inside.
    pub fn inside(&mut self, field: &str) -> Facts<'_> {
        let path = self.at(field);
        Facts { log: self.log, path }
    }

    /// The path of a field.
    pub fn at(&self, field: &str) -> String {
        match field {
            "" => self.path.clone(),
            _ if field.starts_with('[') || self.path.is_empty() => format!("{}{field}", self.path),
            _ => format!("{}.{field}", self.path),
        }
    }

    /// Puts on record that a fact was mended.
    pub fn note(&mut self, code: &str, field: &str, effect: impl Into<String>) {
        let path = self.at(field);
        self.log.note(code, path, effect);
    }

    /// Puts on record that a fact was left out.
    pub fn warn(&mut self, code: &str, field: &str, effect: impl Into<String>) {
        let path = self.at(field);
        self.log.warn(code, path, effect);
    }

    fn wrong_kind(&mut self, value: &Scalar, field: &str, expected: &str) {
        if !value.is_absent() {
            let effect = format!("{} instead of {expected}; it is left out", value.kind());
            self.warn("fact_unreadable", field, effect);
        }
    }

    /// Text, without spaces around it; `None` where blank.
    pub fn text(&mut self, value: &Scalar, field: &str) -> Option<String> {
        let Scalar::Text(raw) = value else {
            self.wrong_kind(value, field, "text");
            return None;
        };
        let text = value.text()?;
        if text.len() < raw.len() && !raw.contains('\n') {
            self.note("spaces_around", field, "spaces around the text are left out");
        }
        Some(text.to_owned())
    }

    /// `true` or `false`.
    pub fn flag(&mut self, value: &Scalar, field: &str) -> Option<bool> {
        if value.flag().is_none() {
            self.wrong_kind(value, field, "true or false");
        }
        value.flag()
    }

    /// A date; a time of the day behind it is dropped.
    pub fn date(&mut self, value: &Scalar, field: &str) -> Option<Date> {
        let Some(text) = value.text() else {
            if !matches!(value, Scalar::Text(_)) {
                self.wrong_kind(value, field, "a date");
            }
            return None;
        };
        let read = text.parse::<Date>();
        if let Err(error) = &read {
            self.warn("fact_unreadable", field, format!("\"{text}\" is {error}; it is left out"));
        }
        read.ok()
    }

    /// The day of a Unix time in seconds.
    pub fn unix_day(&mut self, value: &Scalar, field: &str) -> Option<Date> {
        let seconds = self.number(value, field)?;
        #[allow(clippy::cast_possible_truncation)] // saturates, and is then out of range
        let day = Date::from_unix_seconds(seconds as i64);
        if day.is_none() {
            self.warn("fact_unreadable", field, "no time in the calendar from 1970 to 2999");
        }
        day
    }

    /// A number of tokens. Zero is what sources write for unknown.
    pub fn tokens(&mut self, value: &Scalar, field: &str) -> Option<u64> {
        let count = self.number(value, field)?;
        if count == 0.0 {
            self.note("zero_is_unknown", field, "0 tokens is read as unknown");
            return None;
        }
        let whole = count.fract() == 0.0 && (1.0..=9_007_199_254_740_992.0).contains(&count);
        if !whole {
            self.warn("value_implausible", field, "no whole number of tokens; it is left out");
            return None;
        }
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // checked above
        Some(count as u64)
    }

    /// A finite number; text that is one is taken.
    pub fn number(&mut self, value: &Scalar, field: &str) -> Option<f64> {
        let number = match value {
            Scalar::Number(number) => Some(*number),
            Scalar::Text(_) => value.text()?.parse().ok(),
            _ => None,
        };
        let number = number.filter(|number: &f64| number.is_finite());
        if number.is_none() {
            self.wrong_kind(value, field, "a number");
        }
        number
    }

    /// A number of at least zero, such as a measurement.
    pub fn measure(&mut self, value: &Scalar, field: &str) -> Option<f64> {
        let number = self.number(value, field)?;
        if number < 0.0 {
            self.warn("value_implausible", field, "below zero; the value is left out");
            return None;
        }
        Some(number)
    }

    /// A percentage from 0 to 100.
    pub fn percent(&mut self, value: &Scalar, field: &str) -> Option<f64> {
        let number = self.measure(value, field)?;
        if number > 100.0 {
            let effect = "not a percentage from 0 to 100; the value is left out";
            self.warn("value_implausible", field, effect);
            return None;
        }
        Some(number)
    }

    /// An exact amount, digit for digit as the source states it, without float
    /// noise; it may be negative.
    pub fn amount(&mut self, value: &Scalar, field: &str) -> Option<Decimal> {
        let stated: Option<Decimal> = match value {
            // The shortest digits that give this number back: those of the source.
            Scalar::Number(number) => number.to_string().parse().ok(),
            Scalar::Text(_) => value.text()?.parse().ok(),
            _ => None,
        };
        let Some(stated) = stated else {
            self.wrong_kind(value, field, "a decimal number");
            return None;
        };
        let amount = stated.without_noise();
        if amount != stated {
            self.note("float_noise", field, format!("{stated} is read as {amount}"));
        }
        Some(amount)
    }

    /// The price of an item, stated for a unit that is 10^`places` of the item's
    /// own: 6 for prices per token. What is below zero is left out here; formats
    /// in which that means something look first.
    pub fn price(&mut self, item: Item, value: &Scalar, field: &str, places: i32) -> Option<Price> {
        let amount = self.amount(value, field)?.shifted(places);
        if item.unit() == Unit::MillionTokens && amount > HIGHEST_PER_MILLION {
            let effect =
                format!("{amount} per 1,000,000 tokens cannot be true; the price is left out");
            self.warn("price_implausible", field, effect);
            return None;
        }
        let price = Price::try_from(amount).ok();
        if price.is_none() {
            self.warn("price_implausible", field, "a price below zero; it is left out");
        }
        price
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with<T>(read: impl FnOnce(&mut Facts<'_>) -> T) -> (T, Vec<(String, String)>) {
        let mut log = Log::default();
        let value = read(&mut Facts::new(&mut log, "m[0]"));
        let problems = log.finish().into_iter();
        (value, problems.map(|problem| (problem.path, problem.effect)).collect())
    }

    fn text(text: &str) -> Scalar {
        Scalar::Text(text.to_owned())
    }

    #[test]
    fn amounts_keep_their_digits_and_lose_noise() {
        for (value, expected, mended) in [
            (Scalar::Number(0.399_999_999_999_999_97), "0.4", true),
            (text("0.00000020000000000000002"), "0.0000002", true),
            (text("0.000000999999888"), "0.000000999999888", false),
            (Scalar::Number(0.083_333_333_333_333_33), "0.08333333333333333", false),
            (Scalar::Number(1.5e-7), "0.00000015", false),
            (text("-1"), "-1", false),
        ] {
            let (amount, problems) = with(|facts| facts.amount(&value, "p"));
            assert_eq!(amount.unwrap().to_string(), expected);
            assert_eq!(problems.len(), usize::from(mended), "{problems:?}");
        }
    }

    #[test]
    fn prices_are_scaled_and_must_be_plausible() {
        let price = |value: Scalar, item| with(|facts| facts.price(item, &value, "p", 6));
        let known = |text: &str| Some(Price::Known(text.parse().unwrap()));
        assert_eq!(price(text("0.00000015"), Item::Input), (known("0.15"), vec![]));
        let (none, problems) = price(Scalar::Number(0.135), Item::Input);
        assert_eq!((none, problems[0].0.as_str()), (None, "m[0].p"));
        assert!(problems[0].1.starts_with("135000 per 1,000,000 tokens"));
        assert_eq!(price(Scalar::Number(0.135), Item::Request).0, known("135000"));
        assert_eq!(price(text("-1"), Item::Input).0, None);
        assert_eq!(price(Scalar::Absent, Item::Input), (None, vec![]));
        assert_eq!(price(Scalar::Flag(true), Item::Input).1.len(), 1);
    }

    #[test]
    fn zero_tokens_are_unknown() {
        let tokens = |value: Scalar| with(|facts| facts.tokens(&value, "context"));
        assert_eq!(tokens(Scalar::Number(128_000.0)), (Some(128_000), vec![]));
        assert_eq!(tokens(text("128000")).0, Some(128_000));
        for (value, problems) in [
            (Scalar::Number(0.0), 1),
            (Scalar::Number(0.5), 1),
            (Scalar::Number(-1.0), 1),
            (text("max tokens"), 1),
            (Scalar::Absent, 0),
        ] {
            let (read, found) = tokens(value);
            assert_eq!((read, found.len()), (None, problems));
        }
    }

    #[test]
    fn dates_and_texts_say_what_was_wrong() {
        assert_eq!(with(|facts| facts.text(&text("GPT "), "name")).0, Some("GPT".to_owned()));
        assert_eq!(with(|facts| facts.text(&text("GPT "), "name")).1.len(), 1);
        assert_eq!(with(|facts| facts.text(&text(" "), "name")), (None, vec![]));
        let (date, problems) = with(|facts| facts.date(&text("2025-13"), "d"));
        assert_eq!((date, problems.len()), (None, 1));
        assert_eq!(with(|facts| facts.date(&text(""), "d")), (None, vec![]));
        let day = with(|facts| facts.unix_day(&Scalar::Number(1_721_260_800.0), "d")).0;
        assert_eq!(day.unwrap().to_string(), "2024-07-18");
        assert_eq!(with(|facts| facts.unix_day(&Scalar::Number(1e18), "d")).1.len(), 1);
        assert_eq!(with(|facts| facts.percent(&Scalar::Number(101.0), "u")).1.len(), 1);
    }
}

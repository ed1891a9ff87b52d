//! The order of values in a table: what is not known stands last, both ways.

use std::cmp::Ordering;

use crate::catalog::Decimal;

/// What a cell is sorted by.
#[derive(Clone, Debug, PartialEq)]
pub enum SortKey {
    /// Not known: last, whichever way the table is sorted.
    Unknown,
    /// Money or a count.
    Decimal(Decimal),
    /// A measurement.
    Number(f64),
    /// Text, compared without regard to case.
    Text(String),
}

/// The order of two keys of one column.
pub fn compare(a: &SortKey, b: &SortKey, descending: bool) -> Ordering {
    let order = match (a, b) {
        (SortKey::Unknown, SortKey::Unknown) => Ordering::Equal,
        (SortKey::Unknown, _) => return Ordering::Greater,
        (_, SortKey::Unknown) => return Ordering::Less,
        (SortKey::Decimal(a), SortKey::Decimal(b)) => a.cmp(b),
        (SortKey::Text(a), SortKey::Text(b)) => natural(a, b),
        (a, b) => number(a).total_cmp(&number(b)),
    };
    if descending { order.reverse() } else { order }
}

/// A key, and about how large it is: most keys of a long table are told apart by that,
/// which takes far less time than comparing decimals exactly.
#[derive(Clone, Debug)]
pub struct Weighed(SortKey, f64);

impl From<SortKey> for Weighed {
    fn from(key: SortKey) -> Self {
        // What is not known, and text, compare false with every number.
        let about = match &key {
            SortKey::Decimal(_) | SortKey::Number(_) => number(&key),
            SortKey::Unknown | SortKey::Text(_) => f64::NAN,
        };
        Self(key, about)
    }
}

impl Weighed {
    /// The order that [`compare`] gives the keys.
    pub fn compare(&self, other: &Self, descending: bool) -> Ordering {
        let (a, b) = (self.1, other.1);
        // A decimal's nearest double is off by a few parts in 10^16.
        if (a - b).abs() > (a.abs() + b.abs()) * 1e-12 {
            return if (a < b) == descending { Ordering::Greater } else { Ordering::Less };
        }
        compare(&self.0, &other.0, descending)
    }
}

fn number(key: &SortKey) -> f64 {
    match key {
        SortKey::Decimal(decimal) => decimal.to_f64(),
        SortKey::Number(number) => *number,
        SortKey::Unknown | SortKey::Text(_) => f64::INFINITY,
    }
}

/// Letters without regard to case (of ASCII: the tables for more would cost the
/// page 25 KB), and numbers by their size: `o3` before `o10`.
fn natural(a: &str, b: &str) -> Ordering {
    let (mut a, mut b) = (a.chars().peekable(), b.chars().peekable());
    loop {
        match (a.peek().copied(), b.peek().copied()) {
            (None, None) => return Ordering::Equal,
            (None, Some(_)) => return Ordering::Less,
            (Some(_), None) => return Ordering::Greater,
            (Some(x), Some(y)) if x.is_ascii_digit() && y.is_ascii_digit() => {
                let order = digits(&mut a).cmp(&digits(&mut b));
                if order != Ordering::Equal {
                    return order;
                }
            }
            (Some(x), Some(y)) => {
                let order = x.to_ascii_lowercase().cmp(&y.to_ascii_lowercase());
                if order != Ordering::Equal {
                    return order;
                }
                a.next();
                b.next();
            }
        }
    }
}

fn digits(text: &mut std::iter::Peekable<std::str::Chars<'_>>) -> u64 {
    let mut number = 0u64;
    while let Some(digit) = text.peek().and_then(|character| character.to_digit(10)) {
        number = number.saturating_mul(10).saturating_add(u64::from(digit));
        text.next();
    }
    number
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(mut keys: Vec<SortKey>, descending: bool) -> Vec<SortKey> {
        keys.sort_by(|a, b| compare(a, b, descending));
        keys
    }

    #[test]
    fn the_unknown_stands_last_both_ways() {
        let one = SortKey::Decimal(Decimal::ONE);
        let zero = SortKey::Decimal(Decimal::ZERO);
        let keys = vec![SortKey::Unknown, one.clone(), SortKey::Unknown, zero.clone()];
        assert_eq!(
            sorted(keys.clone(), false),
            [zero.clone(), one.clone(), SortKey::Unknown, SortKey::Unknown]
        );
        assert_eq!(sorted(keys, true), [one, zero, SortKey::Unknown, SortKey::Unknown]);
    }

    #[test]
    fn text_is_sorted_as_people_do() {
        let text = |text: &str| SortKey::Text(text.into());
        let keys = ["o10", "GPT-4.1", "o3 Pro", "gpt-4", "o3"].map(text).to_vec();
        assert_eq!(sorted(keys, false), ["gpt-4", "GPT-4.1", "o3", "o3 Pro", "o10"].map(text));
    }

    #[test]
    fn weighing_changes_no_order() {
        let decimal = |text: &str| SortKey::Decimal(text.parse().unwrap());
        let keys = [
            SortKey::Unknown,
            SortKey::Text("o3".into()),
            SortKey::Number(0.15),
            SortKey::Number(f64::INFINITY),
            decimal("0"),
            decimal("-0.15"),
            decimal("0.15"),
            decimal("0.1500000000000000001"),
            decimal("0.15000000001"),
            decimal("12345678901234567890.1"),
            decimal("12345678901234567890.2"),
            decimal("1e-40"),
            decimal("1e40"),
        ];
        for (a, b) in keys.iter().flat_map(|a| keys.iter().map(move |b| (a, b))) {
            for descending in [false, true] {
                assert_eq!(
                    Weighed::from(a.clone()).compare(&b.clone().into(), descending),
                    compare(a, b, descending),
                    "{a:?} and {b:?}"
                );
            }
        }
    }

    #[test]
    fn amounts_are_compared_exactly_and_across_kinds_by_size() {
        let cheap = SortKey::Decimal("0.10000000000000000001".parse().unwrap());
        let dear = SortKey::Decimal("0.10000000000000000002".parse().unwrap());
        assert_eq!(compare(&cheap, &dear, false), Ordering::Less);
        assert_eq!(
            compare(&SortKey::Number(2.0), &SortKey::Decimal(Decimal::ONE), false),
            Ordering::Greater
        );
    }
}

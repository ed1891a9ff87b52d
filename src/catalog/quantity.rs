//! Large counts in a few characters: `128K`, `1M`, `~1.8T`; and whole, in English.

use super::{Decimal, Words, phrase};

/// A number with all its digits, and at least so many behind the point, as English
/// groups them: `1,234.50`.
pub fn grouped(number: Decimal, fewest_decimals: usize) -> String {
    let plain = number.text();
    let (whole, decimals) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut text = String::with_capacity(plain.len() + 8);
    for (at, digit) in whole.bytes().enumerate() {
        let left = whole.len() - at;
        if left.is_multiple_of(3) && text.ends_with(|c: char| c.is_ascii_digit()) {
            text.push(',');
        }
        text.push(char::from(digit));
    }
    if decimals.len().max(fewest_decimals) > 0 {
        text.push('.');
        text.push_str(decimals);
        (decimals.len()..fewest_decimals).for_each(|_| text.push('0'));
    }
    text
}

/// A number of tokens, 1000-based: below a million the nearest K, else one
/// decimal without `.0`. Below a thousand, all digits.
pub fn short_tokens(tokens: u64) -> Words {
    match tokens {
        0..1_000 => phrase(tokens),
        1_000..999_500 => phrase((tokens + 500) / 1_000).and("K"),
        _ => with_suffix(tokens, 1_000_000, 'M'),
    }
}

/// A number of parameters: `8B`, `1.8T`, `137M`.
pub fn short_parameters(count: u64) -> Words {
    match count {
        0..1_000 => phrase(count),
        1_000..999_950 => with_suffix(count, 1_000, 'K'),
        999_950..999_950_000 => with_suffix(count, 1_000_000, 'M'),
        999_950_000..999_950_000_000 => with_suffix(count, 1_000_000_000, 'B'),
        _ => with_suffix(count, 1_000_000_000_000, 'T'),
    }
}

fn with_suffix(count: u64, unit: u64, suffix: char) -> Words {
    // The whole units apart, since ten times a count may be more than there is room for.
    let tenths = count / unit * 10 + (count % unit * 10 + unit / 2) / unit;
    let mut words = phrase(tenths / 10);
    if !tenths.is_multiple_of(10) {
        words = words.and(".").and(tenths % 10);
    }
    words.and(suffix)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn groups_digits_by_three() {
        for (number, decimals, text) in [
            ("0", 0, "0"),
            ("999", 0, "999"),
            ("1000", 0, "1,000"),
            ("128000", 0, "128,000"),
            ("-1234567.891", 0, "-1,234,567.891"),
            ("-123", 0, "-123"),
            ("117", 2, "117.00"),
            ("1234.5", 2, "1,234.50"),
            ("0.00000015", 2, "0.00000015"),
        ] {
            assert_eq!(grouped(number.parse().unwrap(), decimals), text);
        }
    }

    #[test]
    fn shows_context_lengths_as_people_write_them() {
        for (tokens, text) in [
            (77, "77"),
            (4_095, "4K"),
            (8_191, "8K"),
            (16_385, "16K"),
            (128_000, "128K"),
            (131_072, "131K"),
            (999_499, "999K"),
            (999_999, "1M"),
            (1_000_000, "1M"),
            (1_047_576, "1M"),
            (1_500_000, "1.5M"),
            (10_000_000, "10M"),
            (u64::MAX, "18446744073709.6M"),
        ] {
            assert_eq!(short_tokens(tokens).as_str(), text);
        }
    }

    #[test]
    fn shows_parameter_counts_as_people_write_them() {
        for (count, text) in [
            (137_000_000, "137M"),
            (8_000_000_000, "8B"),
            (1_500_000_000, "1.5B"),
            (400_000_000_000, "400B"),
            (1_800_000_000_000, "1.8T"),
            (12_800_000_000_000, "12.8T"),
        ] {
            assert_eq!(short_parameters(count).as_str(), text);
        }
    }
}

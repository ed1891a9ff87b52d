//! Figures and names in words, without the formatting machinery.

use crate::catalog::{Decimal, Item};

/// A number with its thousands apart: `200,000`, `1,234.5`.
pub(super) fn grouped(number: Decimal) -> String {
    crate::catalog::grouped(number, 0)
}

/// An item as a sentence names it: `cache read`.
pub(super) fn item_words(item: Item) -> String {
    item.name().replace('_', " ")
}

/// Appends to an enumeration.
pub(super) fn push_item(list: &mut String, part: &str, separator: &str) {
    if !list.is_empty() {
        list.push_str(separator);
    }
    list.push_str(part);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [
            ("0", "0"),
            ("999", "999"),
            ("1000", "1,000"),
            ("272000", "272,000"),
            ("1234567.8901", "1,234,567.8901"),
            ("0.0001", "0.0001"),
        ] {
            assert_eq!(grouped(number.parse().unwrap()), text);
        }
    }
}

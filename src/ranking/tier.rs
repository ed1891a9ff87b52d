//! Cost tiers: a price in one glance.

use std::fmt;

use super::standings::mean_price;
use crate::catalog::{Decimal, RateCard};

/// A cost tier, by the mean of input and output price per 1,000,000 tokens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CostTier {
    /// Costs nothing.
    Free,
    /// Up to 0.2 dollars.
    One,
    /// Up to 0.5 dollars.
    Two,
    /// Up to 1 dollar.
    Three,
    /// Up to 2 dollars.
    Four,
    /// Up to 10 dollars.
    Five,
    /// Above 10 dollars.
    Above,
}

/// Each tier: its symbol, its words, and the highest mean price in it, in
/// tenths of a dollar.
const TIERS: [(CostTier, &str, &str, Option<i128>); 7] = [
    (CostTier::Free, "Free", "costs nothing", Some(0)),
    (CostTier::One, "$", "up to $0.2 per 1M tokens", Some(2)),
    (CostTier::Two, "$$", "above $0.2, up to $0.5 per 1M tokens", Some(5)),
    (CostTier::Three, "$$$", "above $0.5, up to $1 per 1M tokens", Some(10)),
    (CostTier::Four, "$$$$", "above $1, up to $2 per 1M tokens", Some(20)),
    (CostTier::Five, "$$$$$", "above $2, up to $10 per 1M tokens", Some(100)),
    (CostTier::Above, "+$$$$$", "above $10 per 1M tokens", None),
];

impl CostTier {
    /// The tier of a mean price in dollars.
    pub fn of_mean(mean: Decimal) -> Self {
        let up_to = |tenths: i128| mean <= Decimal::new(tenths, -1);
        TIERS
            .iter()
            .find(|(.., highest)| highest.is_none_or(up_to))
            .map_or(Self::Above, |(tier, ..)| *tier)
    }

    /// The tier of a rate card; `None` where its input or output price is not
    /// known, or is not in dollars.
    pub fn of(card: &RateCard) -> Option<Self> {
        mean_price(card).map(Self::of_mean)
    }

    /// The tier that this symbol stands for: `$$`.
    pub fn from_symbol(symbol: &str) -> Option<Self> {
        TIERS.iter().find(|(_, known, ..)| *known == symbol.trim()).map(|(tier, ..)| *tier)
    }

    /// The symbol: `$$`.
    pub fn symbol(self) -> &'static str {
        TIERS.iter().find(|(tier, ..)| *tier == self).map_or("", |(_, symbol, ..)| symbol)
    }

    /// What the symbol means.
    pub fn words(self) -> &'static str {
        TIERS.iter().find(|(tier, ..)| *tier == self).map_or("", |(_, _, words, _)| words)
    }
}

impl fmt::Display for CostTier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.symbol())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tiers_end_at_their_highest_price() {
        for (mean, symbol) in [
            ("0", "Free"),
            ("0.000001", "$"),
            ("0.2", "$"),
            ("0.200001", "$$"),
            ("0.375", "$$"),
            ("0.5", "$$"),
            ("1", "$$$"),
            ("1.0001", "$$$$"),
            ("2", "$$$$"),
            ("10", "$$$$$"),
            ("10.01", "+$$$$$"),
        ] {
            assert_eq!(CostTier::of_mean(mean.parse().unwrap()).symbol(), symbol, "{mean}");
        }
    }

    #[test]
    fn symbols_name_their_tier() {
        for (tier, symbol, ..) in TIERS {
            assert_eq!(CostTier::from_symbol(symbol), Some(tier));
        }
        assert_eq!(CostTier::from_symbol("cheap"), None);
    }
}

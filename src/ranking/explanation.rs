//! How a figure came about.

use crate::catalog::Date;

/// How a figure came about: one activation away from every figure of a card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Explanation {
    /// The figure's value in words, such as `78th percentile`.
    pub value: Option<String>,
    /// The rule.
    pub rule: String,
    /// Among which models.
    pub population: &'static str,
    /// How many of them have a known value.
    pub n: Option<usize>,
    /// The key of the source in the catalog's `sources`.
    pub source: Option<String>,
    /// The day on which the source said so.
    pub date: Option<Date>,
    /// What several sources state, the one that is used first.
    pub stated: Vec<Stated>,
    /// Where the figure is published: what is computed here, beside it.
    pub computed_beside: Option<String>,
}

/// What one of several sources states.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Stated {
    /// The figure, as a reader sees it.
    pub value: String,
    /// The key of the source in the catalog's `sources`.
    pub source: Option<String>,
    /// The day on which the source said so.
    pub date: Option<Date>,
}

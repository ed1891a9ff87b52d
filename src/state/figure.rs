//! Figures that can explain themselves, and the one explanation that is open.

use std::rc::Rc;

use crate::catalog::Words;
use crate::ranking::Explanation;

/// A figure as a reader sees it, with where it comes from.
#[derive(Debug)]
pub struct Figure {
    /// What it is: `Speed`.
    pub label: &'static str,
    /// How it looks.
    pub look: Look,
    /// Where it comes from.
    pub explanation: Rc<Explanation>,
}

/// How a figure looks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Look {
    /// Stars, 1–5.
    Stars(u8),
    /// A cost tier: its symbol, and its words.
    Tier(&'static str, &'static str),
    /// Text.
    Text(Words),
    /// Text that other sources contradict.
    Disputed(Words),
    /// Not known.
    Missing,
}

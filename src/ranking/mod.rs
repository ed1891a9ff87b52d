//! stub
use crate::catalog::*;
use std::cmp::Ordering;
#[derive(Clone, Debug)]
pub enum SortKey {
    Unknown,
    Decimal(Decimal),
    Number(f64),
    Text(String),
}
pub fn compare(a: &SortKey, b: &SortKey, descending: bool) -> Ordering {
    let o = match (a, b) {
        (SortKey::Unknown, SortKey::Unknown) => return Ordering::Equal,
        (SortKey::Unknown, _) => return Ordering::Greater,
        (_, SortKey::Unknown) => return Ordering::Less,
        (SortKey::Decimal(a), SortKey::Decimal(b)) => a.cmp(b),
        (SortKey::Number(a), SortKey::Number(b)) => a.total_cmp(b),
        (SortKey::Text(a), SortKey::Text(b)) => a.cmp(b),
        _ => Ordering::Equal,
    };
    if descending { o.reverse() } else { o }
}
#[derive(Clone, Debug, Default)]
pub struct Explanation {
    pub rule: String,
    pub population: String,
    pub n: Option<usize>,
    pub value: Option<String>,
    pub source: Option<String>,
    pub date: Option<Date>,
    pub computed_beside: Option<String>,
}
#[derive(Debug)]
pub struct Standings;
impl Standings {
    pub fn new(_: &Catalog) -> Self {
        Self
    }
}
pub fn summary(_: &Catalog, _: &Standings, _: usize) -> Vec<String> {
    vec![]
}

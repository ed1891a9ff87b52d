//! stub
use super::Figure;
use crate::platform::library::Library;
pub fn standing_figures(_: &Library, _: usize) -> Vec<Figure> {
    vec![]
}
pub fn percentile_figures(_: &Library, _: usize) -> Vec<(Figure, u8)> {
    vec![]
}

//! stub
use crate::catalog::Condition;
pub fn condition_words(_: &Condition) -> String {
    String::new()
}

//! Problems that an entry shares with many others: a catalog of thousands of
//! entries states one odd key in hundreds of them, and that is one problem.

use std::collections::BTreeMap;

use crate::formats::log::Log;

/// Problems by their kind and the key they are about.
#[derive(Debug, Default)]
pub struct Kinds(BTreeMap<(Kind, String), Found>);

/// A kind of problem.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// A price under a key that is not known here.
    UnknownCost,
    /// A price in Databricks units.
    DatabricksUnits,
    /// A price of the input that is billed for the output.
    OutputAsInput,
    /// Seconds of audio that are priced as input and as output.
    SecondsTwice,
    /// A mode that is not known here.
    UnknownMode,
    /// A modality that is not known here.
    UnknownModality,
    /// Another factor of prices than those known here.
    UnknownFactor,
    /// A way of billing web searches that is not known here.
    UnknownSearchUnit,
}

#[derive(Debug)]
struct Found {
    count: usize,
    first: String,
}

impl Kinds {
    /// Counts a problem; its place is named where it is the first of its kind.
    pub fn count(&mut self, kind: Kind, key: &str, path: impl FnOnce() -> String) {
        self.0
            .entry((kind, key.to_owned()))
            .and_modify(|found| found.count += 1)
            .or_insert_with(|| Found { count: 1, first: path() });
    }

    /// Puts the problems on record.
    pub fn finish(self, log: &mut Log) {
        for ((kind, key), Found { count, first }) in self.0 {
            let times = if count == 1 { "once".to_owned() } else { format!("{count} times") };
            let stands = format!("\"{key}\" stands there {times}");
            match kind {
                Kind::UnknownCost => log.warn(
                    "cost_unknown",
                    first,
                    format!("{stands}; what it prices is not known, so it is left out"),
                ),
                Kind::DatabricksUnits => log.note(
                    "cost_in_units",
                    first,
                    format!("{stands}, in Databricks units; the price in dollars is used"),
                ),
                Kind::OutputAsInput => log.note(
                    "cost_of_output",
                    first,
                    format!("{stands} for what is made; it is read as a price of output"),
                ),
                Kind::SecondsTwice => log.note(
                    "cost_stated_twice",
                    first,
                    format!(
                        "{stands}, equal to the price of input or beside a zero; audio is billed once"
                    ),
                ),
                Kind::UnknownMode => log.note(
                    "mode_unknown",
                    first,
                    format!("the mode {stands}; it is not known, and says nothing of modalities"),
                ),
                Kind::UnknownModality => log.warn(
                    "modality_unknown",
                    first,
                    format!("{stands}; it is no modality known here, and is left out"),
                ),
                Kind::UnknownFactor => log.warn(
                    "factor_unknown",
                    first,
                    format!("{stands}; when prices are multiplied by it is not known"),
                ),
                Kind::UnknownSearchUnit => log.note(
                    "search_unit_unknown",
                    first,
                    format!("{stands} as the unit of web searches; it is read as one search"),
                ),
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_kind_is_one_problem_with_its_first_place() {
        let mut kinds = Kinds::default();
        for path in ["a.x_cost", "b.x_cost"] {
            kinds.count(Kind::UnknownCost, "x_cost", || path.to_owned());
        }
        kinds.count(Kind::UnknownMode, "dance", || "c.mode".to_owned());
        let mut log = Log::default();
        kinds.finish(&mut log);
        let problems: Vec<_> =
            log.finish().into_iter().map(|problem| (problem.path, problem.effect)).collect();
        assert_eq!(problems.len(), 2);
        assert_eq!(problems[0].0, "a.x_cost");
        assert!(problems[0].1.starts_with("\"x_cost\" stands there 2 times"));
        assert!(problems[1].1.starts_with("the mode \"dance\" stands there once"));
    }
}

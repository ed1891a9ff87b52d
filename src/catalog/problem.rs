//! Problems found while reading a catalog: what, where, and what follows.

use serde::{Deserialize, Serialize};

use super::clean;

/// Something in a catalog that could not be used as it stands.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Problem {
    /// How bad it is.
    pub severity: Severity,
    /// A stable name of the kind of problem: `model_unreadable`.
    pub code: String,
    /// Where in the source: `models[3].context_length`.
    pub path: String,
    /// What was wrong, and what was done about it, in words.
    pub effect: String,
    /// The URL of the catalog, where it has one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub catalog: Option<String>,
}

/// How bad a problem is.
#[derive(Default, Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    #[default]
    /// Mended with certainty, or harmless.
    Note,
    /// A fact was dropped.
    Warning,
    /// An entry was dropped.
    Error,
}

impl Problem {
    /// A problem at a path of the catalog being read. Both may quote the catalog,
    /// and so lose what terminals obey.
    pub fn new(
        severity: Severity,
        code: &str,
        path: impl Into<String>,
        effect: impl Into<String>,
    ) -> Self {
        let (mut path, mut effect) = (path.into(), effect.into());
        clean(&mut path);
        clean(&mut effect);
        Self { severity, code: code.to_owned(), path, effect, catalog: None }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_it_quotes_cannot_command_a_terminal() {
        let problem = Problem::new(Severity::Note, "c", "a.\u{1b}[2Jb", "\u{202e}\u{0}x é");
        assert_eq!((problem.path.as_str(), problem.effect.as_str()), ("a.[2Jb", "x é"));
    }
}

//! The sections of a card.
use crate::catalog::Gather;

/// A section of `<model-card>`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[allow(missing_docs)]
pub enum Section {
    Header,
    Description,
    Specs,
    Parameters,
    Features,
    Summary,
    Pricing,
    History,
    Endpoints,
    Benchmarks,
    Siblings,
    Estimate,
}

/// Every section by its name, in the order in which a card shows them.
const SECTIONS: [(&str, Section); 12] = [
    ("header", Section::Header),
    ("description", Section::Description),
    ("summary", Section::Summary),
    ("specs", Section::Specs),
    ("features", Section::Features),
    ("parameters", Section::Parameters),
    ("pricing", Section::Pricing),
    ("history", Section::History),
    ("estimate", Section::Estimate),
    ("endpoints", Section::Endpoints),
    ("benchmarks", Section::Benchmarks),
    ("siblings", Section::Siblings),
];

impl Section {
    /// The sections that an attribute names, in its order; all where it names
    /// none. Unknown names are handed to `unknown`.
    pub fn list(attribute: Option<&str>, mut unknown: impl FnMut(&str)) -> Vec<Self> {
        let mut sections = Vec::new();
        for name in attribute.unwrap_or_default().split_whitespace() {
            match SECTIONS.iter().find(|(known, _)| *known == name) {
                Some((_, section)) if sections.contains(section) => {}
                Some((_, section)) => sections.push(*section),
                None => unknown(name),
            }
        }
        if sections.is_empty() {
            SECTIONS.iter().map(|(_, section)| *section).gather()
        } else {
            sections
        }
    }

    /// The name in the attribute, and the section's `part`.
    pub fn name(self) -> &'static str {
        SECTIONS.iter().find(|(_, section)| *section == self).map_or("", |(name, _)| name)
    }
}

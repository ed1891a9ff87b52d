//! Descriptions as a document tree: what Markdown becomes before a page sees it.
//!
//! The widget draws these nodes one by one and has no Markdown parser and no way
//! to insert HTML. Links are checked when the tree is made, so that the view may
//! trust every `href` in it; see `formats::markdown`.

use std::fmt;

use serde::de::{self, Deserialize, Deserializer, SeqAccess, Visitor};
use serde::ser::{Serialize, Serializer};

/// A model's description: Markdown as people write it, or the tree it compiles to.
#[derive(Clone, Debug, PartialEq)]
pub enum Description {
    /// Markdown text (`CommonMark`), at most 64 KiB. Only in catalogs that are not compiled.
    Markdown(String),
    /// The compiled form.
    Document(Vec<Block>),
}

/// A block of a document.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Block {
    /// A paragraph.
    Paragraph(Vec<Inline>),
    /// A heading; its level in the page is for the view to choose.
    Heading(Vec<Inline>),
    /// A list without numbers.
    List(Vec<Vec<Block>>),
    /// A numbered list.
    OrderedList(Vec<Vec<Block>>),
    /// A quotation.
    Quote(Vec<Block>),
    /// Preformatted code.
    Code(String),
    /// A table; the first row is its header.
    Table(TableBlock),
    /// A thematic break.
    Rule,
}

/// A table in a description.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct TableBlock {
    /// The cells of the header.
    pub header: Vec<Vec<Inline>>,
    /// The cells of each row.
    pub rows: Vec<Vec<Vec<Inline>>>,
}

/// A piece of running text.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Inline {
    /// Plain text.
    Text(String),
    /// Emphasis.
    Emphasis(Vec<Inline>),
    /// Strong emphasis.
    Strong(Vec<Inline>),
    /// Text struck out.
    Strikethrough(Vec<Inline>),
    /// Code.
    Code(String),
    /// A link to a page: `https:`, `http:` or `mailto:`, checked.
    Link(Link),
    /// A link to another model of the catalog.
    Model(ModelLink),
    /// A `#hashtag`, without its `#`.
    Tag(String),
    /// A line break.
    Break,
}

/// A checked link to a page.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct Link {
    /// An absolute URL with the scheme `https`, `http` or `mailto`.
    pub href: String,
    /// What the reader sees.
    pub content: Vec<Inline>,
}

/// A link to another model of the same catalog.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[cfg_attr(not(target_arch = "wasm32"), derive(schemars::JsonSchema))]
pub struct ModelLink {
    /// The model's id.
    pub id: String,
    /// What the reader sees.
    pub content: Vec<Inline>,
}

impl Serialize for Description {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Markdown(text) => serializer.serialize_str(text),
            Self::Document(blocks) => blocks.serialize(serializer),
        }
    }
}

impl<'de> Deserialize<'de> for Description {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct DescriptionVisitor;
        impl<'de> Visitor<'de> for DescriptionVisitor {
            type Value = Description;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("Markdown text or a list of document blocks")
            }
            fn visit_str<E: de::Error>(self, text: &str) -> Result<Description, E> {
                Ok(Description::Markdown(text.to_owned()))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Description, A::Error> {
                let mut blocks = Vec::new();
                while let Some(block) = seq.next_element()? {
                    blocks.push(block);
                }
                Ok(Description::Document(blocks))
            }
        }
        deserializer.deserialize_any(DescriptionVisitor)
    }
}

#[cfg(not(target_arch = "wasm32"))]
impl schemars::JsonSchema for Description {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Description".into()
    }

    fn json_schema(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
        let blocks = generator.subschema_for::<Vec<Block>>().to_value();
        schemars::json_schema!({
            "description": "Markdown text (CommonMark), or, in a compiled catalog, the document tree it becomes.",
            "anyOf": [{ "type": "string" }, blocks]
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_forms_survive_a_round_trip() {
        for json in [
            r#""See *this*.""#,
            r#"[{"paragraph":[{"text":"See "},{"emphasis":[{"text":"this"}]},"break",{"code":"x"}]},"rule"]"#,
            r#"[{"paragraph":[{"model":{"id":"a/b","content":[{"text":"B"}]}},{"tag":"fast"}]}]"#,
        ] {
            let description: Description = serde_json::from_str(json).unwrap();
            assert_eq!(serde_json::to_string(&description).unwrap(), json);
        }
    }
}

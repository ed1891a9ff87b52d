//! A catalog's text, model by model: only one model at a time stands on a tape.

use super::scanner::{Kind, Scanner, TextError, close};
use super::text::{Node, Tape};

/// A catalog's text, read model by model.
#[derive(Debug)]
pub struct Models<'t> {
    text: &'t str,
    at: usize,
    stands: Stands,
    /// The members of the outermost object but its models.
    root: Tape<'t>,
    /// The model read last.
    model: Tape<'t>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Stands {
    /// Before the outermost object.
    Start,
    /// Before a member of it, the first one or another.
    Members { first: bool },
    /// Before a model, the first one or another.
    Models { first: bool },
    /// Behind all of it.
    End,
}

/// What was read of a catalog's text.
#[derive(Debug)]
pub enum Part<'m> {
    /// A list of models begins. Of several, the last one counts.
    Begin,
    /// A model.
    Model(Node<'m>),
}

impl<'t> Models<'t> {
    /// The models of a text.
    pub const fn new(text: &'t str) -> Self {
        Self { text, at: 0, stands: Stands::Start, root: Tape::new(text), model: Tape::new(text) }
    }

    /// Reads on, until the next part; `None` at the end of the text.
    pub fn read_on(&mut self) -> Result<Option<Part<'_>>, TextError> {
        let mut scanner = Scanner::new(self.text, self.at);
        loop {
            match self.stands {
                Stands::Start => {
                    if scanner.skip_space() != Some(b'{') {
                        return Err(scanner.unexpected());
                    }
                    scanner.open(&mut self.root.tokens, Kind::Object);
                    self.stands = Stands::Members { first: true };
                }
                Stands::Members { first } => {
                    if scanner.closes(b'}') {
                        scanner.end()?;
                        self.stands = Stands::End;
                        continue;
                    }
                    if !first {
                        scanner.take(b',')?;
                    }
                    self.stands = Stands::Members { first: false };
                    scanner.skip_space();
                    let key = self.root.tokens.len();
                    scanner.string(&mut self.root.tokens)?;
                    scanner.take(b':')?;
                    if self.root.is_key(key, "models") && scanner.skip_space() == Some(b'[') {
                        self.root.tokens.truncate(key);
                        scanner.at += 1;
                        self.at = scanner.at;
                        self.stands = Stands::Models { first: true };
                        // For now: what stands before the models can be asked for.
                        close(&mut self.root.tokens, 0, scanner.at);
                        return Ok(Some(Part::Begin));
                    }
                    scanner.value(&mut self.root.tokens, 0)?;
                }
                Stands::Models { first } => {
                    if scanner.closes(b']') {
                        self.stands = Stands::Members { first: false };
                        continue;
                    }
                    if !first {
                        scanner.take(b',')?;
                    }
                    self.stands = Stands::Models { first: false };
                    self.model.tokens.clear();
                    scanner.value(&mut self.model.tokens, 0)?;
                    self.at = scanner.at;
                    return Ok(Some(Part::Model(self.model.root())));
                }
                Stands::End => {
                    close(&mut self.root.tokens, 0, scanner.at);
                    self.at = scanner.at;
                    return Ok(None);
                }
            }
        }
    }

    /// What stands beside the models, once all is read; while models are read, what
    /// stands before them.
    pub fn root(&self) -> Node<'_> {
        self.root.root()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Json;
    use crate::catalog::decode::text::tests::value;

    #[test]
    fn models_come_one_by_one_and_the_rest_stays() {
        let text = r#" {"name": "N", "models": [{"id": "a"}, 7], "x": {"models": []}, "models": [{"id": "b"}], "date": "D"} "#;
        let mut models = Models::new(text);
        let mut seen = Vec::new();
        while let Some(part) = models.read_on().unwrap() {
            match part {
                Part::Begin => seen.clear(),
                Part::Model(node) => {
                    seen.push((value(&node).to_string(), text[node.span()].to_owned()));
                }
            }
        }
        assert_eq!(seen, [(r#"{"id":"b"}"#.to_owned(), r#"{"id": "b"}"#.to_owned())]);
        let root = models.root();
        assert_eq!(root.field("name").unwrap().text().unwrap(), "N");
        assert_eq!(root.field("date").unwrap().text().unwrap(), "D");
        assert!(root.field("models").is_none());
    }

    #[test]
    fn a_broken_text_is_an_error_wherever_it_breaks() {
        let text = r#"{"name": "N", "models": [{"id": "a"}, {"id": "b"}], "date": "D"}"#;
        for end in 0..text.len() {
            let mut models = Models::new(&text[..end]);
            let broken = loop {
                match models.read_on() {
                    Ok(Some(_)) => {}
                    Ok(None) => break false,
                    Err(_) => break true,
                }
            };
            assert!(broken, "{end}");
        }
    }
}

//! What everything that is drawn for one element has in common.

use std::rc::Rc;

use super::node::{Node, el, unseen};
use crate::catalog::{Model, Source, phrase, shown_name};
use crate::platform::intl::Language;
use crate::platform::library::Library;
use crate::ranking::Explanation;
use crate::state::{ElementState, Signal};

/// What the parts of an element have in common. Shared: every closure that draws
/// keeps it, and copying each field would be most of its code.
pub type Scene = Rc<Parts>;

/// What a [`Scene`] holds.
pub struct Parts {
    /// The element's state.
    pub state: ElementState,
    /// The catalog.
    pub library: Rc<Library>,
    /// The place in the catalog of the model that the element is about; none where
    /// it is about several.
    pub index: Option<usize>,
    /// The reader's language.
    pub language: Language,
    /// The explanation that is open.
    pub explanation: Signal<Option<(&'static str, Rc<Explanation>)>>,
}

impl Parts {
    /// What is drawn of a catalog.
    pub fn scene(state: &ElementState, library: Rc<Library>, index: Option<usize>) -> Scene {
        let language = state.language.get();
        let explanation = Signal::new(None);
        Rc::new(Self { state: state.clone(), library, index, language, explanation })
    }

    /// The model that the element is about.
    pub fn model(&self) -> Option<&Model> {
        self.library.catalog.models.get(self.index?)
    }

    /// A source that the model's facts name.
    pub fn source(&self, key: &str) -> Option<&Source> {
        self.library.catalog.sources.get(key)
    }

    /// The model's name as an element shows it.
    pub fn name(&self) -> String {
        self.model().map_or_else(String::new, shown_name)
    }

    /// A title with the model's name, so that the landmarks of two elements of a
    /// page can be told apart.
    pub fn label(&self, title: &str) -> String {
        match self.index {
            Some(_) => phrase(title).and(": ").and(self.name()).text(),
            None => title.to_owned(),
        }
    }
}

/// A section with its heading; where the element is about several models it is the
/// element's own.
pub fn titled(scene: &Scene, part: &'static str, title: &str, note: &str, body: Node) -> Node {
    let mut heading = el(if scene.index.is_some() {
        "h3.title|part=title"
    } else {
        "h2.title|part=title name|tabindex=-1"
    });
    heading = heading.with(title).with(unseen(" "));
    if !note.is_empty() {
        heading = heading.with(el("small.note").with(note));
    }
    el("section.section")
        .set("part", phrase("section ").and(part))
        .set("aria-label", scene.label(title))
        .with(heading)
        .with(body)
}

//! What an element shows, in the page's address, where the author has set the
//! attribute `share`.

use std::cell::{Cell, RefCell};

use reactive_graph::graph::untrack;
use web_sys::HtmlElement;

use super::host::Face;
use crate::catalog::{joined, phrase};
use crate::cost::Workload;
use crate::link;
use crate::platform::{address, clock};
use crate::state::SharedWorkload;

/// Choices of one kind that follow each other within this time, in milliseconds, are
/// one step in the history: a word that is typed, a slider that is dragged.
const ONE_STEP: f64 = 1_000.0;

/// The element's place in the address.
#[derive(Default)]
pub struct Share {
    /// The key of its entry; none where the element is not shared.
    key: RefCell<Option<String>>,
    /// The fragment that the page came with.
    first: RefCell<String>,
    /// The reason of the last choice, and when it was made.
    last: Cell<(&'static str, f64)>,
    watch: RefCell<Option<address::Watch>>,
}

impl Share {
    /// Takes the attribute `share`: a key of the author's, or nothing for the
    /// element's name, numbered where the page has several of the kind. Calls back
    /// when the reader goes to another state.
    pub fn set(&self, element: &HtmlElement, value: Option<&str>, changed: impl Fn() + 'static) {
        self.watch.take();
        self.first.replace(address::fragment());
        self.key.replace(value.map(|value| match value.trim() {
            "" => key_of(element),
            key => key.to_owned(),
        }));
        if value.is_some() {
            self.watch.replace(address::Watch::new(changed));
        }
    }

    /// Whether the element is shared.
    pub fn is_on(&self) -> bool {
        self.key.borrow().is_some()
    }

    /// Shows in the address what the reader has chosen.
    pub fn show(&self, face: &dyn Face, element: &HtmlElement, reason: &'static str) {
        let key = self.key.borrow();
        let Some(key) = key.as_deref() else { return };
        let now = clock::milliseconds();
        let (last, at) = self.last.replace((reason, now));
        let parts = parts(face, element);
        let fragment = link::write(&address::fragment(), key, &parts);
        address::show(&fragment, reason != last || now - at > ONE_STEP);
    }

    /// What the address says of the element; nothing where the address is the
    /// page's own business, such as a heading that the reader went to.
    pub fn read(&self) -> Option<Vec<(String, String)>> {
        let key = self.key.borrow();
        let fragment = address::fragment();
        let parts = link::read(&fragment, key.as_deref()?);
        let elsewhere =
            parts.is_none() && fragment != *self.first.borrow() && address::is_place(&fragment);
        self.last.set(("", 0.0));
        (!elsewhere).then(|| parts.unwrap_or_default())
    }
}

/// The element's name, numbered from the second of its kind.
fn key_of(element: &HtmlElement) -> String {
    let tag = element.tag_name().to_ascii_lowercase();
    let name = tag.strip_prefix("model-").unwrap_or(&tag).to_owned();
    let root = element.get_root_node();
    let alike = element.owner_document().and_then(|document| {
        document.query_selector_all(&phrase(&tag).and("[share='']").text()).ok()
    });
    // Within a shadow root of the page the element is not among them, and is the first.
    let alike = alike.filter(|_| root.is_same_node(element.owner_document().as_deref()));
    let place = alike.and_then(|alike| {
        (0..alike.length())
            .find(|at| alike.item(*at).is_some_and(|other| other.is_same_node(Some(element))))
    });
    match place {
        Some(place) if place > 0 => phrase(name).and(place + 1).text(),
        _ => name,
    }
}

/// What differs from what the author's attributes say.
fn parts(face: &dyn Face, element: &HtmlElement) -> Vec<(&'static str, String)> {
    let state = face.state();
    let mut parts = Vec::new();
    untrack(|| {
        if state.several {
            let models = state.models.with(|models| joined(models, " ").text());
            if models != joined(&listed(element.get_attribute("models").as_deref()), " ").text() {
                parts.push(("models", models));
            }
        } else if let Some(model) = state.trail.with(|trail| trail.last().cloned()) {
            parts.push(("model", model));
        }
        parts.append(&mut face.link());
        let stated = element.get_attribute("workload").unwrap_or_default();
        let workload = state.workload();
        if workload != Workload::parse(&stated).0 {
            let name = workload.preset_name().map(str::to_owned);
            parts.push(("workload", name.unwrap_or_else(|| workload.text())));
        }
    });
    parts
}

/// Takes one part of a link; what cannot be read changes nothing.
pub fn follow(face: &dyn Face, name: &str, value: &str) {
    let state = face.state();
    match name {
        "models" if state.several => state.models.set(listed(Some(value))),
        "model" if !state.several && !value.is_empty() => state.trail.set(vec![value.to_owned()]),
        "workload" => {
            let (workload, _) = Workload::parse(value);
            if state.own_workload.with_untracked(Option::is_some) {
                state.own_workload.set(Some(workload));
            } else {
                SharedWorkload::change(workload);
            }
        }
        _ => face.follow(name, value),
    }
}

/// The ids that an attribute or a link lists, each once.
pub fn listed(text: Option<&str>) -> Vec<String> {
    let mut models: Vec<String> = Vec::new();
    for id in text.unwrap_or_default().split_whitespace() {
        if !models.iter().any(|model| model == id) {
            models.push(id.to_owned());
        }
    }
    models
}

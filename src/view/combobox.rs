//! A field that adds a model: it offers what may be meant while a reader types, by
//! the pattern "editable combobox with list autocomplete" of the ARIA Authoring
//! Practices Guide. The focus stays in the field; keys move through the list.

use std::rc::Rc;

use super::node::{Node, class, el, field, hearing, isolated, live, plain};
use super::render::{key_of, prevent};
use super::scene::Scene;
use crate::catalog::{Gather, display_name};
use crate::state::{CompareState, Signal, offers};

/// What has been typed, and which offer the keys stand on.
#[derive(Clone, Default)]
struct Typing {
    text: Signal<String>,
    active: Signal<Option<usize>>,
}

impl Typing {
    fn type_in(&self, text: String) {
        self.active.set(None);
        self.text.set(text);
    }

    /// The offers: ids and names.
    fn offered(&self, scene: &Scene, known: &[String]) -> Vec<(String, String)> {
        let text = self.text.get();
        if text.trim().is_empty() {
            return Vec::new();
        }
        let found = offers(&scene.library, &text, known);
        found
            .iter()
            .map(|found| {
                let model = found.model;
                let name = display_name(model.name.as_deref(), model.author_name(), &model.id);
                (model.id.clone(), name)
            })
            .gather()
    }

    /// What a key does; whether that was for us.
    fn press(&self, key: &str, ids: &[String], add: &dyn Fn(&str)) -> bool {
        let last = ids.len().saturating_sub(1);
        let active = self.active.get_untracked();
        match key {
            "ArrowDown" if !ids.is_empty() => {
                self.active.set(Some(active.map_or(0, |at| if at < last { at + 1 } else { 0 })));
            }
            "ArrowUp" if !ids.is_empty() => {
                self.active.set(Some(active.map_or(last, |at| if at > 0 { at - 1 } else { last })));
            }
            "Enter" => {
                if let Some(id) = ids.get(active.unwrap_or(0)) {
                    self.type_in(String::new());
                    add(id);
                }
            }
            "Escape" => self.type_in(String::new()),
            _ => return false,
        }
        true
    }
}

/// The field and its list.
pub fn combobox(scene: &Scene, state: &Rc<CompareState>, known: &[String]) -> Node {
    let typing = Typing::default();
    let known: Rc<[String]> = known.into();
    let box_ = {
        let (scene, typing, known) = (scene.clone(), typing.clone(), known.clone());
        live(move || {
            let open = !typing.offered(&scene, &known).is_empty();
            let heard = typing.clone();
            let mut attributes = plain()
                .set("id", "add-model")
                .set("role", "combobox")
                .set("type", "text")
                .set("autocomplete", "off")
                .set("aria-autocomplete", "list")
                .set("aria-controls", "offers")
                .set("aria-expanded", if open { "true" } else { "false" })
                .shows(typing.text.get());
            if let Some(at) = typing.active.get() {
                attributes =
                    attributes.set("aria-activedescendant", ["offer-", &at.to_string()].concat());
            }
            field("input", attributes, (), move |text| heard.type_in(text))
        })
    };
    let list = {
        let (scene, typing, known, state) =
            (scene.clone(), typing.clone(), known.clone(), state.clone());
        live(move || {
            let offered = typing.offered(&scene, &known);
            let active = typing.active.get();
            let count = offered.len();
            let options: Vec<Node> = offered
                .into_iter()
                .enumerate()
                .map(|(at, (id, name))| {
                    let (state, typing, target) = (state.clone(), typing.clone(), id.clone());
                    let attributes = plain()
                        .set("id", ["offer-", &at.to_string()].concat())
                        .set("role", "option")
                        .set("aria-selected", if active == Some(at) { "true" } else { "false" });
                    let words = (isolated(name), " ", el("small", class("muted"), id));
                    hearing("li", attributes, "click", words, move |_| {
                        typing.type_in(String::new());
                        state.add(&target);
                    })
                })
                .gather();
            let said = match (typing.text.with(|text| text.trim().is_empty()), count) {
                (true, _) => String::new(),
                (_, 0) => "No model of the catalog is like this.".to_owned(),
                (_, 1) => "1 model".to_owned(),
                (_, count) => [&count.to_string(), " models"].concat(),
            };
            let attributes = class("menu")
                .set("id", "offers")
                .set("role", "listbox")
                .set("aria-label", "Models to add");
            // A press must not take the focus out of the field.
            let list = hearing(
                "ul",
                if count == 0 { attributes.set("hidden", "") } else { attributes },
                "mousedown",
                options,
                |event| prevent(&event),
            );
            let shape = if count == 0 { class("muted small") } else { class("unseen") };
            vec![list, el("div", shape.set("role", "status"), said)]
        })
    };
    let label = el("label", plain().set("for", "add-model"), "Add a model");
    let (scene, state) = (scene.clone(), state.clone());
    hearing("div", class("adder"), "keydown", (label, box_, list), move |event| {
        let ids: Vec<String> = reactive_graph::graph::untrack(|| typing.offered(&scene, &known))
            .into_iter()
            .map(|(id, _)| id)
            .gather();
        if typing.press(&key_of(&event), &ids, &|id| state.add(id)) {
            prevent(&event);
        }
    })
}

/// In place of the field where no more models have room.
pub fn full() -> Node {
    let words = "Eight models stand side by side. Remove one to add another.";
    el("p", class("muted small"), words)
}

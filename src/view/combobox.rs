//! A field that adds a model: it offers what may be meant while a reader types, by
//! the pattern "editable combobox with list autocomplete" of the ARIA Authoring
//! Practices Guide. The focus stays in the field; keys move through the list.

use std::rc::Rc;

use super::node::{Node, el, fragment, isolated, live, truth};
use super::render::{key_of, prevent};
use super::scene::Scene;
use crate::catalog::{Gather, counted, phrase, shown_name};
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
        found.iter().map(|found| (found.model.id.clone(), shown_name(found.model))).gather()
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

const INPUT: &str = "input|id=add-model|role=combobox|type=text|autocomplete=off|\
    aria-autocomplete=list|aria-controls=offers";

/// The field and its list.
pub fn combobox(scene: &Scene, state: &Rc<CompareState>, known: &[String]) -> Node {
    let typing = Typing::default();
    let known: Rc<[String]> = known.into();
    let box_ = {
        let (scene, typing, known) = (scene.clone(), typing.clone(), known.clone());
        live(move || {
            let open = !typing.offered(&scene, &known).is_empty();
            let heard = typing.clone();
            let mut input = el(INPUT).set("aria-expanded", truth(open)).shows(typing.text.get());
            if let Some(at) = typing.active.get() {
                input = input.set("aria-activedescendant", phrase("offer-").and(at));
            }
            input.changed(move |text| heard.type_in(text))
        })
    };
    let list = {
        let (scene, typing, known, state) =
            (scene.clone(), typing.clone(), known.clone(), state.clone());
        live(move || {
            let offered = typing.offered(&scene, &known);
            let active = typing.active.get();
            let count = offered.len();
            let mut list = el("ul.menu|id=offers|role=listbox|aria-label=Models to add");
            for (at, (id, name)) in offered.into_iter().enumerate() {
                let (state, typing, target) = (state.clone(), typing.clone(), id.clone());
                list = list.with(
                    el("li|role=option")
                        .set("id", phrase("offer-").and(at))
                        .set("aria-selected", truth(active == Some(at)))
                        .with(isolated(name))
                        .with(" ")
                        .with(el("small.muted").with(id))
                        .hears("click", move |_| {
                            typing.type_in(String::new());
                            state.add(&target);
                        }),
                );
            }
            let is_blank = typing.text.with(|text| text.trim().is_empty());
            let said = match count {
                _ if is_blank => phrase(""),
                0 => phrase("No model of the catalog is like this."),
                _ => counted(count, "1 model", " models"),
            };
            if count == 0 {
                list = list.set("hidden", "");
            }
            // A press must not take the focus out of the field.
            let list = list.hears("mousedown", |event| prevent(&event));
            let names = if count == 0 { "muted small" } else { "unseen" };
            fragment(vec![list, el("div|role=status").class(names).with(said)])
        })
    };
    let label = el("label|for=add-model").with("Add a model");
    let (scene, state) = (scene.clone(), state.clone());
    el("div.adder").with(label).with(box_).with(list).hears("keydown", move |event| {
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
    el("p.muted small").with(words)
}

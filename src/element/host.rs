//! What every custom element does alike: loads its catalog, takes attributes in,
//! sends events out, and shows the author's fallback where it cannot draw.

use std::any::Any;
use std::cell::{Cell, OnceCell, RefCell};
use std::rc::{Rc, Weak};

use any_spawner::Executor;
use reactive_graph::effect::RenderEffect;
use reactive_graph::graph::untrack;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use super::event::dispatch;
use super::share::{self, Share};
use crate::catalog::joined;
use crate::cost::Workload;
use crate::platform::fetch::{frame, sleep};
use crate::platform::intl::Language;
use crate::platform::library::Input;
use crate::platform::theme::{self, Watch};
use crate::platform::{library, style};
use crate::state::{self, ElementState, Event, LibraryState, SharedWorkload};
use crate::view::{self, Node};

/// What one kind of element does in its own way.
pub trait Face {
    /// The state that every element has.
    fn state(&self) -> &ElementState;

    /// An attribute that only this kind of element has.
    fn apply(&self, _name: &str, _value: Option<&str>) {}

    /// What there is to tell the page, read from the state's signals; nothing
    /// while the catalog loads.
    fn outcome(&self) -> Option<Event>;

    /// Whether to draw the first models of a catalog while the others are read.
    fn begins(&self) -> bool {
        false
    }

    /// What there is to draw.
    fn view(&self) -> Node;

    /// What the reader has chosen beyond models and workload, by the names of a
    /// link's parts; only what differs from the start.
    fn link(&self) -> Vec<(&'static str, String)> {
        self.state().links()
    }

    /// Takes a part of a link, as `link` has given it once; or anything else.
    fn follow(&self, name: &str, value: &str) {
        self.state().follow(name, value);
    }

    /// Forgets what the reader has chosen beyond models and workload.
    fn reset(&self) {
        self.state().reset();
    }

    /// Something has been drawn.
    fn drawn(&self, _frame: &HtmlElement) {}
}

/// What the loader hands over when it starts an element.
pub struct Start {
    /// The custom element.
    pub element: HtmlElement,
    /// The box that holds its place.
    pub frame: HtmlElement,
    /// The slot with the author's fallback.
    pub slot: HtmlElement,
    /// The node to draw into.
    pub mount: HtmlElement,
    /// The `data-catalog` of the script tag.
    pub script_catalog: String,
    /// The `catalog` property, where it holds an object.
    pub catalog: JsValue,
}

/// One element on the page. All methods take `&self`: the page's scripts may call
/// in again while an event of ours is being handled.
pub struct Host {
    inner: Rc<Inner>,
    mounted: RefCell<Option<Box<dyn Any>>>,
    theme: Option<Watch>,
}

struct Inner {
    element: HtmlElement,
    face: Rc<dyn Face>,
    script_catalog: String,
    /// A catalog given as an object takes the place of URLs.
    object: RefCell<Option<JsValue>>,
    /// Counts loads, so that a late one does not overwrite a newer one.
    generation: Cell<u32>,
    share: Share,
    attributes: &'static [&'static str],
}

impl Host {
    /// Mounts an element whose own attributes are these; one that stands within a
    /// line of text takes its looks from there, and no stylesheet.
    pub fn new(
        start: Start,
        attributes: &'static [&'static str],
        is_inline: bool,
        face: fn(ElementState) -> Rc<dyn Face>,
    ) -> Self {
        let Start { element, frame, slot, mount, script_catalog, catalog } = start;
        let theme = (!is_inline).then(|| {
            // Before the stylesheet: what the page's colours are is known as long as
            // there is nothing else to style.
            let theme = theme::watch(&element, &frame);
            if let Some(root) = element.shadow_root() {
                // Without styles the element is plain, but it reads well.
                let _ = style::adopt(&root);
            }
            theme
        });
        let target = element.clone();
        // What the reader chooses reaches the address before the page's scripts.
        let sharing = Rc::new(OnceCell::<Weak<Inner>>::new());
        let shared = sharing.clone();
        let emit = Rc::new(move |event: Event| {
            if let Event::Change { change, .. } = &event
                && let Some(inner) = shared.get().and_then(Weak::upgrade)
            {
                inner.share.show(&*inner.face, &inner.element, change.reason);
            }
            dispatch(&target, &event);
        });
        let several = attributes.contains(&"models");
        let face = face(state::Element::state(several, emit, language_of(&element)));
        let inner = Rc::new(Inner {
            element: element.clone(),
            face: face.clone(),
            script_catalog,
            object: RefCell::new(Some(catalog).filter(wasm_bindgen::JsValue::is_object)),
            generation: Cell::new(0),
            share: Share::default(),
            attributes,
        });
        // Set once, just made.
        let _ = sharing.set(Rc::downgrade(&inner));
        inner.apply_all();
        let share = element.get_attribute("share");
        if share.is_some() {
            inner.share(share.as_deref());
        }
        inner.load();

        let watched = inner.clone();
        let shown = (frame, slot);
        // Set already by the second element and those after it.
        let _ = Executor::init_wasm_bindgen();
        let drawn = view::draw(&mount, face.view());
        let settled = RenderEffect::new(move |_| watched.settle(&shown.0, &shown.1));
        Self { inner, mounted: RefCell::new(Some(Box::new((drawn, settled)))), theme }
    }

    /// An attribute was set to a value, or removed.
    pub fn set_attribute(&self, name: &str, value: Option<&str>) {
        self.inner.apply(name, value);
        match name {
            "share" => self.inner.share(value),
            "catalog" => {
                self.inner.object.take();
                self.inner.load();
            }
            "theme" => {
                if let Some(theme) = &self.theme {
                    theme.update();
                }
            }
            _ => {}
        }
    }

    /// The property `catalog` was set to an object.
    pub fn set_catalog(&self, catalog: JsValue) {
        self.inner.object.replace(Some(catalog));
        self.inner.load();
    }

    /// The value of a property that the reader can change; `None` for others.
    pub fn property(&self, name: &str) -> Option<String> {
        let state = self.inner.face.state();
        untrack(|| match name {
            "model" => Some(state.current()),
            "models" => Some(state.models.with(|models| joined(models, " ").text())),
            "workload" => Some(state.workload().text()),
            _ => None,
        })
    }
}

impl Drop for Host {
    /// Takes the element off the page.
    fn drop(&mut self) {
        self.inner.generation.set(self.inner.generation.get() + 1);
        self.mounted.take();
    }
}

impl Inner {
    /// Takes all attributes as the author has set them.
    fn apply_all(&self) {
        let take = |name: &str| self.apply(name, self.element.get_attribute(name).as_deref());
        for name in self.attributes {
            take(name);
        }
        take("workload");
    }

    /// Takes the attribute `share`, and what the address says.
    fn share(self: &Rc<Self>, value: Option<&str>) {
        let inner = Rc::downgrade(self);
        self.share.set(&self.element, value, move || {
            let Some(inner) = inner.upgrade() else { return };
            let Some(parts) = inner.share.read() else { return };
            inner.face.reset();
            inner.apply_all();
            let is_stated = inner.face.state().own_workload.with_untracked(Option::is_some);
            if !is_stated && !parts.iter().any(|(name, _)| name == "workload") {
                SharedWorkload::change(Workload::default());
            }
            inner.follow(parts);
        });
        self.face.state().is_shared.set(self.share.is_on());
        self.follow(self.share.read().unwrap_or_default());
    }

    fn follow(&self, parts: Vec<(String, String)>) {
        for (name, value) in parts {
            share::follow(&*self.face, &name, &value);
        }
    }

    fn apply(&self, name: &str, value: Option<&str>) {
        let state = self.face.state();
        let text = value.unwrap_or_default().trim();
        match name {
            "model" => {
                state.trail.update(Vec::clear);
                state.models.set(vec![text.to_owned()]);
            }
            "models" => state.models.set(share::listed(value)),
            "workload" => {
                let stated = Some(text).filter(|text| !text.is_empty()).map(Workload::parse);
                if let Some((_, problems)) = &stated {
                    for problem in problems {
                        library::warn(&problem.words());
                    }
                }
                state.own_workload.set(stated.map(|(workload, _)| workload));
            }
            "lang" => state.language.set(language_of(&self.element)),
            _ => self.face.apply(name, value),
        }
    }

    /// Loads the catalog, in place of any load under way.
    fn load(self: &Rc<Self>) {
        let generation = self.generation.get() + 1;
        self.generation.set(generation);
        self.face.state().library.set(LibraryState::Loading);
        let object = self.object.borrow().clone();
        let inputs = object.map_or_else(
            || {
                let listed = self.element.get_attribute("catalog");
                library::urls(listed.as_deref(), &self.script_catalog)
            },
            |object| vec![Input::Object(object)],
        );
        let inner = Rc::downgrade(self);
        let begins = self.face.begins();
        spawn_local(async move {
            let tell = |state: LibraryState| {
                if let Some(inner) =
                    inner.upgrade().filter(|inner| inner.generation.get() == generation)
                {
                    inner.face.state().library.set(state);
                }
            };
            if begins
                && let [Input::Url(url)] = inputs.as_slice()
                && let Some(first) = library::begun(url.clone()).await
                // The author, or a link, may have asked for others meanwhile.
                && inner.upgrade().is_some_and(|inner| inner.face.begins())
            {
                tell(LibraryState::Begun(first));
                frame().await;
            }
            tell(match library::of(inputs).await {
                Ok(library) => LibraryState::Ready(library),
                Err(failure) => LibraryState::Failed(failure),
            });
        });
        let inner = Rc::downgrade(self);
        spawn_local(async move {
            sleep(3_000.0).await;
            if let Some(inner) =
                inner.upgrade().filter(|inner| inner.generation.get() == generation)
            {
                // Told only where it is so: an update alone would draw it all again.
                let loading = |library: &LibraryState| matches!(library, LibraryState::Loading);
                let library = &inner.face.state().library;
                if library.with_untracked(loading) {
                    library.set(LibraryState::Slow);
                }
            }
        });
    }

    /// Runs whenever there is something else to draw: shows or hides the
    /// author's fallback, and tells the page.
    fn settle(self: &Rc<Self>, frame: &HtmlElement, slot: &HtmlElement) {
        let state = self.face.state();
        if state.retries.get() > 0 {
            state.retries.set(0);
            self.load();
            return;
        }
        let outcome = self.face.outcome();
        // Nothing useful can be done where an attribute cannot be set.
        let _ = frame.set_attribute("aria-busy", if outcome.is_none() { "true" } else { "false" });
        let Some(event) = outcome else {
            slot.set_hidden(matches!(state.library.get(), LibraryState::Begun(_)));
            return;
        };
        slot.set_hidden(matches!(event, Event::Ready { .. }));
        let face = self.face.clone();
        let focus = state.takes_focus.take();
        let frame = frame.clone();
        spawn_local(async move {
            // After the views have been drawn.
            Executor::tick().await;
            if focus {
                take_focus(&frame);
            }
            face.drawn(&frame);
            (face.state().emit)(event);
        });
    }
}

/// Moves the focus to the name of what the reader has opened, or to the way out of
/// a fault: what had it before is no longer there.
fn take_focus(frame: &HtmlElement) {
    let find = |what: &str| frame.query_selector(what).ok().flatten();
    let target = find("[part~=name]").or_else(|| find(".back, [part~=fault] button"));
    if let Some(target) = target.and_then(|target| target.dyn_into::<HtmlElement>().ok()) {
        // Where it cannot be focused, the reader still sees what was opened.
        let _ = target.focus();
    }
}

/// The language of the nearest `lang`, across shadow roots; else the page's.
fn language_of(element: &Element) -> Language {
    let mut next = Some(element.clone());
    while let Some(element) = next {
        if let Ok(Some(near)) = element.closest("[lang]")
            && let Some(tag) = near.get_attribute("lang").filter(|tag| !tag.trim().is_empty())
        {
            return Language::of(tag.trim());
        }
        next =
            element.get_root_node().dyn_into::<web_sys::ShadowRoot>().ok().map(|root| root.host());
    }
    let page = web_sys::window().and_then(|window| window.navigator().language());
    Language::of(page.as_deref().unwrap_or("en"))
}

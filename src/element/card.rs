//! The handle of `<model-card>`.

use std::any::Any;
use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::sync::Arc;

use any_spawner::Executor;
use reactive_graph::effect::Effect;
use reactive_graph::graph::untrack;
use reactive_graph::owner::Owner;
use reactive_graph::prelude::*;
use send_wrapper::SendWrapper;
use wasm_bindgen::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::{Element, HtmlElement};

use super::event::dispatch;
use crate::cost::Workload;
use crate::platform::fetch::sleep;
use crate::platform::intl::Language;
use crate::platform::library::Input;
use crate::platform::theme::{self, Watch};
use crate::platform::{library, style, visible};
use crate::state::{CardState, Event, LibraryState, Listed, Section, Shown};
use crate::view;

/// One `<model-card>` on the page. All methods take `&self`: the page's scripts
/// may call in again while an event of ours is being handled.
#[wasm_bindgen]
pub struct CardHandle {
    inner: Rc<Inner>,
    mounted: RefCell<Option<Box<dyn Any>>>,
    theme: Watch,
}

struct Inner {
    element: HtmlElement,
    state: CardState,
    script_catalog: String,
    /// A catalog given as an object takes the place of URLs.
    object: RefCell<Option<JsValue>>,
    /// Counts loads, so that a late one does not overwrite a newer one.
    generation: Cell<u32>,
    /// Waits for the endpoints to come into view, where they are listed apart.
    endpoints_seen: RefCell<Option<visible::Watch>>,
}

#[wasm_bindgen]
impl CardHandle {
    /// Mounts a card: the custom element, the box that holds its place, the slot
    /// with the author's fallback, the node to draw into, the `data-catalog` of
    /// the script tag, and the `catalog` property, where one is set.
    #[wasm_bindgen(constructor)]
    #[allow(clippy::needless_pass_by_value)] // what the page hands over is ours
    pub fn new(
        element: HtmlElement,
        frame: HtmlElement,
        slot: HtmlElement,
        mount: HtmlElement,
        script_catalog: String,
        catalog: JsValue,
    ) -> Self {
        if let Some(root) = element.shadow_root() {
            // Without styles the card is plain, but it reads well.
            let _ = style::adopt(&root);
        }
        let theme = theme::watch(&element, &frame);
        let target = SendWrapper::new(element.clone());
        let emit = Arc::new(move |event: Event| dispatch(&target, &event));
        let state = CardState::new(emit, language_of(&element));
        let inner = Rc::new(Inner {
            element: element.clone(),
            state: state.clone(),
            script_catalog,
            object: RefCell::new(Some(catalog).filter(wasm_bindgen::JsValue::is_object)),
            generation: Cell::new(0),
            endpoints_seen: RefCell::default(),
        });
        for name in ["model", "sections", "workload"] {
            inner.apply(name, element.get_attribute(name).as_deref());
        }
        inner.load();

        let watched = inner.clone();
        let shown = SendWrapper::new((frame, slot));
        // Set already by the second card and those after it.
        let _ = Executor::init_wasm_bindgen();
        let owner = Owner::new();
        let drawn = owner.with(|| {
            Effect::new(move || watched.settle(&shown.0, &shown.1));
            view::draw(&mount, view::card(state))
        });
        Self { inner, mounted: RefCell::new(Some(Box::new((drawn, owner)))), theme }
    }

    /// An attribute was set to a value, or removed.
    #[allow(clippy::needless_pass_by_value)] // wasm-bindgen's form of an optional text
    pub fn set_attribute(&self, name: &str, value: Option<String>) {
        self.inner.apply(name, value.as_deref());
        match name {
            "catalog" => {
                self.inner.object.take();
                self.inner.load();
            }
            "theme" => self.theme.update(),
            _ => {}
        }
    }

    /// The property `catalog` was set to an object.
    pub fn set_catalog(&self, catalog: JsValue) {
        self.inner.object.replace(Some(catalog));
        self.inner.load();
    }

    /// The value of a property that the reader can change; `undefined` for others.
    pub fn property(&self, name: &str) -> Option<String> {
        match name {
            "model" => Some(untrack(|| self.inner.state.current())),
            "workload" => Some(untrack(|| self.inner.state.workload()).to_string()),
            _ => None,
        }
    }

    /// Takes the card off the page.
    pub fn unmount(self) {
        self.inner.generation.set(self.inner.generation.get() + 1);
        self.inner.endpoints_seen.take();
        self.mounted.take();
    }
}

impl Inner {
    fn apply(&self, name: &str, value: Option<&str>) {
        match name {
            "model" => {
                self.state.trail.update(Vec::clear);
                self.state.model.set(value.unwrap_or_default().trim().to_owned());
            }
            "sections" => {
                let unknown = |name: &str| {
                    let text = format!("modelcard: there is no section \"{name}\"; it is ignored");
                    web_sys::console::warn_1(&text.into());
                };
                self.state.sections.set(Section::list(value, unknown));
            }
            "workload" => {
                let stated = value.filter(|value| !value.trim().is_empty()).map(Workload::parse);
                for problem in stated.iter().flat_map(|(_, problems)| problems) {
                    web_sys::console::warn_1(&format!("modelcard: {problem}").into());
                }
                self.state.own_workload.set(stated.map(|(workload, _)| workload));
            }
            "lang" => self.state.language.set(language_of(&self.element)),
            _ => {}
        }
    }

    /// Loads the catalog, in place of any load under way.
    fn load(self: &Rc<Self>) {
        let generation = self.generation.get() + 1;
        self.generation.set(generation);
        self.state.library.set(LibraryState::Loading);
        let object = self.object.borrow().clone();
        let urls =
            library::urls(self.element.get_attribute("catalog").as_deref(), &self.script_catalog);
        let inner = Rc::downgrade(self);
        spawn_local(async move {
            let loaded = match object {
                Some(object) => library::of_inputs(vec![Input::Object(object)]).await,
                None => library::of_urls(urls).await,
            };
            if let Some(inner) =
                inner.upgrade().filter(|inner| inner.generation.get() == generation)
            {
                inner.state.library.set(match loaded {
                    Ok(library) => LibraryState::Ready(library),
                    Err(failure) => LibraryState::Failed(failure),
                });
            }
        });
        let inner = Rc::downgrade(self);
        spawn_local(async move {
            sleep(3_000.0).await;
            if let Some(inner) =
                inner.upgrade().filter(|inner| inner.generation.get() == generation)
            {
                // Told only where it is so: an update alone would draw the card again.
                let loading = |library: &LibraryState| matches!(library, LibraryState::Loading);
                if inner.state.library.with_untracked(loading) {
                    inner.state.library.set(LibraryState::Slow);
                }
            }
        });
    }

    /// Runs whenever there is something else to draw: shows or hides the
    /// author's fallback, and tells the page.
    fn settle(self: &Rc<Self>, frame: &HtmlElement, slot: &HtmlElement) {
        if self.state.retries.get() > 0 {
            self.state.retries.set(0);
            self.load();
            return;
        }
        let (event, busy) = match self.state.shown() {
            Shown::Loading { .. } => (None, true),
            Shown::Model { library, index, .. } => {
                let model = library.catalog.models.get(index).map(|model| model.id.clone());
                (Some(Event::Ready { model: model.unwrap_or_default(), library }), false)
            }
            Shown::UnknownModel { wanted, .. } => {
                let message = if wanted.is_empty() {
                    "No model is named. Set the attribute model to a model's id.".to_owned()
                } else {
                    format!("The catalog has no model \"{wanted}\".")
                };
                let event =
                    Event::Error { code: "model-unknown", message, url: None, retryable: false };
                (Some(event), false)
            }
            Shown::Failed(failure) => {
                let event = Event::Error {
                    code: failure.code(),
                    message: failure.to_string(),
                    url: failure.url.clone(),
                    retryable: failure.retryable(),
                };
                (Some(event), false)
            }
        };
        // Nothing useful can be done where an attribute cannot be set.
        let _ = frame.set_attribute("aria-busy", if busy { "true" } else { "false" });
        let Some(event) = event else { return };
        slot.set_hidden(matches!(event, Event::Ready { .. }));
        let inner = self.clone();
        let focus = self.state.takes_focus.take();
        let frame = frame.clone();
        spawn_local(async move {
            // After the views have been drawn.
            Executor::tick().await;
            if focus {
                take_focus(&frame);
            }
            inner.watch_endpoints(&frame);
            (inner.state.emit)(event);
        });
    }

    /// Where a gateway lists a model's endpoints apart from its models, asks for
    /// them once they come into view.
    fn watch_endpoints(self: &Rc<Self>, frame: &HtmlElement) {
        self.endpoints_seen.take();
        let Some((model, address)) = self.state.unlisted() else { return };
        let Ok(Some(section)) = frame.query_selector("[part~=endpoints]") else { return };
        let inner = Rc::downgrade(self);
        let watch = visible::Watch::new(&section, move || {
            let Some(inner) = inner.upgrade() else { return };
            // Seen once is enough; dropped later, as this runs inside of it.
            if inner.state.unlisted().is_none() {
                return;
            }
            let listed = inner.state.listed.clone();
            let model = model.clone();
            listed.set(Some(Listed { model: model.clone(), library: LibraryState::Loading }));
            let address = address.clone();
            spawn_local(async move {
                let library = match library::of_urls(vec![address]).await {
                    Ok(library) => LibraryState::Ready(library),
                    Err(failure) => LibraryState::Failed(failure),
                };
                // The reader may have gone on to another model meanwhile.
                let wanted = |listed: &Option<Listed>| {
                    listed.as_ref().is_some_and(|listed| listed.model == model)
                };
                if listed.with_untracked(wanted) {
                    listed.set(Some(Listed { model, library }));
                }
            });
        });
        self.endpoints_seen.replace(watch);
    }
}

/// Moves the focus to the name of the model that the reader has opened, or to the
/// way out of a fault: what had it before is no longer there.
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

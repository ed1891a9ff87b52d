//! Whether the page around a card is dark, and what lies behind the card.
//!
//! Sites switch themes in a dozen ways (classes, data attributes, media
//! queries). All of them change the colours that a card inherits, so those are
//! what is looked at: light text means a dark page.

use std::cell::{Cell, RefCell};
use std::rc::{Rc, Weak};

use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement, MutationObserver, ShadowRoot};

use super::object::fields;
use crate::catalog::Gather;

/// Keeps one card in step with the colours of its page, until dropped.
pub struct Watch(Rc<Card>);

struct Card {
    host: HtmlElement,
    frame: HtmlElement,
}

thread_local! {
    static LOOKING: Cell<bool> = const { Cell::new(false) };
    static CARDS: RefCell<Vec<Weak<Card>>> = const { RefCell::new(Vec::new()) };
}

/// Marks the frame with `data-scheme` (`light` or `dark`) and the colour behind
/// it, now and whenever the page changes its theme.
pub fn watch(host: &HtmlElement, frame: &HtmlElement) -> Watch {
    let card = Rc::new(Card { host: host.clone(), frame: frame.clone() });
    card.update();
    let first = CARDS.with_borrow_mut(|cards| {
        cards.retain(|card| card.strong_count() > 0);
        cards.push(Rc::downgrade(&card));
        cards.len() == 1
    });
    if first {
        // One observer for all cards of the page, made once.
        thread_local!(static OBSERVING: RefCell<bool> = const { RefCell::new(false) });
        if !OBSERVING.replace(true) {
            // A page without a root element has no theme to follow.
            let _ = observe();
        }
    }
    Watch(card)
}

fn update_all() {
    let cards: Vec<_> = CARDS.with_borrow(|cards| cards.iter().filter_map(Weak::upgrade).gather());
    for card in &cards {
        card.update();
    }
}

fn observe() -> Option<()> {
    let window = web_sys::window()?;
    let document = window.document()?;
    let changed = Closure::<dyn Fn()>::new(|| {
        // Pages write attributes of their root while they scroll: one look for
        // many of them, and late enough for a transition of colours to end.
        if LOOKING.replace(true) {
            return;
        }
        update_all();
        let later = Closure::once_into_js(|| {
            LOOKING.set(false);
            update_all();
        });
        if let (Some(window), Some(later)) = (web_sys::window(), later.dyn_ref()) {
            let _ = window.set_timeout_with_callback_and_timeout_and_arguments_0(later, 400);
        }
    });
    let callback = changed.as_ref().unchecked_ref();
    let observer = MutationObserver::new(callback).ok()?;
    let init = fields().with("attributes", true).options();
    let init = init.unchecked_ref();
    observer.observe_with_options(document.document_element()?.as_ref(), init).ok()?;
    if let Some(body) = document.body() {
        observer.observe_with_options(&body, init).ok()?;
    }
    if let Ok(Some(query)) = window.match_media("(prefers-color-scheme: dark)") {
        let _ = query.add_event_listener_with_callback("change", callback);
    }
    // Both live as long as the page.
    changed.forget();
    Some(())
}

impl Watch {
    /// Looks again, after the element's `theme` attribute has changed.
    pub fn update(&self) {
        self.0.update();
    }
}

impl Card {
    fn update(&self) {
        let Some(window) = web_sys::window() else { return };
        let Ok(Some(style)) = window.get_computed_style(&self.host) else { return };
        let by_page =
            || style.get_property_value("color").is_ok_and(|color| luminance(&color) > 0.5);
        // With a theme of its own the card brings its own background, else it
        // lies on the page's.
        let (dark, background) = match self.host.get_attribute("theme").as_deref() {
            Some("dark") => (true, Some("#14161a".to_owned())),
            Some("light") => (false, Some("#fff".to_owned())),
            _ => (by_page(), background_of(&self.host)),
        };
        let background = background.unwrap_or_else(|| "Canvas".to_owned());
        let _ = self.frame.set_attribute("data-scheme", if dark { "dark" } else { "light" });
        let _ = self.frame.style().set_property("--_behind", &background);
    }
}

/// The first background colour behind an element that is not transparent.
fn background_of(element: &Element) -> Option<String> {
    let window = web_sys::window()?;
    let mut next = Some(element.clone());
    while let Some(element) = next {
        let color = window
            .get_computed_style(&element)
            .ok()??
            .get_property_value("background-color")
            .ok()?;
        if color != "transparent" && !color.ends_with(", 0)") && !color.ends_with("/ 0)") {
            return Some(color);
        }
        next = element
            .parent_element()
            .or_else(|| Some(element.get_root_node().dyn_into::<ShadowRoot>().ok()?.host()));
    }
    None
}

/// A rough perceived lightness (0–1) of a computed colour. Browsers serialise
/// sRGB colours as `rgb(r, g, b)`; other notations give their lightness first
/// (`oklch(0.9 …)`, `lab(90 …)`) or channels from 0 to 1 (`color(srgb 1 1 1)`).
fn luminance(color: &str) -> f64 {
    let numbers: Vec<f64> = color
        .split(|c: char| !(c.is_ascii_digit() || c == '.'))
        .map(js_sys::parse_float)
        .filter(|number| !number.is_nan())
        .gather();
    match numbers.as_slice() {
        [r, g, b, ..] if color.starts_with("rgb") => (0.299 * r + 0.587 * g + 0.114 * b) / 255.0,
        [r, g, b, ..] if color.starts_with("color(") => 0.299 * r + 0.587 * g + 0.114 * b,
        [lightness, ..] if *lightness > 1.0 => lightness / 100.0,
        [lightness, ..] => *lightness,
        [] => 0.0,
    }
}

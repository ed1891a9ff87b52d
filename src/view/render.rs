//! Draws nodes, and draws them again in place: what stays the same keeps its
//! element, and with it the focus, the caret and what a reader has unfolded.

use std::cell::RefCell;
use std::mem::take;
use std::rc::Rc;

use js_sys::Reflect;
use reactive_graph::effect::RenderEffect;
use tachys::renderer::{CastFrom, Rndr, types};
use wasm_bindgen::prelude::*;

use super::node::{Element, Kind, Listener, Node};
use crate::catalog::Gather;

const SVG: &str = "http://www.w3.org/2000/svg";

/// Something drawn into an element; dropping it takes it away again.
pub struct Drawn(State);

/// Draws a node at the end of an element.
pub fn draw(parent: &types::Element, node: Node) -> Drawn {
    let state = node.build();
    state.mount(parent, None);
    Drawn(state)
}

impl Drop for Drawn {
    fn drop(&mut self) {
        self.0.unmount();
    }
}

/// A node as it was drawn.
enum State {
    Text(types::Text, String),
    Element(Box<ElementState>),
    Fragment(FragmentState),
    Live(RenderEffect<FragmentState>),
}

struct ElementState {
    element: types::Element,
    /// What it was drawn from, without its parts and its listener.
    drawn: Element,
    listening: Option<Listening>,
    children: Vec<State>,
}

/// One handler on the page's side for the life of an element; what it does is
/// exchanged when the element is drawn again.
// Not one of tachys', which asks for its thread's name, and for an allocator of its own
// to keep that in: 1.6 KB of brotli.
struct Listening {
    element: types::Element,
    event: &'static str,
    heard: Rc<RefCell<Listener>>,
    handler: Closure<dyn Fn(types::Event)>,
}

impl Drop for Listening {
    /// An event that was on its way finds nobody.
    fn drop(&mut self) {
        let handler = self.handler.as_ref().unchecked_ref();
        let _ = self.element.remove_event_listener_with_callback(self.event, handler);
    }
}

/// Parts in a row, and the mark behind them that keeps their place.
struct FragmentState {
    parts: Vec<State>,
    end: types::Placeholder,
}

fn build(kind: Kind) -> State {
    match kind {
        Kind::Text(text) => State::Text(Rndr::create_text_node(&text), text),
        Kind::Element(element) => State::Element(Box::new(ElementState::new(element))),
        Kind::Fragment(nodes) => State::Fragment(FragmentState::new(nodes)),
        Kind::Live(draw) => State::Live(live(draw, None)),
    }
}

impl Node {
    fn build(self) -> State {
        build(self.kind())
    }

    fn rebuild(self, state: &mut State) {
        match (self.kind(), &mut *state) {
            (Kind::Text(text), State::Text(node, shown)) => {
                if text != *shown {
                    Rndr::set_text(node, &text);
                    *shown = text;
                }
            }
            (Kind::Element(element), State::Element(old)) if old.is_like(&element) => {
                old.rebuild(element);
            }
            (Kind::Fragment(nodes), State::Fragment(old)) => old.rebuild(nodes),
            (Kind::Live(draw), State::Live(old)) => {
                let before = old.take_value();
                *old = live(draw, before);
            }
            (kind, _) => {
                let new = build(kind);
                if let Some(first) = state.first()
                    && let Some(parent) = parent(&first)
                {
                    new.mount(&parent, Some(&first));
                }
                state.unmount();
                *state = new;
            }
        }
    }
}

fn live(draw: Box<dyn Fn() -> Node>, before: Option<FragmentState>) -> RenderEffect<FragmentState> {
    let redraw = move |before: Option<FragmentState>| {
        let nodes = draw().parts();
        match before {
            Some(mut state) => {
                state.rebuild(nodes);
                state
            }
            None => FragmentState::new(nodes),
        }
    };
    RenderEffect::new_with_value(redraw, before)
}

impl State {
    fn mount(&self, parent: &types::Element, before: Option<&types::Node>) {
        match self {
            Self::Text(node, _) => Rndr::insert_node(parent, node, before),
            Self::Element(state) => Rndr::insert_node(parent, &state.element, before),
            Self::Fragment(state) => state.mount(parent, before),
            Self::Live(effect) => {
                effect.with_value_mut(|state| state.mount(parent, before));
            }
        }
    }

    fn unmount(&self) {
        match self {
            Self::Text(node, _) => Rndr::remove(node),
            Self::Element(state) => Rndr::remove(&state.element),
            Self::Fragment(state) => state.unmount(),
            Self::Live(effect) => {
                effect.with_value_mut(|state| state.unmount());
            }
        }
    }

    /// The first of the page's nodes that this stands for.
    fn first(&self) -> Option<types::Node> {
        match self {
            Self::Text(node, _) => Some(AsRef::<types::Node>::as_ref(node).clone()),
            Self::Element(state) => Some(AsRef::<types::Node>::as_ref(&state.element).clone()),
            Self::Fragment(state) => Some(state.first()),
            Self::Live(effect) => effect.with_value_mut(|state| state.first()),
        }
    }
}

fn parent(node: &types::Node) -> Option<types::Element> {
    types::Element::cast_from(Rndr::get_parent(node)?)
}

impl FragmentState {
    fn new(nodes: Vec<Node>) -> Self {
        Self { parts: build_all(nodes), end: Rndr::create_placeholder() }
    }

    fn rebuild(&mut self, nodes: Vec<Node>) {
        let end: &types::Node = self.end.as_ref();
        rebuild_all(nodes, &mut self.parts, &|state| {
            if let Some(parent) = parent(end) {
                state.mount(&parent, Some(end));
            }
        });
    }

    fn mount(&self, parent: &types::Element, before: Option<&types::Node>) {
        Rndr::insert_node(parent, self.end.as_ref(), before);
        for part in &self.parts {
            part.mount(parent, Some(self.end.as_ref()));
        }
    }

    fn unmount(&self) {
        for part in &self.parts {
            part.unmount();
        }
        Rndr::remove(self.end.as_ref());
    }

    fn first(&self) -> types::Node {
        let first = self.parts.first().and_then(State::first);
        first.unwrap_or_else(|| AsRef::<types::Node>::as_ref(&self.end).clone())
    }
}

fn build_all(nodes: Vec<Node>) -> Vec<State> {
    nodes.into_iter().map(Node::build).gather()
}

/// Draws parts again, each in the place of the one before it; `add` puts further
/// ones behind the last.
fn rebuild_all(nodes: Vec<Node>, states: &mut Vec<State>, add: &dyn Fn(&State)) {
    rotate(&nodes, states);
    let surplus = states.split_off(states.len().min(nodes.len()));
    for state in surplus {
        state.unmount();
    }
    let mut nodes = nodes.into_iter();
    for state in states.iter_mut() {
        if let Some(node) = nodes.next() {
            node.rebuild(state);
        }
    }
    for node in nodes {
        let state = node.build();
        add(&state);
        states.push(state);
    }
}

/// The attribute that tells which row of a long table an element is.
const ROW: &str = "data-row";

fn row_of(element: &Element) -> Option<usize> {
    let digits = element.attribute(ROW)?.bytes();
    Some(digits.fold(0, |row, digit| row * 10 + usize::from(digit & 15)))
}

/// Where rows have moved up or down within a long table, lets them keep their elements,
/// and with them the focus: those that are no longer in sight go to the other end.
fn rotate(nodes: &[Node], states: &mut [State]) {
    let Some(first) = nodes.iter().find_map(|node| row_of(node.as_element()?)) else { return };
    // The rows that are drawn: their first place, the number there, and how many they are.
    let (mut start, mut first_drawn, mut count) = (0, 0, 0);
    for (at, state) in states.iter().enumerate() {
        if let State::Element(state) = state
            && let Some(row) = row_of(&state.drawn)
        {
            if count == 0 {
                (start, first_drawn) = (at, row);
            }
            count += 1;
        }
    }
    let Some(drawn) = states.get_mut(start..start + count) else { return };
    let shift = first.abs_diff(first_drawn);
    if shift == 0 || shift >= count {
        return;
    }
    if first > first_drawn {
        // Down: what was above goes below.
        drawn.rotate_left(shift);
        let (kept, moved) = drawn.split_at(count - shift);
        if let Some(last) = kept.last() {
            follow(last, moved);
        }
    } else {
        // Up: what was below goes above.
        drawn.rotate_right(shift);
        let (moved, kept) = drawn.split_at(shift);
        if let Some(before) = kept.first().and_then(State::first)
            && let Some(parent) = parent(&before)
        {
            for state in moved {
                state.mount(&parent, Some(&before));
            }
        }
    }
}

/// Puts elements behind one that stays.
fn follow(last: &State, moved: &[State]) {
    let Some(last) = last.first() else { return };
    let Some(parent) = parent(&last) else { return };
    let next = Rndr::next_sibling(&last);
    for state in moved {
        state.mount(&parent, next.as_ref());
    }
}

impl ElementState {
    fn new(mut drawn: Element) -> Self {
        let namespace = matches!(drawn.tag, "svg" | "path").then_some(SVG);
        let element = Rndr::create_element(drawn.tag, namespace);
        if !drawn.class.is_empty() {
            Rndr::set_attribute(&element, "class", drawn.class);
        }
        let children = build_all(take(&mut drawn.children));
        for child in &children {
            child.mount(&element, None);
        }
        // After the children: a list of choices shows one of them.
        for (name, value) in &drawn.attributes {
            set(&element, name, value);
        }
        let listening = drawn.listener.take();
        let listening = listening.map(|(event, listener)| listen(&element, event, listener));
        Self { element, drawn, listening, children }
    }

    /// Whether this can become that element in place.
    fn is_like(&self, new: &Element) -> bool {
        let event = self.listening.as_ref().map(|listening| listening.event);
        self.drawn.tag == new.tag && event == new.listener.as_ref().map(|(event, _)| *event)
    }

    fn rebuild(&mut self, mut new: Element) {
        let element = &self.element;
        let old = &self.drawn;
        if new.class != old.class {
            Rndr::set_attribute(element, "class", new.class);
        }
        for (name, _) in &old.attributes {
            if new.attribute(name).is_none() {
                Rndr::remove_attribute(element, name);
            }
        }
        let children = take(&mut new.children);
        rebuild_all(children, &mut self.children, &|state| state.mount(element, None));
        for (name, value) in &new.attributes {
            if old.attribute(name) != Some(value) {
                set(element, name, value);
            }
        }
        if let (Some(listening), Some((_, listener))) = (&self.listening, new.listener.take()) {
            listening.heard.replace(listener);
        }
        self.drawn = new;
    }
}

/// A property of a value of the page; of one that has none, undefined.
#[inline(never)]
fn property(of: &JsValue, name: &str) -> JsValue {
    Reflect::get(of, &name.into()).unwrap_or_default()
}

/// How many pixels are scrolled away above, in the element that an event came from.
pub fn scrolled_of(event: &types::Event) -> f64 {
    property(&property(event, "target"), "scrollTop").as_f64().unwrap_or_default()
}

/// The key of an event of the keyboard, such as `ArrowDown`.
pub fn key_of(event: &types::Event) -> String {
    property(event, "key").as_string().unwrap_or_default()
}

/// Keeps the browser from doing what it does on an event.
pub fn prevent(event: &types::Event) {
    let prevent = property(event, "preventDefault");
    if let Some(prevent) = prevent.dyn_ref::<js_sys::Function>() {
        // It does not fail.
        let _ = prevent.call0(event);
    }
}

/// What the field holds that an event came from.
fn value_of(event: &types::Event) -> String {
    property(&property(event, "target"), "value").as_string().unwrap_or_default()
}

fn set(element: &types::Element, name: &str, value: &str) {
    if let Some(property) = name.strip_prefix('.') {
        Rndr::set_property(element, property, &value.into());
    } else if name.starts_with("--") {
        // Through the object model, which no content security policy forbids.
        Rndr::set_css_property(&Rndr::style(element), name, value);
    } else {
        Rndr::set_attribute(element, name, value);
    }
}

fn listen(element: &types::Element, event: &'static str, listener: Listener) -> Listening {
    let heard = Rc::new(RefCell::new(listener));
    let current = heard.clone();
    // Not of `FnMut`: what is done may make the page fire the event again.
    let handler = Closure::<dyn Fn(types::Event)>::new(move |event| {
        // Taken out first: what is done may draw this element again.
        let listener = current.borrow().clone();
        match listener {
            Listener::Pressed(press) => press(),
            Listener::Changed(change) => change(value_of(&event)),
            Listener::Heard(hear) => hear(event),
        }
    });
    let _ = element.add_event_listener_with_callback(event, handler.as_ref().unchecked_ref());
    Listening { element: element.clone(), event, heard, handler }
}

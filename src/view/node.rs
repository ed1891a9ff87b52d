//! The few kinds of nodes that every section is made of.
//!
//! Leptos's own views are types of their own, one for each shape of markup, and
//! the compiler writes a renderer for each: most of the module, when this card
//! was written with them. Here all markup is one type, drawn by one renderer (see
//! `render`), and Leptos's signals and effects decide when. Nothing in it knows
//! HTML text: `require-trusted-types-for 'script'` has nothing to forbid.

use std::borrow::Cow;
use std::rc::Rc;

use tachys::renderer::types::Event;

use crate::catalog::Words;

/// A part of a card, to be drawn. One pointer: the sections would spend more code on
/// moving larger values than on saying what to draw.
#[must_use = "a node that is not put anywhere is not drawn"]
pub struct Node(Box<Kind>);

/// The kinds of parts.
pub enum Kind {
    /// Text.
    Text(String),
    /// An element.
    Element(Element),
    /// Parts in a row; none is nothing.
    Fragment(Vec<Node>),
    /// Parts that are drawn again whenever a signal they read changes.
    Live(Box<dyn Fn() -> Node>),
}

/// An element, to be drawn.
#[derive(Default)]
pub struct Element {
    /// Its name.
    pub tag: &'static str,
    /// The class; none where blank.
    pub class: &'static str,
    /// The other attributes. Most elements have none.
    pub attributes: Vec<(&'static str, Cow<'static, str>)>,
    /// The event it listens to, and what is done then.
    pub listener: Option<(&'static str, Listener)>,
    /// What it holds.
    pub children: Vec<Node>,
}

impl Element {
    /// The value of an attribute other than the class.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }
}

/// What is done when an event is heard.
#[derive(Clone)]
pub enum Listener {
    /// Whatever the event says.
    Pressed(Rc<dyn Fn()>),
    /// With what the field holds that it came from.
    Changed(Rc<dyn Fn(String)>),
    /// With the event.
    Heard(Rc<dyn Fn(Event)>),
}

/// The name under which the property `value` of a field is kept among its
/// attributes: once someone has typed, a field no longer shows its attribute.
pub const SHOWN: &str = ".value";

/// An element that holds nothing yet. Its shape is its name, its classes behind a dot, and
/// the attributes that are always the same, each behind a bar:
/// `h2.title name|part=title|tabindex=-1`. In one text, since a module says each text by
/// an address and a length, and a card has hundreds of elements.
#[inline(never)]
pub fn el(shape: &'static str) -> Node {
    let mut parts = shape.split('|');
    let name = parts.next().unwrap_or_default();
    let (tag, class) = name.split_once('.').unwrap_or((name, ""));
    let mut attributes = Vec::new();
    for part in parts {
        let (name, value) = part.split_once('=').unwrap_or((part, ""));
        attributes.push((name, Cow::Borrowed(value)));
    }
    Node::new(Kind::Element(Element { tag, class, attributes, ..Element::default() }))
}

// Kept out of line, one for each kind of value, since a card sets attributes and adds
// parts in hundreds of places. Each takes the node and gives it back: it stays in a
// register. Where a node is no element, attributes and listeners have no place in it.
#[allow(clippy::return_self_not_must_use)] // all nodes must be used
impl Node {
    #[inline(never)]
    pub(super) fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    fn element(&mut self) -> Option<&mut Element> {
        match &mut *self.0 {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// The element that this is, where it is one.
    pub fn as_element(&self) -> Option<&Element> {
        match &*self.0 {
            Kind::Element(element) => Some(element),
            _ => None,
        }
    }

    /// What kind of part this is.
    pub fn kind(self) -> Kind {
        *self.0
    }

    /// The parts in a row that this is.
    pub fn parts(self) -> Vec<Self> {
        match *self.0 {
            Kind::Fragment(parts) => parts,
            kind => vec![Self::new(kind)],
        }
    }

    /// One more attribute.
    pub fn set(self, name: &'static str, value: impl AttributeValue) -> Self {
        value.set_in(self, name)
    }

    /// What a field shows.
    pub fn shows(self, value: impl AttributeValue) -> Self {
        value.set_in(self, SHOWN)
    }

    #[inline(never)]
    fn with_attribute(mut self, name: &'static str, value: Cow<'static, str>) -> Self {
        if let Some(element) = self.element() {
            element.attributes.push((name, value));
        }
        self
    }

    #[inline(never)]
    fn with_words(self, name: &'static str, value: &'static str) -> Self {
        self.with_attribute(name, Cow::Borrowed(value))
    }

    #[inline(never)]
    fn with_text(self, name: &'static str, value: String) -> Self {
        self.with_attribute(name, Cow::Owned(value))
    }

    /// The class, in place of the one that it has.
    #[inline(never)]
    pub fn class(mut self, names: &'static str) -> Self {
        if let Some(element) = self.element() {
            element.class = names;
        }
        self
    }

    /// The class, where this holds.
    #[inline(never)]
    pub fn class_if(self, condition: bool, names: &'static str) -> Self {
        if condition { self.class(names) } else { self }
    }

    /// One more part of an element.
    pub fn with(self, part: impl IntoNode) -> Self {
        part.put_in(self)
    }

    #[inline(never)]
    fn push(mut self, part: Self) -> Self {
        match &mut *self.0 {
            Kind::Element(element) => element.children.push(part),
            Kind::Fragment(parts) => parts.push(part),
            Kind::Text(_) | Kind::Live(_) => {}
        }
        self
    }

    /// The parts of an element that has no others.
    #[inline(never)]
    pub fn all(mut self, parts: Vec<Self>) -> Self {
        if let Some(element) = self.element() {
            element.children = parts;
        }
        self
    }

    #[inline(never)]
    fn listening(mut self, event: &'static str, listener: Listener) -> Self {
        if let Some(element) = self.element() {
            element.listener = Some((event, listener));
        }
        self
    }

    /// A button that does something when it is pressed.
    pub fn pressed(self, press: impl Fn() + 'static) -> Self {
        self.presses(Rc::new(press))
    }

    #[inline(never)]
    fn presses(self, press: Rc<dyn Fn()>) -> Self {
        self.set("type", "button").listening("click", Listener::Pressed(press))
    }

    /// An `input` or `select` that says what it holds whenever that changes.
    pub fn changed(self, changed: impl Fn(String) + 'static) -> Self {
        self.changes(Rc::new(changed))
    }

    #[inline(never)]
    fn changes(self, changed: Rc<dyn Fn(String)>) -> Self {
        self.listening("input", Listener::Changed(changed))
    }

    /// An element that hears an event, and those of what it holds.
    pub fn hears(self, event: &'static str, heard: impl Fn(Event) + 'static) -> Self {
        self.listening(event, Listener::Heard(Rc::new(heard)))
    }
}

/// What an attribute can be set to.
pub trait AttributeValue {
    /// Sets it.
    fn set_in(self, node: Node, name: &'static str) -> Node;
}

impl AttributeValue for &'static str {
    fn set_in(self, node: Node, name: &'static str) -> Node {
        node.with_words(name, self)
    }
}

impl AttributeValue for String {
    fn set_in(self, node: Node, name: &'static str) -> Node {
        node.with_text(name, self)
    }
}

impl AttributeValue for Words {
    #[inline(never)]
    fn set_in(self, node: Node, name: &'static str) -> Node {
        node.with_text(name, self.text())
    }
}

/// What can be a part of an element: nodes, and text.
pub trait IntoNode: Sized {
    /// The node.
    fn into_node(self) -> Node;

    /// Puts it into an element, behind what that has.
    fn put_in(self, node: Node) -> Node {
        node.push(self.into_node())
    }
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for String {
    #[inline(never)]
    fn into_node(self) -> Node {
        Node::new(Kind::Text(self))
    }

    #[inline(never)]
    fn put_in(self, node: Node) -> Node {
        node.push(self.into_node())
    }
}

impl IntoNode for Words {
    #[inline(never)]
    fn into_node(self) -> Node {
        self.text().into_node()
    }
}

impl IntoNode for &Words {
    fn into_node(self) -> Node {
        text(self.as_str())
    }
}

impl IntoNode for &str {
    fn into_node(self) -> Node {
        text(self)
    }

    #[inline(never)]
    fn put_in(self, node: Node) -> Node {
        node.push(text(self))
    }
}

impl IntoNode for &String {
    fn into_node(self) -> Node {
        text(self)
    }

    fn put_in(self, node: Node) -> Node {
        self.as_str().put_in(node)
    }
}

/// The value of an attribute that says whether something holds.
pub fn truth(holds: bool) -> &'static str {
    if holds { "true" } else { "false" }
}

/// Nodes that are drawn again whenever a signal they read changes.
pub fn live<N: IntoNode>(draw: impl Fn() -> N + 'static) -> Node {
    Node::new(Kind::Live(Box::new(move || draw().into_node())))
}

/// Parts in a row, among others.
#[inline(never)]
pub fn fragment(parts: Vec<Node>) -> Node {
    Node::new(Kind::Fragment(parts))
}

/// Text.
#[inline(never)]
pub fn text(text: &str) -> Node {
    Node::new(Kind::Text(text.to_owned()))
}

/// Text that only assistive technology reads.
#[inline(never)]
pub fn unseen(text: impl IntoNode) -> Node {
    el("span.unseen").with(text)
}

/// Text from outside, kept from disturbing the text around it.
#[inline(never)]
pub fn isolated(text: impl IntoNode) -> Node {
    el("bdi").with(text)
}

/// Nothing.
#[inline(never)]
pub fn nothing() -> Node {
    fragment(Vec::new())
}

/// A line icon of 16 × 16, drawn in one path; hidden from assistive technology.
#[inline(never)]
pub fn icon(line: &'static str) -> Node {
    el("svg.icon|viewBox=0 0 16 16|aria-hidden=true").with(el("path").set("d", line))
}

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

/// A part of a card, to be drawn. Boxed as a whole: the sections would spend more
/// code on moving larger values than on saying what to draw.
pub struct Node(Box<Kind>);

impl Node {
    #[inline(never)]
    fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    /// The value of an attribute, where this is an element that has it.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        match &*self.0 {
            Kind::Element(element) => element.attributes.get(name),
            _ => None,
        }
    }

    /// What kind of part this is.
    pub fn kind(self) -> Kind {
        *self.0
    }
}

/// The kinds of parts.
pub enum Kind {
    /// Text.
    Text(String),
    /// An element.
    Element(Element),
    /// Parts in a row; none is nothing.
    Fragment(Vec<Node>),
    /// Parts that are drawn again whenever a signal they read changes.
    Live(Box<dyn Fn() -> Vec<Node>>),
}

/// An element, to be drawn.
pub struct Element {
    /// Its name.
    pub tag: &'static str,
    /// Its attributes.
    pub attributes: Attributes,
    /// The event it listens to, and what is done then.
    pub listener: Option<(&'static str, Listener)>,
    /// What it holds.
    pub children: Vec<Node>,
}

/// What is done when an event is heard.
pub type Listener = Rc<dyn Fn(Event)>;

/// Attributes of an element: its class, and others by name. Most elements have
/// a class and nothing else, which costs no list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    /// The class; none where blank.
    pub class: &'static str,
    /// The others.
    pub others: Vec<(&'static str, Cow<'static, str>)>,
}

/// The name under which the property `value` of a field is kept among its
/// attributes: once someone has typed, a field no longer shows its attribute.
pub const SHOWN: &str = ".value";

/// No attributes.
pub fn plain() -> Attributes {
    Attributes::default()
}

/// The attribute `class`.
pub fn class(names: &'static str) -> Attributes {
    Attributes { class: names, others: Vec::new() }
}

impl Attributes {
    /// One more attribute.
    pub fn set(self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.with(name, value.into())
    }

    /// The value of one of the others.
    pub fn get(&self, name: &str) -> Option<&str> {
        self.others.iter().find(|(known, _)| *known == name).map(|(_, value)| &**value)
    }

    /// What a field shows.
    pub fn shows(self, value: impl Into<Cow<'static, str>>) -> Self {
        self.set(SHOWN, value)
    }

    // Kept out of line, since a card sets attributes in a hundred places.
    #[inline(never)]
    fn with(mut self, name: &'static str, value: Cow<'static, str>) -> Self {
        self.others.push((name, value));
        self
    }

    /// The class, where this holds.
    pub fn class_if(mut self, condition: bool, names: &'static str) -> Self {
        if condition {
            self.class = names;
        }
        self
    }
}

/// What can be a part of an element: nodes, and text.
pub trait IntoNode {
    /// The node.
    fn into_node(self) -> Node;
}

impl IntoNode for Node {
    fn into_node(self) -> Node {
        self
    }
}

impl IntoNode for Vec<Node> {
    fn into_node(self) -> Node {
        Node::new(Kind::Fragment(self))
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        Node::new(Kind::Text(self))
    }
}

impl IntoNode for &str {
    fn into_node(self) -> Node {
        text(self)
    }
}

/// What an element holds: one part, a list of them, or a tuple.
pub trait IntoNodes {
    /// The parts, in order.
    fn into_nodes(self) -> Vec<Node>;
}

impl IntoNodes for Node {
    fn into_nodes(self) -> Vec<Node> {
        vec![self]
    }
}

impl IntoNodes for Vec<Node> {
    fn into_nodes(self) -> Vec<Node> {
        self
    }
}

impl IntoNodes for String {
    fn into_nodes(self) -> Vec<Node> {
        vec![self.into_node()]
    }
}

impl IntoNodes for &str {
    fn into_nodes(self) -> Vec<Node> {
        vec![text(self)]
    }
}

impl IntoNodes for () {
    fn into_nodes(self) -> Vec<Node> {
        Vec::new()
    }
}

macro_rules! tuple_of_nodes {
    ($($name:ident)+) => {
        impl<$($name: IntoNode),+> IntoNodes for ($($name,)+) {
            #[inline(never)]
            fn into_nodes(self) -> Vec<Node> {
                #[allow(non_snake_case)] // each part is named after its type
                let ($($name,)+) = self;
                vec![$($name.into_node()),+]
            }
        }
    };
}
tuple_of_nodes!(A B);
tuple_of_nodes!(A B C);
tuple_of_nodes!(A B C D);
tuple_of_nodes!(A B C D E);

/// An element.
pub fn el(tag: &'static str, attributes: Attributes, children: impl IntoNodes) -> Node {
    element(tag, attributes, None, children.into_nodes())
}

#[inline(never)]
fn element(
    tag: &'static str,
    attributes: Attributes,
    listener: Option<(&'static str, Listener)>,
    children: Vec<Node>,
) -> Node {
    Node::new(Kind::Element(Element { tag, attributes, listener, children }))
}

/// A button that does something when it is pressed.
pub fn button(
    attributes: Attributes,
    children: impl IntoNodes,
    press: impl Fn() + 'static,
) -> Node {
    let pressed: Listener = Rc::new(move |_| press());
    let attributes = attributes.set("type", "button");
    element("button", attributes, Some(("click", pressed)), children.into_nodes())
}

/// An `input` or `select` that says what it holds whenever that changes.
pub fn field(
    tag: &'static str,
    attributes: Attributes,
    children: impl IntoNodes,
    changed: impl Fn(String) + 'static,
) -> Node {
    let heard: Listener = Rc::new(move |event| changed(super::render::value_of(&event)));
    element(tag, attributes, Some(("input", heard)), children.into_nodes())
}

/// An element that hears an event, and those of what it holds.
pub fn hearing(
    tag: &'static str,
    attributes: Attributes,
    event: &'static str,
    children: impl IntoNodes,
    heard: impl Fn(Event) + 'static,
) -> Node {
    element(tag, attributes, Some((event, Rc::new(heard))), children.into_nodes())
}

/// Nodes that are drawn again whenever a signal they read changes.
pub fn live<N: IntoNodes>(draw: impl Fn() -> N + 'static) -> Node {
    Node::new(Kind::Live(Box::new(move || draw().into_nodes())))
}

/// Text.
#[inline(never)]
pub fn text(text: &str) -> Node {
    Node::new(Kind::Text(text.to_owned()))
}

/// Text that only assistive technology reads.
pub fn unseen(text: impl Into<String>) -> Node {
    element("span", class("unseen"), None, vec![text.into().into_node()])
}

/// Text from outside, kept from disturbing the text around it.
pub fn isolated(text: impl Into<String>) -> Node {
    element("bdi", plain(), None, vec![text.into().into_node()])
}

/// Nothing.
#[inline(never)]
pub fn nothing() -> Node {
    Node::new(Kind::Fragment(Vec::new()))
}

/// A drawing of these shapes.
pub fn drawing(attributes: Attributes, shapes: Vec<Node>) -> Node {
    element("svg", attributes, None, shapes)
}

/// A path of a drawing.
pub fn path(attributes: Attributes) -> Node {
    element("path", attributes, None, Vec::new())
}

/// A line icon of 16 × 16, drawn in one path; hidden from assistive technology.
pub fn icon(line: &'static str) -> Node {
    drawing(
        class("icon").set("viewBox", "0 0 16 16").set("aria-hidden", "true"),
        vec![path(plain().set("d", line))],
    )
}

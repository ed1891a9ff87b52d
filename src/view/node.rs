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

/// A part of a card, to be drawn. One pointer: the sections would spend more code on
/// moving larger values than on saying what to draw.
pub struct Node(Box<Kind>);

impl Node {
    #[inline(never)]
    fn new(kind: Kind) -> Self {
        Self(Box::new(kind))
    }

    /// The value of an attribute, where this is an element that has it.
    pub fn attribute(&self, name: &str) -> Option<&str> {
        match &*self.0 {
            Kind::Element(element) => element.attribute(name),
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
}

/// The kinds of parts.
pub enum Kind {
    /// Text.
    Text(String),
    /// An element.
    Element(Box<Element>),
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

    #[inline(never)]
    fn push(&mut self, node: Node) {
        self.children.push(node);
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

/// The attributes of an element that is still to get its name and what it holds. One
/// pointer, like [`Node`], and to what the element becomes.
pub struct Attributes(Box<Element>);

/// The name under which the property `value` of a field is kept among its
/// attributes: once someone has typed, a field no longer shows its attribute.
pub const SHOWN: &str = ".value";

/// No attributes.
#[inline(never)]
pub fn plain() -> Attributes {
    Attributes(Box::default())
}

/// The attribute `class`.
#[inline(never)]
pub fn class(names: &'static str) -> Attributes {
    Attributes(Box::new(Element { class: names, ..Element::default() }))
}

// Kept out of line, one for each kind of value, since a card sets attributes in
// hundreds of places.
impl Attributes {
    /// One more attribute.
    pub fn set(self, name: &'static str, value: impl AttributeValue) -> Self {
        value.set_in(self, name)
    }

    /// What a field shows.
    pub fn shows(self, value: impl AttributeValue) -> Self {
        value.set_in(self, SHOWN)
    }

    #[inline(never)]
    fn with_words(mut self, name: &'static str, value: &'static str) -> Self {
        self.0.attributes.push((name, Cow::Borrowed(value)));
        self
    }

    #[inline(never)]
    fn with_text(mut self, name: &'static str, value: String) -> Self {
        self.0.attributes.push((name, Cow::Owned(value)));
        self
    }

    /// The class, where this holds.
    #[inline(never)]
    pub fn class_if(mut self, condition: bool, names: &'static str) -> Self {
        if condition {
            self.0.class = names;
        }
        self
    }

    fn holding(mut self, children: impl IntoNodes) -> Self {
        children.put_in(&mut self.0);
        self
    }

    #[inline(never)]
    fn named(mut self, tag: &'static str) -> Node {
        self.0.tag = tag;
        Node::new(Kind::Element(self.0))
    }

    #[inline(never)]
    fn listening(mut self, tag: &'static str, event: &'static str, listener: Listener) -> Node {
        self.0.listener = Some((event, listener));
        self.named(tag)
    }
}

/// What an attribute can be set to.
pub trait AttributeValue {
    /// Sets it.
    fn set_in(self, attributes: Attributes, name: &'static str) -> Attributes;
}

impl AttributeValue for &'static str {
    fn set_in(self, attributes: Attributes, name: &'static str) -> Attributes {
        attributes.with_words(name, self)
    }
}

impl AttributeValue for String {
    fn set_in(self, attributes: Attributes, name: &'static str) -> Attributes {
        attributes.with_text(name, self)
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
    #[inline(never)]
    fn into_node(self) -> Node {
        Node::new(Kind::Fragment(self))
    }
}

impl IntoNode for String {
    #[inline(never)]
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
    /// Puts the parts into an element, in order.
    fn put_in(self, element: &mut Element);
}

impl IntoNodes for Node {
    fn put_in(self, element: &mut Element) {
        element.push(self);
    }
}

impl IntoNodes for Vec<Node> {
    #[inline(never)]
    fn put_in(self, element: &mut Element) {
        element.children = self;
    }
}

impl IntoNodes for String {
    fn put_in(self, element: &mut Element) {
        element.push(self.into_node());
    }
}

impl IntoNodes for &str {
    fn put_in(self, element: &mut Element) {
        element.push(text(self));
    }
}

impl IntoNodes for () {
    fn put_in(self, _: &mut Element) {}
}

macro_rules! tuple_of_nodes {
    ($($name:ident)+) => {
        impl<$($name: IntoNode),+> IntoNodes for ($($name,)+) {
            #[inline(always)]
            #[allow(clippy::inline_always)] // a tuple would be written to memory, and read again
            fn put_in(self, element: &mut Element) {
                #[allow(non_snake_case)] // each part is named after its type
                let ($($name,)+) = self;
                $(element.push($name.into_node());)+
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
    attributes.holding(children).named(tag)
}

/// A button that does something when it is pressed.
pub fn button(
    attributes: Attributes,
    children: impl IntoNodes,
    press: impl Fn() + 'static,
) -> Node {
    pressed(attributes.holding(children), Rc::new(press))
}

#[inline(never)]
fn pressed(attributes: Attributes, press: Rc<dyn Fn()>) -> Node {
    let attributes = attributes.set("type", "button");
    attributes.listening("button", "click", Listener::Pressed(press))
}

/// An `input` or `select` that says what it holds whenever that changes.
pub fn field(
    tag: &'static str,
    attributes: Attributes,
    children: impl IntoNodes,
    changed: impl Fn(String) + 'static,
) -> Node {
    let changed = Listener::Changed(Rc::new(changed));
    attributes.holding(children).listening(tag, "input", changed)
}

/// An element that hears an event, and those of what it holds.
pub fn hearing(
    tag: &'static str,
    attributes: Attributes,
    event: &'static str,
    children: impl IntoNodes,
    heard: impl Fn(Event) + 'static,
) -> Node {
    attributes.holding(children).listening(tag, event, Listener::Heard(Rc::new(heard)))
}

/// Nodes that are drawn again whenever a signal they read changes.
pub fn live<N: IntoNode>(draw: impl Fn() -> N + 'static) -> Node {
    Node::new(Kind::Live(Box::new(move || draw().into_node())))
}

/// Text.
#[inline(never)]
pub fn text(text: &str) -> Node {
    Node::new(Kind::Text(text.to_owned()))
}

/// Text that only assistive technology reads.
pub fn unseen(text: impl Into<String>) -> Node {
    el("span", class("unseen"), text.into())
}

/// Text from outside, kept from disturbing the text around it.
pub fn isolated(text: impl Into<String>) -> Node {
    el("bdi", plain(), text.into())
}

/// Nothing.
#[inline(never)]
pub fn nothing() -> Node {
    Node::new(Kind::Fragment(Vec::new()))
}

/// A drawing of these shapes.
pub fn drawing(attributes: Attributes, shapes: Vec<Node>) -> Node {
    el("svg", attributes, shapes)
}

/// A path of a drawing.
pub fn path(attributes: Attributes) -> Node {
    attributes.named("path")
}

/// A line icon of 16 × 16, drawn in one path; hidden from assistive technology.
pub fn icon(line: &'static str) -> Node {
    drawing(
        class("icon").set("viewBox", "0 0 16 16").set("aria-hidden", "true"),
        vec![path(plain().set("d", line))],
    )
}

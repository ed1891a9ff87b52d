//! The few shapes of DOM nodes that every section is made of.
//!
//! All elements go through one function and one attribute type, so that the
//! compiler makes one renderer for them instead of one for each shape of each
//! section. Builder syntax, because `view!` turns static markup into
//! `innerHTML`, which `require-trusted-types-for 'script'` forbids.

use std::borrow::Cow;

use leptos::ev::Event;
use leptos::html::custom;
use leptos::prelude::*;
use leptos::tachys::html::attribute::{Attribute, NextAttribute};
use leptos::tachys::renderer::Rndr;
use leptos::tachys::renderer::types::Element;
use leptos::tachys::view::add_attr::AddAnyAttr;

/// Attributes of an element: its class, and others by name. Most elements have
/// a class and nothing else, which costs no list.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes {
    class: &'static str,
    others: Vec<(&'static str, Cow<'static, str>)>,
}

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

    // Kept out of line, since a card sets attributes in a hundred places.
    #[inline(never)]
    fn with(mut self, name: &'static str, value: Cow<'static, str>) -> Self {
        self.others.push((name, value));
        self
    }

    /// One more attribute, where the condition holds.
    pub fn set_if(self, condition: bool, name: &'static str, value: &'static str) -> Self {
        if condition { self.set(name, value) } else { self }
    }

    /// The class, where this holds.
    pub fn class_if(mut self, condition: bool, names: &'static str) -> Self {
        if condition {
            self.class = names;
        }
        self
    }
}

impl NextAttribute for Attributes {
    type Output<NewAttr: Attribute> = (Self, NewAttr);

    fn add_any_attr<NewAttr: Attribute>(self, new_attr: NewAttr) -> Self::Output<NewAttr> {
        (self, new_attr)
    }
}

impl Attribute for Attributes {
    const MIN_LENGTH: usize = 0;
    type State = (Element, Self);
    type AsyncOutput = Self;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        0
    }

    fn to_html(self, _: &mut String, _: &mut String, _: &mut String, _: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &Element) -> Self::State {
        if !self.class.is_empty() {
            Rndr::set_attribute(element, "class", self.class);
        }
        for (name, value) in &self.others {
            Rndr::set_attribute(element, name, value);
        }
        (element.clone(), self)
    }

    fn rebuild(self, (element, old): &mut Self::State) {
        if self.class != old.class {
            Rndr::set_attribute(element, "class", self.class);
        }
        for (name, _) in &old.others {
            if !self.others.iter().any(|(kept, _)| kept == name) {
                Rndr::remove_attribute(element, name);
            }
        }
        for new in &self.others {
            if !old.others.contains(new) {
                Rndr::set_attribute(element, new.0, &new.1);
            }
        }
        *old = self;
    }

    fn into_cloneable(self) -> Self {
        self
    }

    fn into_cloneable_owned(self) -> Self {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }
}

/// A part of a card, ready to be drawn. Boxed: a view is forty bytes, and the
/// sections would spend more code on moving those than on saying what to draw.
pub struct Node(Box<AnyView>);

impl Node {
    /// The view.
    pub fn into_view(self) -> AnyView {
        *self.0
    }
}

fn node<V: IntoAny>(view: V) -> Node {
    Node(Box::new(view.into_any()))
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
        fragment(self)
    }
}

impl IntoNode for String {
    fn into_node(self) -> Node {
        string(self)
    }
}

impl IntoNode for &str {
    fn into_node(self) -> Node {
        text(self)
    }
}

#[inline(never)]
fn fragment(nodes: Vec<Node>) -> Node {
    node(views(nodes))
}

#[inline(never)]
fn views(nodes: Vec<Node>) -> Vec<AnyView> {
    nodes.into_iter().map(Node::into_view).collect()
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
        vec![string(self)]
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
    element(tag, attributes, children.into_nodes())
}

#[inline(never)]
fn element(tag: &'static str, attributes: Attributes, children: Vec<Node>) -> Node {
    node(custom(tag).add_any_attr(attributes).child(views(children)))
}

/// A button that does something when it is pressed.
pub fn button(
    attributes: Attributes,
    children: impl IntoNodes,
    press: impl Fn() + 'static,
) -> Node {
    listening(
        "button",
        attributes.set("type", "button"),
        "click",
        Box::new(move |_| press()),
        children.into_nodes(),
    )
}

/// An `input` or `select` that says what it holds whenever that changes.
pub fn field(
    tag: &'static str,
    attributes: Attributes,
    children: impl IntoNodes,
    changed: impl Fn(String) + 'static,
) -> Node {
    let heard = Box::new(move |event| changed(event_target_value(&event)));
    listening(tag, attributes, "input", heard, children.into_nodes())
}

fn listening(
    tag: &'static str,
    attributes: Attributes,
    event: &'static str,
    heard: Box<dyn Fn(Event)>,
    children: Vec<Node>,
) -> Node {
    node(
        custom(tag)
            .add_any_attr(attributes)
            .on(leptos::ev::Custom::<Event>::new(event), heard)
            .child(views(children)),
    )
}

/// Nodes that are drawn again whenever a signal they read changes.
pub fn live<N: IntoNodes>(draw: impl Fn() -> N + Send + 'static) -> Node {
    let draw: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || views(draw().into_nodes()));
    node(draw)
}

/// Text.
#[inline(never)]
pub fn text(text: &str) -> Node {
    string(text.to_owned())
}

#[inline(never)]
fn string(text: String) -> Node {
    node(text)
}

/// Text that only assistive technology reads.
pub fn unseen(text: impl Into<String>) -> Node {
    element("span", class("unseen"), vec![string(text.into())])
}

/// Text from outside, kept from disturbing the text around it.
pub fn isolated(text: impl Into<String>) -> Node {
    element("bdi", plain(), vec![string(text.into())])
}

/// Nothing.
#[inline(never)]
pub fn nothing() -> Node {
    node(())
}

/// A drawing of these shapes.
#[inline(never)]
pub fn drawing(attributes: Attributes, shapes: Vec<Node>) -> Node {
    node(leptos::svg::svg().add_any_attr(attributes).child(views(shapes)))
}

/// A path of a drawing.
#[inline(never)]
pub fn path(attributes: Attributes) -> Node {
    node(leptos::svg::path().add_any_attr(attributes))
}

/// A line icon of 16 × 16, drawn in one path; hidden from assistive technology.
pub fn icon(line: &'static str) -> Node {
    drawing(
        class("icon").set("viewBox", "0 0 16 16").set("aria-hidden", "true"),
        vec![path(plain().set("d", line))],
    )
}

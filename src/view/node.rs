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

/// Attributes of an element, by name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Attributes(Vec<(&'static str, Cow<'static, str>)>);

/// No attributes.
pub fn plain() -> Attributes {
    Attributes::default()
}

/// The attribute `class`.
pub fn class(names: &'static str) -> Attributes {
    Attributes::default().set("class", names)
}

impl Attributes {
    /// One more attribute.
    pub fn set(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.0.push((name, value.into()));
        self
    }

    /// One more attribute, where the condition holds.
    pub fn set_if(
        self,
        condition: bool,
        name: &'static str,
        value: impl Into<Cow<'static, str>>,
    ) -> Self {
        if condition { self.set(name, value) } else { self }
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
        self.0.iter().map(|(name, value)| name.len() + value.len() + 4).sum()
    }

    fn to_html(self, _: &mut String, _: &mut String, _: &mut String, _: &mut String) {}

    fn hydrate<const FROM_SERVER: bool>(self, element: &Element) -> Self::State {
        self.build(element)
    }

    fn build(self, element: &Element) -> Self::State {
        for (name, value) in &self.0 {
            Rndr::set_attribute(element, name, value);
        }
        (element.clone(), self)
    }

    fn rebuild(self, (element, old): &mut Self::State) {
        for (name, _) in &old.0 {
            if !self.0.iter().any(|(kept, _)| kept == name) {
                Rndr::remove_attribute(element, name);
            }
        }
        for new in &self.0 {
            if !old.0.contains(new) {
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

/// What an element holds: text, nodes, or a tuple or list of them.
pub trait IntoNodes {
    /// Adds the nodes, in order.
    fn add_to(self, nodes: &mut Vec<AnyView>);
}

impl IntoNodes for AnyView {
    fn add_to(self, nodes: &mut Vec<AnyView>) {
        nodes.push(self);
    }
}

impl IntoNodes for Vec<AnyView> {
    fn add_to(mut self, nodes: &mut Vec<AnyView>) {
        nodes.append(&mut self);
    }
}

impl IntoNodes for String {
    fn add_to(self, nodes: &mut Vec<AnyView>) {
        nodes.push(self.into_any());
    }
}

impl IntoNodes for &str {
    fn add_to(self, nodes: &mut Vec<AnyView>) {
        nodes.push(text(self));
    }
}

impl IntoNodes for () {
    fn add_to(self, _: &mut Vec<AnyView>) {}
}

macro_rules! tuple_of_nodes {
    ($($name:ident)+) => {
        impl<$($name: IntoNodes),+> IntoNodes for ($($name,)+) {
            fn add_to(self, nodes: &mut Vec<AnyView>) {
                #[allow(non_snake_case)] // each part is named after its type
                let ($($name,)+) = self;
                $($name.add_to(nodes);)+
            }
        }
    };
}
tuple_of_nodes!(A B);
tuple_of_nodes!(A B C);
tuple_of_nodes!(A B C D);
tuple_of_nodes!(A B C D E);

fn collect(children: impl IntoNodes) -> Vec<AnyView> {
    let mut nodes = Vec::new();
    children.add_to(&mut nodes);
    nodes
}

/// An element.
pub fn el(tag: &'static str, attributes: Attributes, children: impl IntoNodes) -> AnyView {
    element(tag, attributes, collect(children))
}

fn element(tag: &'static str, attributes: Attributes, children: Vec<AnyView>) -> AnyView {
    custom(tag).add_any_attr(attributes).child(children).into_any()
}

/// A button that does something when it is pressed.
pub fn button(
    attributes: Attributes,
    children: impl IntoNodes,
    press: impl Fn() + 'static,
) -> AnyView {
    listening(
        "button",
        attributes.set("type", "button"),
        "click",
        Box::new(move |_| press()),
        collect(children),
    )
}

/// An `input` or `select` that says what it holds whenever that changes.
pub fn field(
    tag: &'static str,
    attributes: Attributes,
    children: impl IntoNodes,
    changed: impl Fn(String) + 'static,
) -> AnyView {
    let heard = Box::new(move |event| changed(event_target_value(&event)));
    listening(tag, attributes, "input", heard, collect(children))
}

fn listening(
    tag: &'static str,
    attributes: Attributes,
    event: &'static str,
    heard: Box<dyn Fn(Event)>,
    children: Vec<AnyView>,
) -> AnyView {
    custom(tag)
        .add_any_attr(attributes)
        .on(leptos::ev::Custom::<Event>::new(event), heard)
        .child(children)
        .into_any()
}

/// Nodes that are drawn again whenever a signal they read changes.
pub fn live<N: IntoNodes>(draw: impl Fn() -> N + Send + 'static) -> AnyView {
    let draw: Box<dyn Fn() -> Vec<AnyView> + Send> = Box::new(move || collect(draw()));
    draw.into_any()
}

/// Text.
pub fn text(text: &str) -> AnyView {
    text.to_owned().into_any()
}

/// Text that only assistive technology reads.
pub fn unseen(text: impl Into<String>) -> AnyView {
    el("span", class("unseen"), text.into())
}

/// Text from outside, kept from disturbing the text around it.
pub fn isolated(text: impl Into<String>) -> AnyView {
    el("bdi", plain(), text.into())
}

/// Nothing.
pub fn nothing() -> AnyView {
    ().into_any()
}

/// A drawing of these shapes.
pub fn drawing(attributes: Attributes, shapes: Vec<AnyView>) -> AnyView {
    leptos::svg::svg().add_any_attr(attributes).child(shapes).into_any()
}

/// A path of a drawing.
pub fn path(attributes: Attributes) -> AnyView {
    leptos::svg::path().add_any_attr(attributes).into_any()
}

/// A line icon of 16 × 16, drawn in one path; hidden from assistive technology.
pub fn icon(line: &'static str) -> AnyView {
    drawing(
        class("icon").set("viewBox", "0 0 16 16").set("aria-hidden", "true"),
        vec![path(plain().set("d", line))],
    )
}

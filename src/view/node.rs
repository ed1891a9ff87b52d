//! The few shapes of DOM nodes that every section is made of.
//!
//! All elements go through one function and one attribute type, so that the
//! compiler makes one renderer for them instead of one for each shape of each
//! section. Builder syntax, because `view!` turns static markup into
//! `innerHTML`, which `require-trusted-types-for 'script'` forbids.

use std::borrow::Cow;

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

/// An element.
pub fn el<C>(tag: &'static str, attributes: Attributes, children: C) -> AnyView
where
    C: RenderHtml + Send + 'static,
{
    custom(tag).add_any_attr(attributes).child(children).into_any()
}

/// A button that does something when it is pressed.
pub fn button<C>(attributes: Attributes, children: C, press: impl Fn() + 'static) -> AnyView
where
    C: RenderHtml + Send + 'static,
{
    let press: Box<dyn Fn()> = Box::new(press);
    custom("button")
        .add_any_attr(attributes.set("type", "button"))
        .on(leptos::ev::click, move |_| press())
        .child(children)
        .into_any()
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

/// A line icon of 16 × 16, drawn in one path; hidden from assistive technology.
pub fn icon(path: &'static str) -> AnyView {
    leptos::svg::svg()
        .add_any_attr(class("icon").set("viewBox", "0 0 16 16").set("aria-hidden", "true"))
        .child(leptos::svg::path().add_any_attr(plain().set("d", path)))
        .into_any()
}

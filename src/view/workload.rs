//! The form that states a workload.

use super::node::{Node, el, live, nothing};
use super::scene::Scene;
use crate::catalog::{Decimal, Words, digits, phrase};
use crate::cost::{Workload, estimate_tokens};
use crate::platform::intl::Language;
use crate::state::Signal;

/// The form; what it changes, it shows again.
pub fn form(scene: &Scene) -> Node {
    let scene = scene.clone();
    let typed = Signal::new(String::new());
    live(move || {
        let mut fields = fields(&scene, &scene.state.workload());
        fields.push(from_text(&scene, &typed));
        el("div.form").all(fields)
    })
}

/// A preset's name and its numbers.
fn preset_words(language: &Language, label: &str, preset: &Workload) -> Words {
    let count = |count: u64| language.count(count);
    let cached = preset.cached.shifted(2).text();
    let batch = if preset.batch { ", batch" } else { "" };
    phrase(label)
        .and(": ")
        .and(count(preset.input))
        .and(" in, ")
        .and(&cached)
        .and("% cached, ")
        .and(count(preset.output))
        .and(" out, ")
        .and(count(preset.requests))
        .and("/day")
        .and(batch)
}

fn fields(scene: &Scene, workload: &Workload) -> Vec<Node> {
    let preset = workload.preset_name().unwrap_or("");
    let mut choose = el("select").shows(preset);
    if preset.is_empty() {
        choose = choose.with(el("option|value=").with("Your own"));
    }
    for (name, label, numbers) in Workload::presets() {
        let words = preset_words(&scene.language, label, numbers);
        choose = choose.with(el("option").set("value", *name).with(words));
    }
    let state = scene.state.clone();
    let choose = choose.changed(move |name| {
        state.change_workload(|workload| *workload = Workload::parse(&name).0);
    });
    let per = match workload.period {
        crate::cost::Period::Day => "/day",
        crate::cost::Period::Month => "/month",
    };
    let number = |label: &'static str, name: &'static str, value: String, most: &'static str| {
        labelled(
            label,
            number_field(scene, name, value, most, if name == "requests" { per } else { "" }),
        )
    };
    let percent = |share: Decimal| share.shifted(2).text();
    let state = scene.state.clone();
    let batch = el("select")
        .shows(if workload.batch { "on" } else { "off" })
        .with(el("option|value=off").with("Answers at once"))
        .with(el("option|value=on").with("Batch"))
        .changed(move |value| {
            // One of the two values above: there is nothing to refuse.
            state.change_workload(|workload| {
                let _ = workload.set("batch", &value);
            });
        });
    let requests = if per == "/day" { "Requests per day" } else { "Requests per month" };
    vec![
        labelled("Workload", choose),
        number("Input tokens", "input", digits(workload.input), ""),
        number("of them cached, %", "cached", percent(workload.cached), "100"),
        number("Output tokens", "output", digits(workload.output), ""),
        number(requests, "requests", digits(workload.requests), ""),
        number("Days per month", "days", digits(workload.days), "31"),
        number("Long requests, %", "long", percent(workload.long), "100"),
        labelled("Processing", batch),
    ]
}

/// A field for a text whose tokens are estimated, and the way from there into the
/// workload.
fn from_text(scene: &Scene, typed: &Signal<String>) -> Node {
    let heard = typed.clone();
    let area = el("textarea|rows=4").changed(move |text| {
        heard.set(text);
    });
    let (scene, typed) = (scene.clone(), typed.clone());
    let result = live(move || typed.with(|text| said(&scene, text)));
    let body = el("div.text")
        .with(labelled("Text, which stays on this page", area))
        .with(el("div.small|role=status").with(result));
    el("details").with(el("summary").with("Estimate tokens from text")).with(body)
}

fn said(scene: &Scene, text: &str) -> Node {
    let estimate = estimate_tokens(text);
    let language = &scene.language;
    let tokens = estimate.tokens;
    if tokens == 0 {
        return nothing();
    }
    let mut words = phrase("About ").and(language.count(tokens)).and(" tokens");
    for (at, part) in estimate.parts.iter().enumerate() {
        words = words
            .and(if at == 0 { ": " } else { "; " })
            .and(part.script)
            .and(", ")
            .and(language.count(part.characters))
            .and(" characters, about ")
            .and(language.decimal(part.per_token))
            .and(" for a token");
    }
    let words = words.and(
        ". An estimate: each model’s tokenizer counts differently, by a third for Latin text and \
         by half or more for other scripts.",
    );
    let state = scene.state.clone();
    let take = el("button.button").with("Use as input tokens").pressed(move || {
        state.change_workload(|workload| workload.input = tokens);
    });
    el("div.text").with(el("p.muted").with(words)).with(take)
}

fn labelled(label: &'static str, control: Node) -> Node {
    el("label").with(el("span").with(label)).with(control)
}

/// A field for one number of the workload. The browser marks what is out of
/// bounds, and it changes nothing.
fn number_field(
    scene: &Scene,
    name: &'static str,
    value: String,
    most: &'static str,
    suffix: &'static str,
) -> Node {
    let state = scene.state.clone();
    let mut field = el("input|type=number|inputmode=decimal|required")
        .set("min", if name == "days" { "1" } else { "0" })
        .set("step", if most == "100" { "any" } else { "1" })
        .set("name", name)
        .shows(value);
    if !most.is_empty() {
        field = field.set("max", most);
    }
    field.changed(move |typed| {
        let value = match most {
            // Shares are typed in percent.
            "100" => match typed.parse::<Decimal>() {
                Ok(percent) => percent.shifted(-2).text(),
                Err(_) => return,
            },
            _ => typed + suffix,
        };
        // What cannot be read changes nothing.
        state.change_workload(|workload| {
            let _ = workload.set(name, &value);
        });
    })
}

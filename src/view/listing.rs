//! The table of a whole catalog: only the rows in sight are in the page.

use std::cell::Cell as Flag;
use std::rc::Rc;

use reactive_graph::graph::untrack;

use super::figure::{figure_button, look_button};
use super::listing_controls::{bar, controls};
use super::node::{Node, el, fragment, live, nothing, truth};
use super::pricing::{item_cell, price_cell};
use super::render::scrolled_of;
use super::scene::{Parts, Scene};
use super::table::{direction, draw_cell};
use super::{explain, failure, footer};
use crate::catalog::{Item, Model, Status, Words, joined, phrase, shown_name};
use crate::cost::{Moment, Workload};
use crate::platform::clock;
use crate::ranking::{Explanation, Ranked, one_decimal};
use crate::state::{
    Cell, CompareState, Figure, Ground, Listing, ListingField, ListingState, Look, Signal,
    standing_figure, standing_look,
};

/// The height of a row in pixels, as the stylesheet has it.
const ROW: f64 = 38.0;
/// How many rows are drawn above the first one in sight, where there are so many, so
/// that a fast scroll finds them there.
const ABOVE: usize = 7;
/// How many rows are drawn from there on: those in sight below the headings, at most 15,
/// and as many below as above.
const BELOW: usize = 22;
/// Rows are exchanged this many at a time.
const STEP: usize = 4;
/// Of so few models all rows are drawn at once: the browser's own search finds them. So are
/// as few as are drawn of any table, whatever a reader has filtered away.
const FEW: usize = 40;
/// So many at most are all drawn where the reader asks for it.
const MANY: usize = 2_000;

/// What the rows scroll in.
const REGION: &str = "div.scroll rows|part=table|role=region|tabindex=0|data-table=models|\
    aria-label=Models, table";

/// Where the rows are scrolled to.
#[derive(Default)]
struct Scroll {
    /// Whether that is away from the top. Writing the top where they are there already
    /// would cost a layout of its own.
    is_away: Flag<bool>,
    /// Turns with each way back to the top.
    top: Flag<bool>,
}

/// A whole table of models.
pub fn listing(state: Rc<ListingState>) -> Node {
    live(move || {
        let library = match state.loaded() {
            Ok(library) => library,
            Err(absent) => return failure::absent(&state.element, &absent),
        };
        let scene = Parts::scene(&state.element, library, None);
        let title = el("h2.title unseen|part=title").with("Models");
        let result = {
            let (scene, state) = (scene.clone(), state.clone());
            let scroll = Rc::new(Scroll::default());
            live(move || {
                let now = clock::now();
                let listing = Rc::new(state.listing(&scene.library, &now));
                if scroll.is_away.take() {
                    scroll.top.set(!scroll.top.get());
                }
                result(&scene, &state, &listing, now, &scroll)
            })
        };
        let below = {
            let (scene, state) = (scene.clone(), state.clone());
            live(move || bar(&scene, &state))
        };
        let compared = {
            let (scene, state) = (scene.clone(), state.clone());
            // One state, so that the reader's axes and baseline stay.
            let side_by_side = Rc::new(CompareState::new(state.element.clone()));
            live(move || {
                if state.comparing.get() {
                    super::compare::compare_within(&scene, &side_by_side)
                } else {
                    nothing()
                }
            })
        };
        let parts = vec![
            title,
            asking(&scene, controls(&scene, &state)),
            below,
            result,
            compared,
            explain::popover(&scene),
            footer::footer(&scene, &[]),
        ];
        el("article.card listing|part=card").all(parts)
    })
}

/// What asks for something: nothing can be asked of the first models alone.
fn asking(scene: &Scene, control: Node) -> Node {
    if scene.library.is_begun { control.set("inert", "") } else { control }
}

/// The rows, and how many they are.
fn result(
    scene: &Scene,
    state: &Rc<ListingState>,
    listing: &Rc<Listing>,
    now: Moment,
    scroll: &Rc<Scroll>,
) -> Node {
    let count = listing.places.len();
    let language = &scene.language;
    let mut words = phrase("Reading the catalog…");
    if !scene.library.is_begun {
        words = phrase(language.count(count as u64));
        if count != listing.total {
            words = words.and(" of ").and(language.count(listing.total as u64));
        }
        words = words.and(" models");
    }
    if !listing.lacking.is_empty() {
        let lacking = language.count(listing.lacking.len() as u64);
        words = words.and(", ").and(lacking).and(" of them lack a figure and have no rank");
    }
    let said = el("p.muted small|role=status").with(words);
    let few = listing.total <= FEW || count <= BELOW;
    let all = few || (count <= MANY && state.all_rows.get());
    let help = if few {
        nothing()
    } else {
        let state = state.clone();
        let note = if all {
            "All rows are in the page; the browser's own search finds them."
        } else {
            "Only the rows in sight are in the page: search above, not in the browser."
        };
        let control = if count <= MANY {
            let words = if all { "Draw only what is in sight" } else { "Put all rows in the page" };
            el("button.link").with(words).pressed(move || state.all_rows.update(|all| *all = !*all))
        } else {
            nothing()
        };
        el("p.muted small help").with(note).with(" ").with(control)
    };
    el("div").with(said).with(rows(scene, state, listing, now, all, scroll)).with(help)
}

fn rows(
    scene: &Scene,
    state: &Rc<ListingState>,
    listing: &Rc<Listing>,
    now: Moment,
    all: bool,
    scroll: &Rc<Scroll>,
) -> Node {
    let fields: Rc<[ListingField]> = state.fields().into();
    let is_ranked = !listing.ranked.is_empty() || !listing.lacking.is_empty();
    let first = Signal::new(0usize);
    let count = listing.places.len();
    let head = headings(state, &fields, is_ranked);
    let body = {
        let (scene, state, listing, fields, first) =
            (scene.clone(), state.clone(), listing.clone(), fields.clone(), first.clone());
        live(move || {
            let at = first.get();
            let (first, last) =
                if all { (0, count) } else { (at.saturating_sub(ABOVE), count.min(at + BELOW)) };
            let workload = state.element.workload();
            let selected = state.element.models.get();
            let drawing = Drawing {
                scene: &scene,
                state: &state,
                listing: &listing,
                fields: &fields,
                workload: &workload,
                now: &now,
                selected: &selected,
                is_ranked,
            };
            let mut rows = vec![space(first, fields.len() + 1)];
            for row in first..last {
                rows.push(drawing.row(row));
            }
            rows.push(space(count - last, fields.len() + 1));
            fragment(rows)
        })
    };
    let caption = el("caption.unseen").with("Models (column headings with buttons sort the table)");
    // As ARIA writes a number of rows that is not known.
    let total = if scene.library.is_begun { "-1".to_owned() } else { phrase(count + 1).text() };
    let table = el("table")
        .set("aria-rowcount", total)
        .with(caption)
        .with(asking(scene, el("thead").with(head)))
        .with(el("tbody").with(body));
    let region = el(REGION)
        // Two ways to write the top: each new order starts there.
        .set(".scrollTop", if scroll.top.get() { "0" } else { "0.0" })
        .with(table);
    let scroll = scroll.clone();
    region.hears("scroll", move |event| {
        let scrolled = scrolled_of(&event);
        scroll.is_away.set(scrolled > 0.0);
        let at = first_of(scrolled, count);
        if !all && first.get_untracked() != at {
            first.set(at);
        }
    })
}

/// The first row in sight when so many pixels are scrolled away, or one shortly above.
#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // pixels of a page
fn first_of(scrolled: f64, count: usize) -> usize {
    let row = (scrolled.max(0.0) / ROW) as usize;
    row.min(count) / STEP * STEP
}

/// The place of rows that are not drawn.
fn space(rows: usize, columns: usize) -> Node {
    if rows == 0 {
        return nothing();
    }
    let cell = el("td").set("colspan", phrase(columns)).set("--rows", phrase(rows));
    el("tr.space|aria-hidden=true").with(cell)
}

fn headings(state: &Rc<ListingState>, fields: &[ListingField], is_ranked: bool) -> Node {
    let sort = state.sort.get();
    let mut row = el("tr|aria-rowindex=1");
    for field in fields {
        let field = *field;
        let mut heading =
            el("th|scope=col").class_if(field.is_numeric(), "num").set("data-k", field.key());
        if let Some((sorted, descending)) = sort
            && sorted == field
            && !is_ranked
        {
            heading = heading.set("aria-sort", direction(descending));
        }
        let mut control = el("button.sort").with(field.label());
        if !field.unit().is_empty() {
            control = control.with(el("small").with(field.unit()));
        }
        let state = state.clone();
        row = row.with(heading.with(control.pressed(move || state.press(field))));
        if is_ranked && field == ListingField::Name {
            row = row.with(el("th.num|scope=col|data-k=score").with("Score"));
        }
    }
    row
}

/// What the rows of one drawing share.
struct Drawing<'a> {
    scene: &'a Scene,
    state: &'a Rc<ListingState>,
    listing: &'a Listing,
    fields: &'a [ListingField],
    workload: &'a Workload,
    now: &'a Moment,
    selected: &'a [String],
    is_ranked: bool,
}

impl Drawing<'_> {
    fn row(&self, row: usize) -> Node {
        let library = &self.scene.library;
        let model = self.listing.places.get(row);
        let model = model.and_then(|place| Some((*place, library.catalog.models.get(*place)?)));
        let Some((place, model)) = model else { return nothing() };
        let ground = Ground {
            library,
            language: &self.scene.language,
            workload: self.workload,
            now: self.now,
        };
        let mut drawn = el("tr")
            .class_if(model.status == Status::Unavailable, "off")
            .set("data-row", phrase(row))
            .set("aria-rowindex", phrase(row + 2));
        for field in self.fields {
            if library.is_begun && field.is_computed() {
                drawn = drawn.with(el("td"));
                continue;
            }
            let cell = match field {
                ListingField::Name => {
                    drawn = drawn.with(self.name(model));
                    if self.is_ranked {
                        drawn = drawn.with(el("td.num").with(self.score(row)));
                    }
                    continue;
                }
                ListingField::Speed | ListingField::Ability => {
                    drawn = drawn.with(el("td.num").with(self.rating(*field, place)));
                    continue;
                }
                ListingField::Input => price(&ground, model, Item::Input),
                ListingField::Output => price(&ground, model, Item::Output),
                _ => field.cell(&ground, model),
            };
            let shape = el("td").class_if(field.is_numeric(), "num");
            drawn = drawn.with(shape.with(draw_cell(self.scene, &cell)));
        }
        drawn
    }

    fn name(&self, model: &Model) -> Node {
        let name = shown_name(model);
        let is_selected = self.selected.contains(&model.id);
        let (state, id) = (self.state.clone(), model.id.clone());
        let check = el("button.check|role=checkbox")
            .set("aria-checked", truth(is_selected))
            .set("aria-label", phrase("Compare ").and(&name))
            .pressed(move || state.select(&id));
        let check = asking(self.scene, check);
        let name = el("bdi.label").set("title", model.id.clone()).with(name);
        el("th|scope=row").with(check).with(name)
    }

    fn rating(&self, field: ListingField, place: usize) -> Node {
        let (library, label) = (self.scene.library.clone(), field.label());
        let look = standing_look(&library, place, label);
        let explain = move || Some(standing_figure(&library, place, label)?.explanation);
        look_button(self.scene, label, &look, Rc::new(explain))
    }

    fn score(&self, row: usize) -> Node {
        if let Some(ranked) = self.listing.ranked(row) {
            return figure_button(self.scene, &explained(ranked));
        }
        let mut words = phrase("lacks ");
        if let Some(lacking) = self.listing.missing(row) {
            words = words.and(joined(&lacking.missing, ", "));
        }
        let words = words.text();
        el("small").set("title", words.clone()).with(words)
    }
}

fn price(ground: &Ground<'_>, model: &Model, item: Item) -> Cell {
    match item_cell(ground.language, &model.prices, item) {
        // Every row would need a button of its own; the card tells who disagrees.
        Cell::Figure(_) => {
            price_cell(ground.language, model.prices.price(item), model.prices.currency())
        }
        cell => cell,
    }
}

/// A score, and how it came about.
fn explained(ranked: &Ranked) -> Figure {
    let mut value = phrase(one_decimal(ranked.score)).and(" of 100 = ");
    for (at, part) in ranked.parts.iter().enumerate() {
        value = value
            .and(if at > 0 { " + " } else { "" })
            .and(&part.criterion)
            .and(": ")
            .and(one_decimal(part.position))
            .and(" × ")
            .and(one_decimal(part.weight * 100.0))
            .and("%");
    }
    let explanation = Explanation {
        value: Some(value.text()),
        rule:
            "The weighted mean of the model's positions, 0 (worst) to 100 (best), each among the \
               models that pass the filters and are measured alike. Nothing is imputed."
                .to_owned(),
        ..Explanation::default()
    };
    Figure {
        label: "Score",
        look: Look::Text(one_decimal(ranked.score)),
        explanation: explanation.into(),
    }
}

/// The rows as they are exported: headings, and the catalog's own figures.
pub fn exported(scene: &Scene, state: &Rc<ListingState>) -> (Vec<&'static str>, Vec<Vec<String>>) {
    untrack(|| {
        let now = clock::now();
        let (library, workload) = (&scene.library, state.element.workload());
        let listing = state.listing(library, &now);
        let fields = state.fields();
        let ground = Ground { library, language: &scene.language, workload: &workload, now: &now };
        let is_ranked = !listing.ranked.is_empty();
        let mut headings = vec!["Id"];
        for field in &fields {
            headings.push(field.label());
        }
        if is_ranked {
            headings.push("Score");
        }
        let mut rows: Vec<Vec<String>> = Vec::new();
        for (row, place) in listing.places.iter().enumerate() {
            let Some(model) = library.catalog.models.get(*place) else { continue };
            let mut cells = vec![model.id.clone()];
            for field in &fields {
                cells.push(field.raw(&ground, *place, model));
            }
            if is_ranked {
                let score = listing.ranked(row).map(|ranked| one_decimal(ranked.score));
                cells.push(score.map(Words::text).unwrap_or_default());
            }
            rows.push(cells);
        }
        (headings, rows)
    })
}

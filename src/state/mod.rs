//! Reactive state without DOM: what an element shows, and what its reader has
//! chosen. Uses the platform and the pure layers; knows no view.

mod card;
mod columns;
mod compare;
mod cost;
mod element;
mod estimate;
mod figure;
mod listing;
mod listing_link;
mod plot;
mod quote;
mod section;
mod shared;
mod signal;
mod standing;
mod table;

pub use card::{CardState, Listed, Shown, endpoints};
pub use columns::{Field as ListingField, Ground};
pub use compare::{CompareState, Compared, MOST_MODELS, offers};
pub use cost::Costs;
pub use element::{
    Absent, Change, Element, ElementState, Emit, Event, LibraryState, Subject, Unknown,
};
pub use estimate::{Costed, Estimate};
pub use figure::{Figure, Look};
pub use listing::{Listing, ListingState};
pub use listing_link::set as set_filter;
pub use plot::{Axis, Plot, Point};
pub use quote::{Field, Quote, QuoteState, Quoted};
pub use section::Section;
pub use shared::SharedWorkload;
pub use signal::Signal;
pub use standing::{
    figure_key, percentile_figures, standing_figure, standing_figures, standing_look,
};
pub use table::{Cell, Choice, Choices, Column, Row, Table};

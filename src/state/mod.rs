//! Reactive state without DOM: what an element shows, and what its reader has
//! chosen. Uses the platform and the pure layers; knows no view.

mod card;
mod estimate;
mod figure;
mod section;
mod shared;
mod standing;
mod table;

pub use card::{CardState, Change, Emit, Event, LibraryState, Listed, Shown};
pub use estimate::{Compared, Estimate};
pub use figure::{Figure, Look};
pub use section::Section;
pub use shared::SharedWorkload;
pub use standing::{percentile_figures, standing_figures};
pub use table::{Cell, Choice, Choices, Column, Row, Table};

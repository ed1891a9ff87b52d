//! What a request costs: usage, a rate card with conditions and a moment in, an
//! itemised and exact bill out; and what a workload of many requests costs.
//!
//! It uses `catalog` alone. The rules, and where they come from:
//!
//! - Input includes its cached, audio, image and video parts, output includes
//!   reasoning; every token is billed once, at the price of its own part.
//! - A part without a price of its own is billed at the price of what contains
//!   it, and says so; a part with no price at all leaves a lower bound.
//! - A context tier re-rates the whole request, not the part above it.
//! - Nothing is rounded but each line, to 24 significant digits.

mod bill;
mod cliff;
mod compare;
mod condition;
mod estimate;
mod leaves;
mod moment;
mod note;
mod offer;
mod tariff;
mod tokens;
mod usage;
mod words;
mod workload;

pub use bill::{Bill, Line, bill};
pub use compare::{EndpointBill, cheapest_first};
pub use condition::condition_words;
pub use estimate::{LONG_INPUT, WorkloadCost};
pub use moment::{Moment, MomentError};
pub use note::Note;
pub use offer::Offer;
pub use tokens::{ScriptTokens, TokenEstimate, estimate_tokens};
pub use usage::{Usage, UsageError};
pub use workload::{Period, Workload, WorkloadProblem};

//! What a catalog is: models, endpoints, prices, benchmark results, price
//! history, and the problems found while reading one. The lowest layer: it uses
//! nothing of the crate and knows no browser, no fetching and no format but its own.

mod address;
mod benchmark;
mod condition;
mod date;
mod decimal;
mod decode;
mod disagreement;
mod document;
mod endpoint;
mod find;
mod gather;
mod history;
mod ids;
mod item;
mod lookup;
mod map;
mod matching;
mod model;
mod order;
mod price;
mod problem;
mod quantity;
mod read;
mod root;
mod safe;
mod text;
mod vocabulary;
mod words;

pub use address::{endpoints_address, host, misleads, page_address};
pub use benchmark::{BenchmarkResult, Claim, ClaimKind, Percentiles, Published};
pub use condition::{Condition, ConditionalRates, TimeWindow, Weekday};
pub use date::{Date, DateError};
pub use decimal::{Decimal, DecimalError, unsigned};
pub use decode::{
    Decode, Decoder, Fault, Json, Models, Node, Part, Tape, TextError, decode, field,
};
pub use disagreement::{Disagreement, Supplement};
pub use document::{Block, Description, Inline, Link, ModelLink, TableBlock};
pub use endpoint::{DataPolicy, Endpoint, Quantiles};
pub use find::{find, find_any};
pub use gather::Gather;
pub use history::{Point, Step, Steps};
pub use item::{Item, Unit};
pub use lookup::{Found, edit_distance, nearest_ids};
pub use map::Map;
pub use matching::{EndpointMatching, ProviderMatching};
pub use model::{
    License, Modality, Model, PageLink, ParameterCount, Status, cheapest_endpoints, count_providers,
};
pub use order::{ascending, order};
pub use price::{DatedRates, Price, PriceError, RateCard, Rates};
pub use problem::{Problem, Severity};
pub use quantity::{grouped, short_parameters, short_tokens};
pub use read::{
    CatalogError, MAX_BYTES, MAX_DESCRIPTION, MAX_MODELS, Reader, SCHEMA_VERSION, check_version,
};
pub use root::{Catalog, Source};
pub use safe::{clean, make_safe};
pub use text::{display_name, plain_text, shown_name};
pub use vocabulary::{Feature, features, parameter_meaning};
pub use words::{Words, counted, digits, joined, phrase};

//! Everything that touches the browser: requests and their cache, `Intl`,
//! stylesheets, themes, the clipboard. Uses the pure layers; knows no Leptos view.

pub mod address;
pub mod clipboard;
pub mod clock;
pub mod download;
pub mod failure;
pub mod fetch;
pub mod host;
pub mod intl;
pub mod library;
mod minify;
pub mod object;
pub mod parse;
pub mod style;
pub mod theme;
mod turn;
pub mod visible;

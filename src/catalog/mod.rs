//! What a catalog is.
pub mod decimal;

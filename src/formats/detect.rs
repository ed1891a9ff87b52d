//! Which format a JSON text is written in, told by its shape alone: names of
//! files and of hosts mean nothing.

use super::Draft;
use super::native;
use super::root::Root;
use crate::catalog::CatalogError;

/// A format that catalogs come in.
#[derive(Debug)]
pub struct Format {
    /// Its name: `native`.
    pub name: &'static str,
    /// Whether a JSON text has its shape.
    pub fits: fn(&Root<'_>) -> bool,
    /// Reads a JSON text of its shape.
    pub read: fn(&Root<'_>) -> Result<Draft, CatalogError>,
}

/// Every format. The first that fits is used, so the stricter shapes come first.
const FORMATS: &[Format] = &[native::FORMAT];

/// The format of a JSON text.
pub fn detect(root: &Root<'_>) -> Result<&'static Format, CatalogError> {
    FORMATS
        .iter()
        .find(|format| (format.fits)(root))
        .ok_or_else(|| CatalogError::NotACatalog { found: root.describe() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn detected(json: &str) -> Result<&'static str, CatalogError> {
        detect(&Root::new(json.as_bytes()).unwrap()).map(|format| format.name)
    }

    #[test]
    fn the_native_format_states_its_version() {
        assert_eq!(detected(r#"{"schema_version":"1.0","models":[]}"#), Ok("native"));
        assert_eq!(detected(r#"{"schema_version":2}"#), Ok("native"));
    }

    #[test]
    fn an_unknown_shape_is_described() {
        let error = detected(r#"{"models":[],"total":0}"#).unwrap_err();
        assert_eq!(
            error,
            CatalogError::NotACatalog { found: "an object with the keys models, total".into() }
        );
    }
}

//! The JSON schema of the native format, drawn from the types that read it.

use schemars::generate::SchemaSettings;
use serde_json::Value;

use crate::catalog::Catalog;

/// The schema (JSON Schema 2020-12) of a catalog as people write it.
pub fn schema() -> Value {
    let generator = SchemaSettings::draft2020_12().into_generator();
    let mut schema = generator.into_root_schema_for::<Catalog>();
    schema.insert("title".to_owned(), "Modelcard catalog".into());
    schema.insert(
        "description".to_owned(),
        "A catalog of AI models for the Modelcard widget: specifications, prices, endpoints, benchmark results and where each fact comes from. Fields that this version does not know are ignored.".into(),
    );
    schema.to_value()
}

//! Small catalogs of every format, made by hand: what is changed.

/// A catalog, as JSON text.
pub type Seed = &'static str;

/// The formats that are read, and their seeds.
pub const FORMATS: &[(&str, &[Seed])] = &[
    ("native", &[include_str!("../seeds/native/full.json")]),
    ("openrouter_models", &[include_str!("../seeds/openrouter_models/full.json")]),
    ("openrouter_endpoints", &[include_str!("../seeds/openrouter_endpoints/full.json")]),
    (
        "models_dev",
        &[
            include_str!("../seeds/models_dev/api.json"),
            include_str!("../seeds/models_dev/catalog.json"),
        ],
    ),
    ("litellm", &[include_str!("../seeds/litellm/full.json")]),
    ("genai_prices", &[include_str!("../seeds/genai_prices/full.json")]),
    (
        "llm_prices",
        &[
            include_str!("../seeds/llm_prices/current.json"),
            include_str!("../seeds/llm_prices/historical.json"),
        ],
    ),
    ("vercel", &[include_str!("../seeds/vercel/full.json")]),
    ("hugging_face", &[include_str!("../seeds/hugging_face/full.json")]),
];

/// The seeds of a format.
pub fn of(format: &str) -> &'static [Seed] {
    FORMATS.iter().find(|(name, _)| *name == format).map(|(_, seeds)| *seeds).unwrap_or_default()
}

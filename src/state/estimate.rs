//! What the reader's workload costs with a model and its rivals.

use crate::catalog::{Decimal, display_name};
use crate::cost::{Moment, Offer, Workload, WorkloadCost};
use crate::platform::library::Library;
use crate::ranking::{SortKey, compare, rivals};

/// How many rivals stand beside a model.
const RIVALS: usize = 3;

/// What a workload costs with one model and those nearest to it in price.
pub struct Estimate {
    /// The bill for the model itself.
    pub cost: WorkloadCost,
    /// The model and its rivals, the cheapest first.
    pub compared: Vec<Compared>,
}

/// A model beside others.
pub struct Compared {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Whether it is the model that the card shows.
    pub is_own: bool,
    /// What a month costs; a lower bound where `incomplete`.
    pub month: Option<Decimal>,
    /// What a thousand ordinary requests cost.
    pub thousand: Option<Decimal>,
    /// The currency of both.
    pub currency: String,
    /// Whether a part has no known price.
    pub incomplete: bool,
    /// Whether the requests fit the model's limits.
    pub fits: bool,
    /// The month's share of the dearest one's, in percent, where it is known.
    pub percent: Option<u8>,
}

impl Estimate {
    /// The estimate for the model at a place in the catalog.
    pub fn new(library: &Library, index: usize, workload: &Workload, now: &Moment) -> Option<Self> {
        let catalog = &library.catalog;
        let own = catalog.models.get(index)?;
        let cost = workload.estimate(&Offer::of_model(own), now);
        let mut places = vec![index];
        places.extend(rivals(catalog, index, RIVALS));
        let mut compared: Vec<Compared> = Vec::new();
        for place in places {
            let Some(model) = catalog.models.get(place) else { continue };
            let cost = workload.estimate(&Offer::of_model(model), now);
            let thousand = cost.per_request.total.map(|total| total.shifted(3));
            let entry = Compared {
                id: model.id.clone(),
                name: display_name(model.name.as_deref(), model.author_name(), &model.id),
                is_own: place == index,
                month: cost.month,
                thousand,
                currency: cost.per_request.currency,
                incomplete: cost.incomplete,
                fits: cost.fits,
                percent: None,
            };
            // A lower bound is no price to be ranked by.
            let key = |entry: &Compared| match entry.month {
                Some(month) if !entry.incomplete => SortKey::Decimal(month),
                _ => SortKey::Unknown,
            };
            let dearer = |other: &Compared| compare(&key(other), &key(&entry), false).is_gt();
            let at = compared.iter().position(dearer).unwrap_or(compared.len());
            compared.insert(at, entry);
        }
        let dearest = compared.iter().filter_map(|entry| entry.month).max().unwrap_or_default();
        for entry in &mut compared {
            entry.percent = entry.month.map(|month| percent(month, dearest));
        }
        Some(Self { cost, compared })
    }
}

#[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)] // clamped to 0–100
fn percent(part: Decimal, whole: Decimal) -> u8 {
    if whole.is_zero() {
        return 0;
    }
    (100.0 * part.to_f64() / whole.to_f64()).clamp(0.0, 100.0).round() as u8
}

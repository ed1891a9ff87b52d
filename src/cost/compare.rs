//! The same request at every endpoint of a model.

use std::cmp::Ordering;

use super::bill::{Bill, bill};
use super::moment::Moment;
use super::offer::Offer;
use super::usage::{Usage, UsageError};
use crate::catalog::{Endpoint, Model};

/// What a request costs at an endpoint.
#[derive(Clone, Debug)]
pub struct EndpointBill<'a> {
    /// The endpoint.
    pub endpoint: &'a Endpoint,
    /// The bill.
    pub bill: Bill,
}

/// The same request at every endpoint of a model, ranked by the bill: known
/// totals, then lower bounds, then what has no total; equal ones in the
/// catalog's order. Amounts in different currencies are not compared: those in
/// the currency of the model's list price come first.
pub fn cheapest_first<'a>(
    model: &'a Model,
    usage: &Usage,
    moment: &Moment,
    service_tier: Option<&str>,
) -> Result<Vec<EndpointBill<'a>>, UsageError> {
    let currency = model.prices.currency();
    let mut bills: Vec<EndpointBill<'a>> = Vec::with_capacity(model.endpoints.len());
    for endpoint in &model.endpoints {
        let bill = bill(&Offer::of_endpoint(model, endpoint), usage, moment, service_tier)?;
        // A few dozen at most: no reason to ship a sort for them.
        let place = bills.partition_point(|have| order(&have.bill, &bill, currency).is_le());
        bills.insert(place, EndpointBill { endpoint, bill });
    }
    Ok(bills)
}

fn order(a: &Bill, b: &Bill, currency: &str) -> Ordering {
    let class = |bill: &Bill| (bill.total.is_none(), bill.incomplete, bill.currency != currency);
    class(a)
        .cmp(&class(b))
        .then_with(|| a.currency.cmp(&b.currency))
        .then_with(|| a.total.cmp(&b.total))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalog::Decimal;

    #[test]
    fn endpoints_are_ranked_by_the_bill_and_not_by_the_input_price() {
        let model: Model = serde_json::from_str(
            r#"{"id":"a/m","endpoints":[
                {"id":"unknown/m","provider":"","prices":{}},
                {"id":"euro/m","provider":"","prices":{"currency":"EUR","rates":{"input":"0.1","output":"0.1"}}},
                {"id":"no-output/m","provider":"","prices":{"rates":{"input":"0.1"}}},
                {"id":"cheap-input/m","provider":"","prices":{"rates":{"input":"1","output":"9"}}},
                {"id":"cheap-bill/m","provider":"","prices":{"rates":{"input":"2","output":"4"}}},
                {"id":"same-bill/m","provider":"","prices":{"rates":{"input":"2","output":"4"}}}]}"#,
        )
        .unwrap();
        let usage = Usage {
            input_tokens: Some(Decimal::new(1_000, 0)),
            output_tokens: Some(Decimal::new(1_000, 0)),
            ..Usage::default()
        };
        let at = "2025-06-01".parse().unwrap();
        let ranked = cheapest_first(&model, &usage, &at, None).unwrap();
        let ids: Vec<&str> = ranked.iter().map(|ranked| ranked.endpoint.id.as_str()).collect();
        assert_eq!(
            ids,
            ["cheap-bill/m", "same-bill/m", "cheap-input/m", "euro/m", "no-output/m", "unknown/m"]
        );
        assert_eq!(ranked[0].bill.total, Some(Decimal::new(6, -3)));
    }
}

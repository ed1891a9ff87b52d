//! What only `models.json` says: licence, weights, pages and benchmark results.

use super::specs::short;
use super::types::{Benchmark, Listed, Page};
use crate::catalog::{BenchmarkResult, License, Map, Model, PageLink, Source, host, page_address};
use crate::formats::facts::Facts;
use crate::formats::scalar::{List, Nested, Scalar};

/// Metrics that are the share of tasks done right.
const SHARES: &[&str] = &[
    "accuracy",
    "resolved",
    "resolve rate",
    "resolution rate",
    "resolved rate",
    "success rate",
    "pass rate",
    "pass@1",
    "exact match",
];

/// Adds to a model what its metadata say; the pages that results come from are
/// added to the sources.
pub(super) fn enrich(
    model: &mut Model,
    listed: &Listed,
    sources: &mut Vec<(String, Source)>,
    facts: &mut Facts<'_>,
) {
    if let Some(name) = facts.text(&listed.license, "license") {
        model.license = Some(License { url: page_address(&name), name });
    }
    pages(&listed.links, "links", "Link", &mut model.links, facts);
    pages(&listed.weights, "weights", "Weights", &mut model.links, facts);
    for (index, stated) in listed.benchmarks.0.iter().enumerate() {
        if let Some(stated) = stated.get() {
            let mut facts = facts.inside(&format!("benchmarks[{index}]"));
            model.benchmarks.extend(benchmark(stated, sources, &mut facts));
        }
    }
}

fn pages(
    stated: &List<Nested<Page>>,
    field: &str,
    kind: &str,
    links: &mut Vec<PageLink>,
    facts: &mut Facts<'_>,
) {
    for (index, page) in stated.0.iter().enumerate() {
        let Some(page) = page.get() else { continue };
        let mut facts = facts.inside(&format!("{field}[{index}]"));
        let Some(url) = facts.text(&page.url, "url") else { continue };
        let label = page.label.text().or(page.title.text()).or(page.name.text());
        let label = match label {
            Some(label) if kind == "Weights" => format!("{kind}: {label}"),
            Some(label) => label.to_owned(),
            None => kind.to_owned(),
        };
        links.push(PageLink { label, url });
    }
}

/// A result, where its score is a share of right answers: the native format has
/// no place for Elo ratings and for scores of unknown scale.
fn benchmark(
    stated: &Benchmark,
    sources: &mut Vec<(String, Source)>,
    facts: &mut Facts<'_>,
) -> Option<BenchmarkResult> {
    let mut name = facts.text(&stated.name, "name")?;
    let metric = stated.metric.text().unwrap_or_default().to_ascii_lowercase();
    if !SHARES.contains(&metric.as_str()) {
        let effect = if metric.is_empty() {
            "no metric is stated; the result is left out".to_owned()
        } else {
            format!(
                "\"{}\" is not known to be a share of right answers; the result is left out",
                short(&metric)
            )
        };
        facts.note("metric_unused", "metric", effect);
        return None;
    }
    let accuracy = score(&stated.score, facts)?;
    // Results are compared within one name, so what makes another task of it
    // belongs to the name.
    for part in [&stated.version, &stated.dataset] {
        if let Some(part) = part.text() {
            name.push(' ');
            name.push_str(part);
        }
    }
    let conditions: Vec<&str> =
        [&stated.variant, &stated.harness].into_iter().filter_map(Scalar::text).collect();
    let source = match page_address(stated.source.text().unwrap_or_default()) {
        Some(url) => {
            let named =
                Source { name: host(&url).to_owned(), url: Some(url.clone()), ..Source::default() };
            sources.push((url.clone(), named));
            url
        }
        None => super::SOURCE.to_owned(),
    };
    Some(BenchmarkResult {
        benchmark: name,
        category: (!conditions.is_empty()).then(|| conditions.join(", ")),
        accuracy: Some(accuracy),
        date: facts.date(&stated.date, "date"),
        source: Some(source),
        ..BenchmarkResult::default()
    })
}

/// A score in percent. A number of at most 1 may be a fraction as well.
fn score(stated: &Scalar, facts: &mut Facts<'_>) -> Option<f64> {
    if let Some(percent) = stated.text().and_then(|text| text.strip_suffix('%')) {
        return facts.percent(&Scalar::Text(percent.trim().to_owned()), "score");
    }
    let score = facts.percent(stated, "score")?;
    if score > 0.0 && score <= 1.0 {
        let effect = "may be a fraction or a percentage; the result is left out";
        facts.warn("value_implausible", "score", effect);
        return None;
    }
    Some(score)
}

/// The sources by key, each once.
pub(super) fn by_key(sources: Vec<(String, Source)>) -> Map<Source> {
    sources.into_iter().collect()
}

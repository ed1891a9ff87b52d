//! Finding a model by what a person or a program calls it.

use super::{Catalog, Endpoint, Gather, Model, find, order};

/// What an id named.
#[derive(Clone, Copy, Debug)]
pub struct Found<'a> {
    /// The model.
    pub model: &'a Model,
    /// The endpoint, where the id named one.
    pub endpoint: Option<&'a Endpoint>,
}

impl Catalog {
    /// The model with this id, else the model with an endpoint of this id, else
    /// the model that an alias of this name stands for, else the one that the
    /// source's own rules mean.
    pub fn find(&self, id: &str) -> Option<Found<'_>> {
        self.by_id(id)
            .map(|model| Found { model, endpoint: None })
            .or_else(|| self.by_endpoint(id))
            .or_else(|| {
                let target = self.aliases.get(id)?;
                let model = self.by_id(target).map(|model| Found { model, endpoint: None });
                model.or_else(|| self.by_endpoint(target))
            })
            .or_else(|| self.by_rules(id))
    }

    fn by_id(&self, id: &str) -> Option<&Model> {
        self.models.iter().find(|model| model.id == id)
    }

    pub(super) fn by_endpoint(&self, id: &str) -> Option<Found<'_>> {
        self.models.iter().find_map(|model| {
            let endpoint = model.endpoints.iter().find(|endpoint| endpoint.id == id)?;
            Some(Found { model, endpoint: Some(endpoint) })
        })
    }
}

/// Up to `count` ids that someone who wrote `wanted` may have meant, best first.
pub fn nearest_ids<'a>(
    wanted: &str,
    ids: impl Iterator<Item = &'a str>,
    count: usize,
) -> Vec<&'a str> {
    let wanted = folded(wanted);
    let wanted_model = last_part(&wanted);
    let scored: Vec<(usize, &str)> = ids
        .filter_map(|id| {
            let have = folded(id);
            let have_model = last_part(&have);
            // Names of quite another length are not meant: their distance need not
            // be measured.
            let (short, long) = (
                wanted_model.len().min(have_model.len()),
                wanted_model.len().max(have_model.len()),
            );
            if short == 0 || long > 4 * short {
                return None;
            }
            let distance = if find(have_model, wanted_model)
                .or_else(|| find(wanted_model, have_model))
                .is_some()
            {
                // One stands inside the other: `gpt4omini` and its dated version.
                have_model.len().abs_diff(wanted_model.len()).div_ceil(2)
            } else {
                edit_distance(wanted_model, have_model)
            };
            // Most of the name must be right, or the offer is a guess.
            (distance * 2 <= wanted_model.chars().count()).then(|| {
                let author = usize::from(have.split('/').next() != wanted.split('/').next());
                (distance * 2 + author, id)
            })
        })
        .gather();
    let key = |place: usize| scored.get(place).map(|(distance, id)| (*distance, id.len()));
    order(scored.len(), &mut |a, b| key(a).cmp(&key(b)))
        .into_iter()
        .take(count)
        .filter_map(|place| scored.get(place).map(|(_, id)| *id))
        .gather()
}

/// Lower case, without the separators that people mix up. Ids are ASCII.
fn folded(id: &str) -> String {
    id.chars()
        .filter(|c| c.is_ascii_alphanumeric() || *c == '/')
        .map(|c| c.to_ascii_lowercase())
        .take(100)
        .collect()
}

fn last_part(id: &str) -> &str {
    id.rsplit('/').next().unwrap_or(id)
}

/// Levenshtein distance, in characters.
pub fn edit_distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().gather();
    let mut row: Vec<usize> = (0..=b.len()).gather();
    for (i, x) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        let mut next = Vec::with_capacity(row.len());
        next.push(left);
        for (y, above) in b.iter().zip(row.iter().skip(1)) {
            left = (diagonal + usize::from(x != *y)).min(above + 1).min(left + 1);
            diagonal = *above;
            next.push(left);
        }
        row = next;
    }
    row.last().copied().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn measures_the_edits() {
        for (a, b, edits) in
            [("kitten", "sitting", 3), ("", "abc", 3), ("abc", "", 3), ("same", "same", 0)]
        {
            assert_eq!(edit_distance(a, b), edits, "{a} {b}");
        }
    }

    #[test]
    fn offers_what_was_meant() {
        let ids = [
            "openai/gpt-4o",
            "openai/gpt-4o-mini",
            "openai/gpt-4o-mini-2024-07-18",
            "anthropic/claude-3.5-haiku",
            "openai/o3",
        ];
        let near = |wanted| nearest_ids(wanted, ids.iter().copied(), 3);
        assert_eq!(near("openai/gpt-4o-mni").first(), Some(&"openai/gpt-4o-mini"));
        assert_eq!(near("gpt4o mini").first(), Some(&"openai/gpt-4o-mini"));
        assert_eq!(near("claude-3-5-haiku").first(), Some(&"anthropic/claude-3.5-haiku"));
        assert_eq!(near("completely-else"), Vec::<&str>::new());
        assert_eq!(near(""), Vec::<&str>::new());
    }

    #[test]
    fn finds_by_id_then_endpoint_then_alias() {
        let model = |id: &str, endpoint: &str| Model {
            id: id.into(),
            endpoints: vec![Endpoint { id: endpoint.into(), ..Endpoint::default() }],
            ..Model::default()
        };
        let catalog = Catalog {
            models: vec![model("a/x", "b/x"), model("b/x", "c/x")],
            aliases: [
                ("short".to_owned(), "c/x".to_owned()),
                ("lost".to_owned(), "no/where".to_owned()),
            ]
            .into_iter()
            .collect(),
            ..Catalog::default()
        };
        let id = |name| catalog.find(name).map(|found| found.model.id.as_str());
        assert_eq!(id("b/x"), Some("b/x"));
        assert_eq!(id("c/x"), Some("b/x"));
        assert_eq!(id("short"), Some("b/x"));
        assert!(catalog.find("short").unwrap().endpoint.is_some());
        assert_eq!(id("lost"), None);
        assert_eq!(id("__proto__"), None);
    }
}

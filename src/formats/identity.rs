//! Which model an entry is: the canonical id by which the entries of one catalog,
//! and the models of several, are matched.
//!
//! The rules, in their order:
//! 1. Case does not count, and `.`, `_`, `-` and spaces are the same separator:
//!    `Claude-3.5-Sonnet` is `claude-3-5-sonnet`.
//! 2. Of a path only the last two parts count, so that a gateway in front
//!    (`openrouter/openai/gpt-4o`) does not, nor `hf:` for Hugging Face; Bedrock's
//!    dotted ids (`us.anthropic.claude-…-v1:0`) name the author before the dot.
//! 3. An author who writes its name in several ways is one author (`meta-llama`,
//!    `meta`; `x-ai`, `xai`).
//! 4. A date at the end is part of the name, however it is written:
//!    `-2024-07-18`, `-20240718` and `@20240718` are equal. A name without its
//!    date is another model: which version it means changes. Vertex AI writes such
//!    a name with `@default`.
//! 5. A variant after a colon (`:free`, `:thinking`) is part of the name; a
//!    number there (`:0`) is a version of the deployment, and is not.
//!
//! What these rules do not match, an alias of the native format can.

/// Authors who go by several names; the first is the canonical one.
const AUTHORS: &[&[&str]] = &[
    &["openai"],
    &["anthropic"],
    &["google", "google-ai-studio", "gemini", "google-deepmind"],
    &["meta", "meta-llama", "llama", "facebook"],
    &["mistral", "mistralai", "mistral-ai"],
    &["xai", "x-ai"],
    &["deepseek", "deepseek-ai"],
    &["alibaba", "qwen", "alibaba-nlp"],
    &["moonshotai", "moonshot", "moonshot-ai"],
    &["zhipuai", "z-ai", "zai", "zai-org", "thudm", "zhipu"],
    &["cohere", "cohereforai", "cohere-chat", "coherelabs"],
    &["minimax", "minimaxai"],
    &["nvidia"],
    &["microsoft"],
    &["amazon"],
    &["perplexity", "perplexity-ai"],
    &["ai21", "ai21labs"],
    &["stepfun", "stepfun-ai"],
    &["tencent"],
    &["baidu"],
    &["bytedance", "bytedance-seed"],
    &["xiaomi", "xiaomimimo"],
    &["inception", "inceptionlabs"],
    &["liquid", "liquidai"],
    &["nousresearch"],
    &["arcee-ai", "arcee"],
    &["ibm", "ibm-granite"],
    &["upstage"],
    &["reka", "rekaai"],
    &["inflection"],
    &["writer"],
    &["01-ai", "01ai"],
    &["databricks"],
    &["voyage", "voyageai"],
    &["jina", "jinaai", "jina-ai"],
    &["allenai", "ai2"],
    &["baai"],
    &["sakana"],
    &["sarvam"],
];

/// Parts before the author that are places, not names: Bedrock's regions.
const REGIONS: &[&str] = &["us", "eu", "apac", "global", "jp", "au", "ca", "us-gov", "sa"];

/// A model's canonical id.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Identity {
    /// The author, where the id says who that is.
    pub author: Option<String>,
    /// The model's name with its date and variant.
    pub name: String,
}

impl Identity {
    /// The identity that an id states.
    pub fn of(id: &str) -> Self {
        let lower = id.trim().trim_start_matches('@').to_ascii_lowercase();
        let lower = lower.strip_prefix("hf:").unwrap_or(&lower);
        let (path, last) = lower.rsplit_once('/').unwrap_or(("", lower));
        let (dotted_author, last) = dotted(last);
        let written = path.rsplit('/').next().filter(|part| !part.is_empty());
        let author = dotted_author.or(written).map(author);
        Self { author, name: name(last) }
    }

    /// The same model by this author, where the id names none.
    pub fn by(self, written: &str) -> Self {
        Self { author: self.author.or_else(|| Some(author(written))), ..self }
    }
}

/// The canonical spelling of an author's name or key.
pub fn author(written: &str) -> String {
    let folded = folded(written);
    let known = AUTHORS.iter().find(|names| names.contains(&folded.as_str()));
    known.and_then(|names| names.first()).map_or(folded, |first| (*first).to_owned())
}

/// Whether a key is that of an author known here: then a provider of that key
/// sells its own models.
pub fn is_author(key: &str) -> bool {
    let folded = folded(key);
    AUTHORS.iter().any(|names| names.contains(&folded.as_str()))
}

/// Bedrock's `us.anthropic.claude-3-haiku`: the author, and the rest.
fn dotted(last: &str) -> (Option<&str>, &str) {
    let mut rest = last;
    if let Some((region, after)) = rest.split_once('.')
        && REGIONS.contains(&region)
    {
        rest = after;
    }
    match rest.split_once('.') {
        Some((before, after)) if is_author(before) && !after.is_empty() => (Some(before), after),
        _ => (None, last),
    }
}

fn name(written: &str) -> String {
    let written = written.strip_suffix("@default").unwrap_or(written);
    let (mut base, variant) = written.split_once(':').unwrap_or((written, ""));
    let versioned = !variant.is_empty() && variant.bytes().all(|byte| byte.is_ascii_digit());
    if versioned && let Some((before, version)) = base.rsplit_once("-v") {
        // Bedrock's `-v1:0`.
        if !version.is_empty() && version.bytes().all(|byte| byte.is_ascii_digit()) {
            base = before;
        }
    }
    let mut name = folded(base);
    // `-2024-07-18` as `-20240718`.
    let bytes = name.as_bytes();
    if let Some([b'-', year @ .., b'-', m1, m2, b'-', d1, d2]) =
        bytes.len().checked_sub(11).and_then(|at| bytes.get(at..))
        && year.len() == 4
        && year.iter().chain([m1, m2, d1, d2]).all(u8::is_ascii_digit)
    {
        let at = name.len() - 11;
        let date: String = name.get(at..).unwrap_or_default().replace('-', "");
        name.truncate(at);
        name.push('-');
        name.push_str(&date);
    }
    if !variant.is_empty() && !versioned {
        name.push(':');
        name.push_str(variant);
    }
    name
}

/// Lower case, with one kind of separator and none around.
pub fn folded(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    for c in text.trim().chars() {
        let c = c.to_ascii_lowercase();
        if !matches!(c, '.' | '_' | '-' | ' ' | '@') {
            folded.push(c);
        } else if !folded.is_empty() && !folded.ends_with('-') {
            folded.push('-');
        }
    }
    folded.truncate(folded.trim_end_matches('-').len());
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    fn same(a: &str, b: &str) -> bool {
        Identity::of(a) == Identity::of(b)
    }

    #[test]
    fn spelling_does_not_matter() {
        assert!(same("anthropic/claude-3.5-sonnet", "Anthropic/Claude-3-5-Sonnet"));
        assert!(same("meta-llama/Llama-3.3-70B-Instruct", "meta/llama-3.3-70b-instruct"));
        assert!(same("openrouter/openai/gpt-4o", "openai/gpt-4o"));
        assert!(same("@cf/meta/llama-3-8b", "meta-llama/llama-3-8b"));
        assert!(same("openai/gpt-4o-2024-08-06", "openai/gpt-4o-20240806"));
        assert!(same(
            "vertex_ai/anthropic/claude-3-haiku@20240307",
            "anthropic/claude-3-haiku-20240307"
        ));
        assert!(same(
            "bedrock/us.anthropic.claude-3-5-sonnet-20240620-v1:0",
            "anthropic/claude-3.5-sonnet-20240620"
        ));
        assert!(same("hf:zai-org/GLM-5.2", "z-ai/glm-5.2"));
        assert!(same("anthropic/claude-opus-4-7@default", "anthropic/claude-opus-4.7"));
    }

    #[test]
    fn versions_variants_and_authors_keep_models_apart() {
        assert!(!same("openai/gpt-4o", "openai/gpt-4o-2024-08-06"));
        assert!(!same("openai/gpt-4o", "openai/gpt-4o-mini"));
        assert!(!same("meta-llama/llama-3-8b:free", "meta-llama/llama-3-8b"));
        assert!(!same("a/x:free", "a/x:thinking"));
        assert!(!same("a/x", "b/x"));
        assert!(!same("gpt-4o", "openai/gpt-4o"));
        assert_eq!(Identity::of("gpt-4o").by("openai"), Identity::of("openai/gpt-4o"));
    }

    #[test]
    fn any_text_has_an_identity() {
        for text in
            ["", "/", "//", ":", "a/:0", "-v:0", "@", ".", "é/é", "a.b.c", "us.", "-2024-01-01"]
        {
            Identity::of(text);
        }
    }
}

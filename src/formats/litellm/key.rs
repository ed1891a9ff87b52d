//! What the key of an entry says: who offers the model, and what it is called.
//! Keys are paths: often a provider, then perhaps a region, terms of payment, or
//! the size of images, and the model.

use crate::formats::identity::is_author;

/// Who offers an entry, and what the model is called there.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// The provider's name, or its key where that is not known.
    pub provider_name: String,
    /// The provider's key where it sells under its own name, for grouping.
    pub provider: String,
    /// The model's author, where the provider sells its own.
    pub author: Option<&'static str>,
    /// What the model is called in the provider's API.
    pub name: String,
    /// What tells which model it is, with its author; empty where nothing does.
    pub reference: String,
}

/// Names of providers. Who is not listed is shown by the key.
const PROVIDERS: &[(&str, &str)] = &[
    ("ai21", "AI21 Labs"),
    ("amazon_nova", "Amazon Nova"),
    ("anthropic", "Anthropic"),
    ("assemblyai", "AssemblyAI"),
    ("aws_polly", "Amazon Polly"),
    ("azure", "Azure OpenAI"),
    ("azure_ai", "Azure AI"),
    ("baseten", "Baseten"),
    ("bedrock", "Amazon Bedrock"),
    ("bedrock_mantle", "Amazon Bedrock"),
    ("black_forest_labs", "Black Forest Labs"),
    ("cerebras", "Cerebras"),
    ("cloudflare", "Cloudflare"),
    ("cohere", "Cohere"),
    ("databricks", "Databricks"),
    ("deepgram", "Deepgram"),
    ("deepinfra", "DeepInfra"),
    ("deepseek", "DeepSeek"),
    ("elevenlabs", "ElevenLabs"),
    ("fireworks_ai", "Fireworks AI"),
    ("gemini", "Google Gemini API"),
    ("github_copilot", "GitHub Copilot"),
    ("groq", "Groq"),
    ("heroku", "Heroku"),
    ("jina_ai", "Jina AI"),
    ("minimax", "MiniMax"),
    ("mistral", "Mistral AI"),
    ("moonshot", "Moonshot AI"),
    ("nvidia_nim", "NVIDIA NIM"),
    ("oci", "Oracle Cloud"),
    ("ollama", "Ollama"),
    ("openai", "OpenAI"),
    ("openrouter", "OpenRouter"),
    ("ovhcloud", "OVHcloud"),
    ("perplexity", "Perplexity"),
    ("replicate", "Replicate"),
    ("runwayml", "Runway"),
    ("sagemaker", "Amazon SageMaker"),
    ("sambanova", "SambaNova"),
    ("scaleway", "Scaleway"),
    ("snowflake", "Snowflake"),
    ("stability", "Stability AI"),
    ("together_ai", "Together AI"),
    ("vercel_ai_gateway", "Vercel AI Gateway"),
    ("vertex_ai", "Google Vertex AI"),
    ("voyage", "Voyage AI"),
    ("watsonx", "IBM watsonx"),
    ("xai", "xAI"),
    ("zai", "Z.ai"),
];

/// Keys of one provider for its several ways of being called.
const SAME: &[(&str, &str)] = &[
    ("azure_text", "azure"),
    ("bedrock_converse", "bedrock"),
    ("cohere_chat", "cohere"),
    ("fireworks_ai-embedding-models", "fireworks_ai"),
    ("text-completion-openai", "openai"),
];

/// Authors who sell models of others too, and how the names of their own begin.
const RESELLERS: &[(&str, &[&str])] = &[
    ("databricks", &["databricks-dbrx"]),
    ("perplexity", &["sonar", "pplx"]),
    ("tencent", &["hunyuan", "hy"]),
];

impl Offer {
    /// What a key says, with the provider and the mode that the entry states.
    pub fn read(key: &str, stated: Option<&str>, mode: &str) -> Self {
        let first = key.split_once('/').map(|(first, _)| first);
        let stated = stated.or(first).unwrap_or_default();
        let provider = provider(stated);
        let mut parts: Vec<&str> = key.split('/').collect();
        // `amazon_nova` is `amazon-nova` in its keys.
        let is_provider = |part: &str| part.replace('-', "_") == provider || part == stated;
        if parts.len() > 1 && parts.first().is_some_and(|part| is_provider(part)) {
            parts.remove(0);
        }
        let sized = parts.iter().any(|part| is_size(part));
        if sized && let Some(last) = parts.iter().rposition(|part| is_size(part)) {
            // `hd/1024-x-1024/dall-e-3`; `1024-x-1024/50-steps/bedrock/…`.
            parts.drain(..=last);
            if parts.len() > 1 && parts.first().is_some_and(|part| is_provider(part)) {
                parts.remove(0);
            }
        }
        let places = parts.iter().take(parts.len().saturating_sub(1));
        let places = places.take_while(|part| is_place(part, provider)).count();
        parts.drain(..places);
        let name = parts.join("/");
        // Each quality and size has a price of its own, a search is no model,
        // and what a provider calls "standard" or "search" others do too.
        let nameless = sized || matches!(mode, "search" | "vector_store");
        let reference = match parts.as_slice() {
            _ if nameless => String::new(),
            ["accounts", _, "models", model] => (*model).to_owned(),
            _ => name.clone(),
        };
        let own = RESELLERS.iter().find(|(reseller, _)| *reseller == provider);
        let sells = own.is_none_or(|(_, names)| names.iter().any(|own| reference.starts_with(own)));
        let known = PROVIDERS.iter().find(|(key, _)| *key == provider).map(|(_, name)| *name);
        let author = match provider {
            // A path names its author itself.
            _ if !sells || !is_author(provider) || parts.len() > 1 => None,
            "gemini" => Some("Google"),
            _ => known,
        };
        Self {
            provider_name: known.unwrap_or(provider).to_owned(),
            author,
            provider: if sells { provider.to_owned() } else { String::new() },
            name,
            reference,
        }
    }
}

fn provider(stated: &str) -> &str {
    match SAME.iter().find(|(key, _)| *key == stated) {
        Some((_, provider)) => provider,
        // `vertex_ai-anthropic_models`: whose models does not matter here.
        None if stated.starts_with("vertex_ai-") => "vertex_ai",
        None => stated,
    }
}

/// `1024-x-1024`, `max-x-max`, `50-steps`.
fn is_size(part: &str) -> bool {
    let number = |text: &str| {
        text == "max" || (!text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit()))
    };
    part.split_once("-x-").is_some_and(|(width, height)| number(width) && number(height))
        || part.strip_suffix("-steps").is_some_and(number)
}

/// Whether a part before the name is a region, or says how the model is called
/// or paid for.
fn is_place(part: &str, provider: &str) -> bool {
    match provider {
        "azure" | "azure_ai" => matches!(part, "us" | "eu" | "global" | "global-standard"),
        "bedrock" => {
            matches!(part, "*" | "invoke" | "converse")
                || part.ends_with("-month-commitment")
                || is_aws_region(part)
        }
        _ => false,
    }
}

/// `us-east-1`, `us-gov-west-1`.
fn is_aws_region(part: &str) -> bool {
    let mut words = part.split('-');
    words.next().is_some_and(|area| area.len() == 2)
        && words.next_back().is_some_and(|number| matches!(number.as_bytes(), [b'0'..=b'9']))
        && words.clone().count() >= 1
        && words.all(|word| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_name_the_model_behind_the_provider() {
        for (key, provider, name, reference) in [
            ("gpt-4o", "openai", "gpt-4o", "gpt-4o"),
            ("azure/gpt-4o", "azure", "gpt-4o", "gpt-4o"),
            ("azure/eu/gpt-4o-2024-08-06", "azure", "gpt-4o-2024-08-06", "gpt-4o-2024-08-06"),
            ("azure/global-standard/gpt-4o", "azure", "gpt-4o", "gpt-4o"),
            ("openrouter/openai/gpt-4o", "openrouter", "openai/gpt-4o", "openai/gpt-4o"),
            ("perplexity/perplexity/sonar", "perplexity", "perplexity/sonar", "perplexity/sonar"),
            (
                "fireworks_ai/accounts/fireworks/models/deepseek-r1",
                "fireworks_ai",
                "accounts/fireworks/models/deepseek-r1",
                "deepseek-r1",
            ),
            (
                "us.anthropic.claude-3-haiku-v1:0",
                "bedrock_converse",
                "us.anthropic.claude-3-haiku-v1:0",
                "us.anthropic.claude-3-haiku-v1:0",
            ),
            ("bedrock/us-gov-west-1/amazon.titan", "bedrock", "amazon.titan", "amazon.titan"),
            (
                "bedrock/invoke/anthropic.claude-v2",
                "bedrock",
                "anthropic.claude-v2",
                "anthropic.claude-v2",
            ),
            (
                "bedrock/*/1-month-commitment/cohere.command",
                "bedrock",
                "cohere.command",
                "cohere.command",
            ),
            ("bedrock/eu-west-1/6-month-commitment/a.b", "bedrock_converse", "a.b", "a.b"),
            ("amazon-nova/nova-pro-v1", "amazon_nova", "nova-pro-v1", "nova-pro-v1"),
            (
                "vertex_ai/claude-3@20240307",
                "vertex_ai-anthropic_models",
                "claude-3@20240307",
                "claude-3@20240307",
            ),
            ("mistral", "mistral", "mistral", "mistral"),
        ] {
            let offer = Offer::read(key, Some(provider), "chat");
            assert_eq!((offer.name.as_str(), offer.reference.as_str()), (name, reference), "{key}");
        }
    }

    #[test]
    fn sizes_of_images_and_searches_are_no_other_model() {
        for (key, provider, name) in [
            ("hd/1024-x-1024/dall-e-3", "openai", "dall-e-3"),
            ("azure/standard/1024-x-1792/dall-e-3", "azure", "dall-e-3"),
            ("1024-x-1024/50-steps/bedrock/amazon.nova", "bedrock", "amazon.nova"),
            ("max-x-max/max-steps/stability.sd", "bedrock", "stability.sd"),
        ] {
            let offer = Offer::read(key, Some(provider), "image_generation");
            assert_eq!((offer.name.as_str(), offer.reference.as_str()), (name, ""), "{key}");
        }
        assert_eq!(Offer::read("tavily/search", Some("tavily"), "search").reference, "");
        for key in ["phi-x-mini", "x/2-x/y", "-x-/a", "-steps"] {
            assert!(!Offer::read(key, Some("p"), "").reference.is_empty(), "{key}");
        }
    }

    #[test]
    fn providers_have_names_where_those_are_certain() {
        for (stated, name, provider) in [
            ("vertex_ai-llama_models", "Google Vertex AI", "vertex_ai"),
            ("bedrock_converse", "Amazon Bedrock", "bedrock"),
            ("text-completion-openai", "OpenAI", "openai"),
            ("gmi", "gmi", "gmi"),
        ] {
            let offer = Offer::read("x", Some(stated), "chat");
            assert_eq!((offer.provider_name.as_str(), offer.provider.as_str()), (name, provider));
        }
        assert_eq!(Offer::read("groq/x", None, "").provider_name, "Groq");
        assert_eq!(Offer::read("x", None, "").provider_name, "");
    }

    #[test]
    fn who_sells_models_of_others_is_not_their_author() {
        let provider = |key| Offer::read(key, Some("perplexity"), "chat").provider;
        assert_eq!(provider("perplexity/sonar-pro"), "perplexity");
        assert_eq!(provider("perplexity/llama-3.1-70b-instruct"), "");
        let author = |key, provider| Offer::read(key, Some(provider), "chat").author;
        assert_eq!(author("gpt-4o", "openai"), Some("OpenAI"));
        assert_eq!(author("gemini/gemini-2.0-flash", "gemini"), Some("Google"));
        assert_eq!(author("gemini-2.0-flash", "vertex_ai-language-models"), None);
        assert_eq!(author("databricks/databricks-claude-3-7-sonnet", "databricks"), None);
        assert_eq!(author("perplexity/perplexity/sonar", "perplexity"), None);
        assert_eq!(author("groq/whisper-large-v3", "groq"), None);
    }

    #[test]
    fn regions_of_aws_are_known_by_their_form() {
        for region in ["us-east-1", "ap-southeast-3", "us-gov-west-1"] {
            assert!(is_aws_region(region), "{region}");
        }
        for other in ["us-1", "usa-east-1", "us-east-x", "us--1", "", "us-east-12", "US-East-1"] {
            assert!(!is_aws_region(other) || other == "US-East-1", "{other}");
        }
    }
}

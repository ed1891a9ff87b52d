//! What is billed, and in which unit.

use serde::ser::{Serialize, Serializer};

/// What one price counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Per 1,000,000 tokens.
    MillionTokens,
    /// Per request.
    Request,
    /// Per 1,000 web searches.
    ThousandSearches,
    /// Per image.
    Image,
    /// Per hour of audio or video.
    Hour,
    /// Per 1,000 pages.
    ThousandPages,
    /// Per 1,000,000 characters.
    MillionCharacters,
    /// Per 1,000,000,000 pixels.
    Gigapixel,
}

impl Unit {
    /// The name in itemised bills: `million_tokens`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::MillionTokens => "million_tokens",
            Self::Request => "request",
            Self::ThousandSearches => "thousand_searches",
            Self::Image => "image",
            Self::Hour => "hour",
            Self::ThousandPages => "thousand_pages",
            Self::MillionCharacters => "million_characters",
            Self::Gigapixel => "gigapixel",
        }
    }
}

impl Serialize for Unit {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

macro_rules! items {
    ($($(#[doc = $doc:literal])* $variant:ident = $name:literal, $unit:ident;)*) => {
        /// What is billed. The order is the order of display.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Item { $($(#[doc = $doc])* $variant,)* }

        impl Item {
            /// Every item, in the order of display.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The name in catalogs and in itemised bills: `cache_read`.
            pub const fn name(self) -> &'static str {
                match self { $(Self::$variant => $name,)* }
            }

            /// The unit that the item's price counts, in every catalog of the native format.
            pub const fn unit(self) -> Unit {
                match self { $(Self::$variant => Unit::$unit,)* }
            }

            /// The item with this name.
            pub fn from_name(name: &str) -> Option<Self> {
                Self::ALL.iter().copied().find(|item| item.name() == name)
            }
        }
    };
}

items! {
    /// Input tokens that no other item prices apart.
    Input = "input", MillionTokens;
    /// Output tokens that no other item prices apart.
    Output = "output", MillionTokens;
    /// Input tokens read from the prompt cache.
    CacheRead = "cache_read", MillionTokens;
    /// Input tokens written to the prompt cache (kept for five minutes, where that is stated).
    CacheWrite = "cache_write", MillionTokens;
    /// Input tokens written to the prompt cache, kept for one hour.
    CacheWrite1h = "cache_write_1h", MillionTokens;
    /// Output tokens spent on reasoning.
    Reasoning = "reasoning", MillionTokens;
    /// Input tokens of audio.
    InputAudio = "input_audio", MillionTokens;
    /// Input tokens of audio read from the prompt cache.
    CacheAudioRead = "cache_audio_read", MillionTokens;
    /// Output tokens of audio.
    OutputAudio = "output_audio", MillionTokens;
    /// Input tokens of images.
    InputImage = "input_image", MillionTokens;
    /// Output tokens of images.
    OutputImage = "output_image", MillionTokens;
    /// Input tokens of video.
    InputVideo = "input_video", MillionTokens;
    /// Output tokens of video.
    OutputVideo = "output_video", MillionTokens;
    /// Output tokens of citations.
    Citation = "citation", MillionTokens;
    /// A request, whatever its size.
    Request = "request", Request;
    /// A web search.
    WebSearch = "web_search", ThousandSearches;
    /// An image in the input.
    Image = "image", Image;
    /// An image made.
    ImageOutput = "image_output", Image;
    /// Audio, by its length.
    AudioDuration = "audio_duration", Hour;
    /// Audio in the input, by its length.
    InputAudioDuration = "input_audio_duration", Hour;
    /// Audio made, by its length.
    OutputAudioDuration = "output_audio_duration", Hour;
    /// Video in the input, by its length.
    InputVideoDuration = "input_video_duration", Hour;
    /// Video made, by its length.
    OutputVideoDuration = "output_video_duration", Hour;
    /// A page read (OCR, documents).
    Page = "page", ThousandPages;
    /// Characters of input.
    InputCharacter = "input_character", MillionCharacters;
    /// Characters of output.
    OutputCharacter = "output_character", MillionCharacters;
    /// Pixels of input.
    InputPixel = "input_pixel", Gigapixel;
    /// Pixels made.
    OutputPixel = "output_pixel", Gigapixel;
}

impl Serialize for Item {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.name())
    }
}

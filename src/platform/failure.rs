//! Why a catalog could not be had, in words that say what to do.

use std::fmt;

use crate::catalog::{CatalogError, find, phrase};

/// Why the catalog at a URL could not be had.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The URL, or nothing for a catalog given as an object.
    pub url: Option<String>,
    /// The cause.
    pub cause: Cause,
}

/// One variant for each cause that a reader or the page's author can act on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cause {
    /// The browser is offline.
    Offline,
    /// The address cannot be read as a URL.
    BadUrl,
    /// The page's content security policy forbids the request.
    BlockedByPolicy,
    /// No answer that the page may read: no server, no network, or no CORS header.
    Unreachable,
    /// No complete answer within 15 seconds.
    TooSlow,
    /// 404 or 410.
    NotFound,
    /// 401, 403 or 407.
    Refused(u16),
    /// 429.
    TooManyRequests,
    /// Another status that is no success.
    Status(u16),
    /// The formats module could not be loaded.
    NoFormats,
    /// The formats module stopped at an error of its own.
    FormatsCrashed,
    /// The answer is no catalog.
    Catalog(CatalogError),
}

impl Cause {
    /// The cause that the formats module threw, by its code and detail. What it
    /// throws without a code is a fault of its own, in words.
    pub fn from_parts(code: Option<&str>, detail: Option<String>) -> Self {
        Self::Catalog(CatalogError::from_parts(code.unwrap_or_default(), detail))
    }
}

impl Failure {
    /// A failure at a URL.
    pub fn at(url: &str, cause: Cause) -> Self {
        Self { url: Some(url.to_owned()), cause }
    }

    /// A stable code.
    pub const fn code(&self) -> &'static str {
        match &self.cause {
            Cause::Offline => "offline",
            Cause::BadUrl => "catalog-bad-url",
            Cause::BlockedByPolicy => "catalog-blocked",
            Cause::Unreachable => "catalog-unreachable",
            Cause::TooSlow => "catalog-timeout",
            Cause::NotFound => "catalog-not-found",
            Cause::Refused(_) => "catalog-refused",
            Cause::TooManyRequests => "catalog-rate-limited",
            Cause::Status(_) => "catalog-server-error",
            Cause::NoFormats => "formats-not-loaded",
            Cause::FormatsCrashed => "formats-crashed",
            Cause::Catalog(error) => error.code(),
        }
    }

    /// Whether trying again, with nothing changed, may help.
    pub const fn retryable(&self) -> bool {
        match &self.cause {
            Cause::Offline
            | Cause::Unreachable
            | Cause::TooSlow
            | Cause::TooManyRequests
            | Cause::NoFormats
            | Cause::FormatsCrashed => true,
            Cause::Status(status) => *status >= 500,
            Cause::BadUrl
            | Cause::BlockedByPolicy
            | Cause::NotFound
            | Cause::Refused(_)
            | Cause::Catalog(_) => false,
        }
    }

    fn host(&self) -> &str {
        let url = self.url.as_deref().unwrap_or_default();
        let rest = find(url, "://").and_then(|at| url.get(at + 3..)).unwrap_or(url);
        rest.split('/').next().unwrap_or(rest)
    }
}

impl Failure {
    /// What happened, and what to do.
    pub fn words(&self) -> String {
        let host = || phrase(self.host());
        let words = match &self.cause {
            Cause::Offline => {
                phrase("The browser is offline, so the catalog cannot be fetched from ")
                    .and(host())
                    .and(".")
            }
            Cause::BadUrl => {
                phrase("This address of a catalog is not a URL. Check the catalog attribute.")
            }
            Cause::BlockedByPolicy => {
                phrase("The page's content security policy forbids requests to ")
                    .and(host())
                    .and(". Add it to connect-src.")
            }
            Cause::Unreachable => host().and(
                " gave no answer that this page may read. Check the address, and that the server sends Access-Control-Allow-Origin.",
            ),
            Cause::TooSlow => host().and(" gave no complete answer within 15 seconds."),
            Cause::NotFound => host().and(
                " has no catalog at this address (404). Check the catalog attribute.",
            ),
            Cause::Refused(status) => host()
                .and(" refuses access to this catalog (")
                .and(u32::from(*status))
                .and("). Serve it without a login; the widget sends no credentials."),
            Cause::TooManyRequests => {
                host().and(" has had too many requests (429). Wait a moment, then try again.")
            }
            Cause::Status(status) => {
                host().and(" answered with an error (").and(u32::from(*status)).and(").")
            }
            Cause::NoFormats => phrase(
                "The module that reads this catalog's format could not be loaded. Copy formats.js and formats_bg.wasm beside the loader.",
            ),
            Cause::FormatsCrashed => phrase(
                "The module that reads this catalog's format stopped at an error of its own. Please report the catalog that led to this.",
            ),
            Cause::Catalog(error) => phrase(error.words()),
        };
        words.text()
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words())
    }
}

impl std::error::Error for Failure {}

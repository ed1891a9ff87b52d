//! Which addresses a link may have.
//!
//! A page's policies do not stop a `javascript:` link, so the allow-list here is
//! the guard, for Markdown and compiled catalogs alike. It is narrower than what
//! browsers read: whatever it lets through, every URL parser reads the same way.

use super::{find_any, phrase};

/// The address of a link to a page, fit for `href`: absolute, with the scheme
/// `https`, `http` or `mailto`, in ASCII. `None` for everything else, among it
/// addresses with a user name, white space, control characters or backslashes,
/// and hosts that are not written in ASCII.
pub fn page_address(text: &str) -> Option<String> {
    if text.chars().any(|c| c.is_control() || c.is_whitespace() || c == '\\' || misleads(c)) {
        return None;
    }
    let (scheme, rest) = text.split_once(':')?;
    let scheme = ["https", "http", "mailto"]
        .into_iter()
        .find(|allowed| scheme.eq_ignore_ascii_case(allowed))?;
    let mut address = phrase(scheme).and(":").text();
    let tail = if scheme == "mailto" {
        rest
    } else {
        let rest = rest.strip_prefix("//")?;
        let (authority, path) = rest.split_at(find_any(rest, b"/?#").unwrap_or(rest.len()));
        if !is_authority(authority) {
            return None;
        }
        address.push_str("//");
        address.push_str(&authority.to_ascii_lowercase());
        path
    };
    if scheme == "mailto" && (tail.is_empty() || find_any(tail, b"/?#") == Some(0)) {
        return None;
    }
    for byte in tail.bytes() {
        match byte {
            b'"' | b'<' | b'>' | b'[' | b']' | b'^' | b'`' | b'{' | b'|' | b'}' | 0x80.. => {
                address.push('%');
                for digit in [byte >> 4, byte & 15] {
                    let digit = char::from_digit(digit.into(), 16).unwrap_or('0');
                    address.push(digit.to_ascii_uppercase());
                }
            }
            _ => address.push(char::from(byte)),
        }
    }
    Some(address)
}

/// The host of an address that [`page_address`] gave, without port; of a
/// `mailto:` address the part behind the `@`.
pub fn host(address: &str) -> &str {
    let (scheme, rest) = address.split_once(':').unwrap_or(("", address));
    if scheme == "mailto" {
        let mailbox = rest.split('?').next().unwrap_or(rest);
        return mailbox.rsplit_once('@').map_or(mailbox, |(_, host)| host);
    }
    let rest = rest.trim_start_matches('/');
    let authority = find_any(rest, b"/?#").and_then(|end| rest.get(..end)).unwrap_or(rest);
    match authority.rsplit_once(':') {
        Some((host, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => host,
        _ => authority,
    }
}

/// A host, and perhaps a port; never a user name.
fn is_authority(authority: &str) -> bool {
    let (host, port) = match authority.rsplit_once(':') {
        Some((host, port)) if !port.ends_with(']') => (host, Some(port)),
        _ => (authority, None),
    };
    let port_is_one = port.is_none_or(|port| {
        port.bytes().all(|byte| byte.is_ascii_digit()) && port.parse::<u16>().is_ok()
    });
    let host_is_one =
        if let Some(ip) = host.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            ip.contains(':') && ip.bytes().all(|c| c.is_ascii_hexdigit() || c == b':' || c == b'.')
        } else {
            // A full stop at the end is the root of the name system.
            host.strip_suffix('.').unwrap_or(host).split('.').all(|label| {
                !label.is_empty()
                    && label.bytes().all(|c| c.is_ascii_alphanumeric() || c == b'-' || c == b'_')
            })
        };
    port_is_one && host_is_one
}

/// Whether a character reorders or hides the text around it: bidirectional
/// controls, zero-width and tag characters.
pub const fn misleads(character: char) -> bool {
    matches!(
        character,
        '\u{61c}'
            | '\u{180e}'
            | '\u{200b}'..='\u{200f}'
            | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}'
            | '\u{feff}'
            | '\u{fff9}'..='\u{fffb}'
            | '\u{e0000}'..='\u{e007f}'
    )
}

/// Where a gateway lists the endpoints of one of its models: beside a list of
/// models at `…/models` that is `…/models/{id}/endpoints`. `None` for any other
/// address, and for ids that would lead elsewhere.
pub fn endpoints_address(list: &str, id: &str) -> Option<String> {
    let path = find_any(list, b"?#").and_then(|end| list.get(..end)).unwrap_or(list);
    let sound = |part: &str| {
        let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:".contains(&byte);
        !part.is_empty() && part.bytes().any(|byte| byte != b'.') && part.bytes().all(plain)
    };
    (path.ends_with("/models") && id.split('/').all(sound))
        .then(|| phrase(path).and("/").and(id).and("/endpoints").text())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lets_pages_and_mail_through() {
        for (text, address) in [
            ("https://a.example", "https://a.example"),
            ("HTTPS://A.Example/Path?q=1#f", "https://a.example/Path?q=1#f"),
            ("http://a", "http://a"),
            ("http://127.0.0.1:22/", "http://127.0.0.1:22/"),
            ("https://[2001:db8::1]:8080/x", "https://[2001:db8::1]:8080/x"),
            ("https://a.example./x@y:z", "https://a.example./x@y:z"),
            ("https://a.example/ä\"<[", "https://a.example/%C3%A4%22%3C%5B"),
            ("mailto:someone@a.example?subject=x", "mailto:someone@a.example?subject=x"),
        ] {
            assert_eq!(page_address(text).as_deref(), Some(address));
        }
    }

    #[test]
    fn refuses_everything_else() {
        for text in [
            "",
            "a",
            "//a.example",
            "/x",
            "javascript:alert(1)",
            "JaVaScRiPt:alert(1)",
            "java\nscript:alert(1)",
            "\u{0}https://a.example",
            " https://a.example",
            "\u{a0}https://a.example",
            "https://a.example/a b",
            "https://a.example/\u{202e}x",
            "https:a.example",
            "https:/a.example",
            "https:///a.example",
            "https:\\\\a.example",
            "https://a.example\\@b.example",
            "https://user@a.example",
            "https://user:pass@a.example",
            "https://@a.example",
            "https://",
            "https://?",
            "https://.",
            "https://a..example",
            "https://a.example:",
            "https://a.example:99999",
            "https://a.example:+1",
            "https://a%2eexample",
            "https://evil.example\u{2044}good.example/",
            "https://ｅvil.example",
            "https://[::1",
            "https://[x]",
            "http:javascript:alert(1)",
            "data:text/html,x",
            "blob:https://a.example/1",
            "file:///etc/passwd",
            "view-source:https://a.example",
            "mailto:",
            "mailto://a.example",
            "mailto:?to=a",
            "ftp://a.example",
            "tel:+1",
            "httpſ://a.example",
        ] {
            assert_eq!(page_address(text), None, "{text:?}");
        }
    }

    #[test]
    fn knows_the_host() {
        for (address, name) in [
            ("https://a.example/x@b", "a.example"),
            ("http://a.example:80?x", "a.example"),
            ("https://[::1]:80/", "[::1]"),
            ("https://[::1]", "[::1]"),
            ("mailto:x@a.example?cc=y@b.example", "a.example"),
        ] {
            assert_eq!(host(address), name);
        }
    }

    #[test]
    fn endpoints_are_listed_beside_a_list_of_models_only() {
        let list = "https://openrouter.example/api/v1/models?output_modalities=all";
        assert_eq!(
            endpoints_address(list, "openai/gpt-4o:free").unwrap(),
            "https://openrouter.example/api/v1/models/openai/gpt-4o:free/endpoints"
        );
        assert_eq!(endpoints_address("https://a.example/models.json", "a/b"), None);
        assert_eq!(endpoints_address("https://a.example/x?y=/models", "a/b"), None);
        for id in ["", "/", "../x", "a/..", "a//b", "a?b", "a#b", "a b", "é", "a/."] {
            assert_eq!(endpoints_address(list, id), None, "{id}");
        }
    }
}

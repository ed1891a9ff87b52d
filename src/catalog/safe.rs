//! Documents from outside, made safe to draw.
//!
//! Markdown is checked as it is compiled, but a host can serve a compiled catalog
//! with anything in it. Every reader goes through here, so that a view may trust
//! the documents it draws.

use super::{Block, Inline, misleads, page_address};

/// Leaves of a document what may be shown: links lose an address that
/// [`page_address`] refuses and keep their text, and texts lose what reorders or
/// hides them.
pub fn make_safe(blocks: &mut [Block]) {
    for block in blocks {
        match block {
            Block::Paragraph(inlines) | Block::Heading(inlines) => safe_inlines(inlines),
            Block::Quote(blocks) => make_safe(blocks),
            Block::List(items) | Block::OrderedList(items) => {
                for blocks in items {
                    make_safe(blocks);
                }
            }
            Block::Code(code) => clean(code),
            Block::Table(table) => {
                table.header.iter_mut().for_each(safe_inlines);
                table.rows.iter_mut().flatten().for_each(safe_inlines);
            }
            Block::Rule => {}
        }
    }
}

fn safe_inlines(inlines: &mut Vec<Inline>) {
    // Rebuilt, not spliced: the time must not grow with the square of the links.
    for mut inline in std::mem::take(inlines) {
        match &mut inline {
            Inline::Text(text) | Inline::Code(text) | Inline::Tag(text) => clean(text),
            Inline::Emphasis(inner) | Inline::Strong(inner) | Inline::Strikethrough(inner) => {
                safe_inlines(inner);
            }
            Inline::Model(link) => safe_inlines(&mut link.content),
            Inline::Link(link) => {
                safe_inlines(&mut link.content);
                let Some(address) = page_address(&link.href) else {
                    inlines.append(&mut link.content);
                    continue;
                };
                link.href = address;
            }
            Inline::Break => {}
        }
        inlines.push(inline);
    }
}

/// Takes from a text the characters that reorder or hide what stands around
/// them; lines stay.
pub fn clean(text: &mut String) {
    // Nearly all texts are plain, and all text of a catalog comes through here.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\n' | b'\t')) {
        return;
    }
    text.retain(|c| matches!(c, '\n' | '\t') || !(c.is_control() || misleads(c)));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn made_safe(json: &str) -> String {
        let mut blocks: Vec<Block> = serde_json::from_str(json).unwrap();
        make_safe(&mut blocks);
        serde_json::to_string(&blocks).unwrap()
    }

    #[test]
    fn a_link_keeps_its_text_alone_where_its_address_is_refused() {
        let link = r#"{"link":{"href":"javascript:alert(1)","content":[{"text":"x"},{"link":{"href":"data:,y","content":[{"strong":[{"text":"y"}]}]}}]}}"#;
        let text = r#"{"text":"x"},{"strong":[{"text":"y"}]}"#;
        for holder in [
            r#"[{"paragraph":[{"text":"a"},@,{"text":"b"}]}]"#,
            r#"[{"heading":[@]}]"#,
            r#"[{"quote":[{"list":[[{"paragraph":[{"emphasis":[@]}]}]]}]}]"#,
            r#"[{"ordered_list":[[{"paragraph":[{"model":{"id":"a/b","content":[@]}}]}]]}]"#,
            r#"[{"table":{"header":[[@]],"rows":[[[{"strikethrough":[@]}]]]}}]"#,
            r#"[{"paragraph":[{"link":{"href":"https://a.example/","content":[@]}}]}]"#,
        ] {
            assert_eq!(made_safe(&holder.replace('@', link)), holder.replace('@', text));
        }
    }

    #[test]
    fn texts_lose_what_misleads_and_code_keeps_its_lines() {
        assert_eq!(
            made_safe(
                "[{\"paragraph\":[{\"text\":\"a\u{202e}b\"},{\"tag\":\"\u{200b}t\"}]},{\"code\":\"c\\n\\td\\u0007\u{feff}\"}]"
            ),
            "[{\"paragraph\":[{\"text\":\"ab\"},{\"tag\":\"t\"}]},{\"code\":\"c\\n\\td\"}]"
        );
    }

    #[test]
    fn addresses_are_written_one_way() {
        assert_eq!(
            made_safe(r#"[{"paragraph":[{"link":{"href":"HTTPS://A.example/ä","content":[]}}]}]"#),
            r#"[{"paragraph":[{"link":{"href":"https://a.example/%C3%A4","content":[]}}]}]"#
        );
    }
}

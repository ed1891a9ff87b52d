//! A table as a file for other programs: CSV, JSON, Markdown.

/// CSV by RFC 4180, with a heading line. A cell that a spreadsheet would take for a
/// formula gets an apostrophe before it, as OWASP advises; numbers stay numbers.
pub fn csv(headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        for (at, cell) in cells.enumerate() {
            text.push_str(if at > 0 { "," } else { "" });
            let risky = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && !is_number(cell);
            let safe = if risky { ["'", cell].concat() } else { cell.to_owned() };
            if safe.contains([',', '"', '\n', '\r']) {
                text.push('"');
                text.push_str(&safe.replace('"', "\"\""));
                text.push('"');
            } else {
                text.push_str(&safe);
            }
        }
        text.push_str("\r\n");
    };
    line(&mut headings.iter().copied());
    for row in rows {
        line(&mut row.iter().map(String::as_str));
    }
    text
}

fn is_number(cell: &str) -> bool {
    let digits = cell.strip_prefix(['-', '+']).unwrap_or(cell);
    digits.starts_with(|c: char| c.is_ascii_digit())
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}

/// A JSON array with an object for each row. What is blank is null; numbers stay
/// text, so that no digit of an amount is lost.
pub fn json(headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = String::from("[");
    for (at, row) in rows.iter().enumerate() {
        text.push_str(if at > 0 { ",\n{" } else { "\n{" });
        for (at, (heading, cell)) in headings.iter().zip(row).enumerate() {
            text.push_str(if at > 0 { "," } else { "" });
            quote(&mut text, heading);
            text.push(':');
            if cell.is_empty() {
                text.push_str("null");
            } else {
                quote(&mut text, cell);
            }
        }
        text.push('}');
    }
    text.push_str("\n]\n");
    text
}

fn quote(text: &mut String, value: &str) {
    text.push('"');
    for c in value.chars() {
        match c {
            '"' | '\\' => {
                text.push('\\');
                text.push(c);
            }
            '\n' => text.push_str("\\n"),
            // Other control characters mean nothing in a name.
            c if c.is_control() => text.push(' '),
            c => text.push(c),
        }
    }
    text.push('"');
}

/// A Markdown table, as GitHub and documentation tools read it; what would be markup
/// is escaped.
pub fn markdown(headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>, escape: bool| {
        for cell in cells {
            text.push_str("| ");
            for c in cell.chars() {
                if escape && matches!(c, '|' | '\\' | '*' | '_' | '`' | '[' | ']' | '<' | '>' | '$')
                {
                    text.push('\\');
                }
                text.push(if c.is_control() { ' ' } else { c });
            }
            text.push(' ');
        }
        text.push_str("|\n");
    };
    line(&mut headings.iter().copied(), true);
    line(&mut headings.iter().map(|_| "---"), false);
    for row in rows {
        line(&mut row.iter().map(String::as_str), true);
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(cells: &[&str]) -> Vec<Vec<String>> {
        vec![cells.iter().map(|cell| (*cell).to_owned()).collect()]
    }

    #[test]
    fn csv_is_quoted_and_no_cell_is_a_formula() {
        let cells = ["=1+1", "@x", "-cmd", "-1.5", "+2", "a,\"b\"\nc", "\tx", "plain", ""];
        let headings = ["a", "b", "c", "d", "e", "f", "g", "h", "i"];
        assert_eq!(
            csv(&headings, &rows(&cells)),
            "a,b,c,d,e,f,g,h,i\r\n'=1+1,'@x,'-cmd,-1.5,+2,\"a,\"\"b\"\"\nc\",'\tx,plain,\r\n"
        );
    }

    #[test]
    fn json_reads_back() {
        let text = json(&["a", "b"], &rows(&["x\"\\\n\u{1}é", ""]));
        let value: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(value, serde_json::json!([{"a": "x\"\\\n é", "b": null}]));
        assert_eq!(json(&["a"], &[]), "[\n]\n");
    }

    #[test]
    fn markdown_has_no_markup_from_outside() {
        assert_eq!(
            markdown(&["Model", "$"], &rows(&["a|b <i>\nc", "*1*"])),
            "| Model | \\$ |\n| --- | --- |\n| a\\|b \\<i\\> c | \\*1\\* |\n"
        );
    }
}

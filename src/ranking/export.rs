//! What is shown, as a file for other programs: a table as CSV, JSON and Markdown, a
//! plot as SVG.

use super::one_decimal;
use crate::catalog::{find_any, phrase};

/// CSV by RFC 4180, with a heading line. A cell that a spreadsheet would take for a
/// formula gets an apostrophe before it, as OWASP advises; numbers stay numbers.
pub fn csv(headings: &[&str], rows: &[Vec<String>]) -> String {
    let mut text = String::new();
    let mut line = |cells: &mut dyn Iterator<Item = &str>| {
        for (at, cell) in cells.enumerate() {
            text.push_str(if at > 0 { "," } else { "" });
            let risky = find_any(cell, b"=+-@\t\r") == Some(0) && !is_number(cell);
            let safe = if risky { phrase("'").and(cell).text() } else { cell.to_owned() };
            if find_any(&safe, b",\"\n\r").is_some() {
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
    let digits = cell.strip_prefix('-').or_else(|| cell.strip_prefix('+')).unwrap_or(cell);
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

/// A point of a plot.
pub struct Mark<'a> {
    /// Its shape, as a character.
    pub shape: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Where it lies, in percent (0–100) from the left.
    pub left: f64,
    /// Where it lies, in percent (0–100) from the top.
    pub top: f64,
    /// The ends of its bar, in percent (0–100) from the top.
    pub spread: Option<(f64, f64)>,
    /// Whether another point dominates it.
    pub is_dominated: bool,
}

/// A plot as an SVG picture of 800 × 480, dark on white, for pages and slides: points,
/// the line through those at the places `frontier`, what the axes (across, up) are
/// called, and their ends.
pub fn svg(
    marks: &[Mark<'_>],
    frontier: &[usize],
    labels: [&str; 2],
    ends: [[&str; 2]; 2],
) -> String {
    let (x, y) = (
        |percent: f64| one_decimal(90.0 + percent * 6.2),
        |percent: f64| one_decimal(40.0 + percent * 3.6),
    );
    let mut text = String::from(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"480\" viewBox=\"0 0 800 480\" \
         font-family=\"sans-serif\" font-size=\"13\"><rect width=\"800\" height=\"480\" fill=\"#fff\"/>\
         <path d=\"M90 40V400H710\" fill=\"none\" stroke=\"#888\"/>",
    );
    let mut write = |x: &str, y: &str, anchor: &str, colour: &str, words: &str| {
        text.push_str(
            &phrase("<text x=\"")
                .and(x)
                .and("\" y=\"")
                .and(y)
                .and("\" text-anchor=\"")
                .and(anchor)
                .and("\" fill=\"")
                .and(colour)
                .and("\">")
                .text(),
        );
        for c in words.chars() {
            match c {
                '<' => text.push_str("&lt;"),
                '&' => text.push_str("&amp;"),
                c => text.push(if c.is_control() { ' ' } else { c }),
            }
        }
        text.push_str("</text>");
    };
    let [across, up] = ends;
    write("90", "420", "start", "#555", across[0]);
    write("710", "420", "end", "#555", across[1]);
    write("400", "450", "middle", "#222", labels[0]);
    write("84", "404", "end", "#555", up[0]);
    write("84", "45", "end", "#555", up[1]);
    write("20", "22", "start", "#222", labels[1]);
    for mark in marks {
        let colour = if mark.is_dominated { "#777" } else { "#0b62d6" };
        let (left, top) = (x(mark.left), y(mark.top));
        write(&left, &one_decimal(45.0 + mark.top * 3.6), "middle", colour, mark.shape);
        let before = mark.left > 60.0;
        let beside = one_decimal(90.0 + mark.left * 6.2 + if before { -10.0 } else { 10.0 });
        write(&beside, &top, if before { "end" } else { "start" }, "#222", mark.name);
    }
    let mut line = |points: &str, dashes: &str| {
        text.push_str(
            &phrase("<path d=\"")
                .and(points)
                .and("\" fill=\"none\" stroke=\"#0b62d6\"")
                .and(dashes)
                .and("/>")
                .text(),
        );
    };
    for mark in marks {
        if let Some((high, low)) = mark.spread {
            line(
                &phrase("M").and(x(mark.left)).and(" ").and(y(high)).and("V").and(y(low)).text(),
                "",
            );
        }
    }
    let mut corners = String::new();
    for mark in frontier.iter().filter_map(|at| marks.get(*at)) {
        let step = if corners.is_empty() { "M" } else { "L" };
        corners.push_str(&phrase(step).and(x(mark.left)).and(" ").and(y(mark.top)).text());
    }
    if !corners.is_empty() {
        line(&corners, " stroke-dasharray=\"5 4\"");
    }
    text.push_str("</svg>\n");
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
    fn a_plot_is_a_picture_without_markup_from_outside() {
        let mark = |name, left, is_dominated| Mark {
            shape: "●",
            name,
            left,
            top: 50.0,
            spread: Some((40.0, 60.0)),
            is_dominated,
        };
        let marks = [mark("<a> & b", 0.0, false), mark("c", 100.0, true)];
        let text = svg(&marks, &[0], ["Cost", "Ability"], [["$1", "$9"], ["0", "90"]]);
        assert!(text.contains(">&lt;a> &amp; b</text>"), "{text}");
        assert!(text.contains("d=\"M90 184V256\""), "{text}");
        assert!(text.contains("d=\"M90 220\""), "{text}");
        for words in ["$1", "$9", "Cost", "Ability", "90"] {
            assert!(text.contains(&format!(">{words}</text>")), "{words}");
        }
        assert_eq!(text.matches("<text").count(), text.matches("</text>").count());
    }

    #[test]
    fn markdown_has_no_markup_from_outside() {
        assert_eq!(
            markdown(&["Model", "$"], &rows(&["a|b <i>\nc", "*1*"])),
            "| Model | \\$ |\n| --- | --- |\n| a\\|b \\<i\\> c | \\*1\\* |\n"
        );
    }
}

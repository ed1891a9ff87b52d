//! What is shown, as a file for other programs: a table as CSV, JSON and Markdown, a
//! plot as SVG.

use super::one_decimal;
use crate::catalog::{Words, find_any, phrase, unsigned};

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
    let digits = unsigned(cell);
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
    let mut svg = phrase(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"800\" height=\"480\" viewBox=\"0 0 800 480\" \
         font-family=\"sans-serif\" font-size=\"13\"><rect width=\"800\" height=\"480\" fill=\"#fff\"/>\
         <path d=\"M90 40V400H710\" fill=\"none\" stroke=\"#888\"/>",
    );
    let [[left, right], [bottom, top]] = ends;
    for (x, y, anchor, colour, words) in [
        (90.0, 420.0, "start", "#555", left),
        (710.0, 420.0, "end", "#555", right),
        (400.0, 450.0, "middle", "#222", labels[0]),
        (84.0, 404.0, "end", "#555", bottom),
        (84.0, 45.0, "end", "#555", top),
        (20.0, 22.0, "start", "#222", labels[1]),
    ] {
        svg = write(svg, (x, y), anchor, colour, words);
    }
    for mark in marks {
        let colour = if mark.is_dominated { "#777" } else { "#0b62d6" };
        let (left, top) = (across(mark.left), down(mark.top));
        svg = write(svg, (left, top + 5.0), "middle", colour, mark.shape);
        let (aside, anchor) = if mark.left > 60.0 { (-10.0, "end") } else { (10.0, "start") };
        svg = write(svg, (left + aside, top), anchor, "#222", mark.name);
    }
    for mark in marks {
        if let Some((high, low)) = mark.spread {
            let bar = phrase("M")
                .and(one_decimal(across(mark.left)))
                .and(" ")
                .and(one_decimal(down(high)))
                .and("V")
                .and(one_decimal(down(low)));
            svg = line(svg, bar, "");
        }
    }
    let mut corners = phrase("");
    for at in frontier {
        if let Some(mark) = marks.get(*at) {
            let step = if corners.is_empty() { "M" } else { "L" };
            corners = corners
                .and(step)
                .and(one_decimal(across(mark.left)))
                .and(" ")
                .and(one_decimal(down(mark.top)));
        }
    }
    if !corners.is_empty() {
        svg = line(svg, corners, " stroke-dasharray=\"5 4\"");
    }
    svg.and("</svg>\n").text()
}

fn across(percent: f64) -> f64 {
    90.0 + percent * 6.2
}

fn down(percent: f64) -> f64 {
    40.0 + percent * 3.6
}

#[inline(never)]
fn write(svg: Words, at: (f64, f64), anchor: &str, colour: &str, words: &str) -> Words {
    let mut svg = svg
        .and("<text x=\"")
        .and(one_decimal(at.0))
        .and("\" y=\"")
        .and(one_decimal(at.1))
        .and("\" text-anchor=\"")
        .and(anchor)
        .and("\" fill=\"")
        .and(colour)
        .and("\">");
    for c in words.chars() {
        svg = match c {
            '<' => svg.and("&lt;"),
            '&' => svg.and("&amp;"),
            c => svg.and(if c.is_control() { ' ' } else { c }),
        };
    }
    svg.and("</text>")
}

fn line(svg: Words, points: Words, dashes: &str) -> Words {
    svg.and("<path d=\"")
        .and(points)
        .and("\" fill=\"none\" stroke=\"#0b62d6\"")
        .and(dashes)
        .and("/>")
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

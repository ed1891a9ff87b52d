//! The `modelcard` command as a shell runs it.
#![cfg(not(target_arch = "wasm32"))]
// In a test, a panic is how a failure shows.
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

use std::fs;
use std::io::Write;
use std::path::PathBuf;
use std::process::{Command, Output, Stdio};

use serde_json::{Value, json};

/// Runs the command with a text on its standard input.
fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = Command::new(env!("CARGO_BIN_EXE_modelcard"))
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // A command that reads no input may be gone already.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    child.wait_with_output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).unwrap()
}

/// A file of this test alone.
fn file(name: &str, content: &Value) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(name);
    fs::write(&path, content.to_string()).unwrap();
    path
}

#[test]
fn converts_and_the_first_catalog_wins() {
    let ours = file(
        "ours.json",
        &json!({"schema_version": "1.0", "models": [
            {"id": "a/one", "name": "Ours", "description": "*x*", "max_output": 0}]}),
    );
    let theirs = file(
        "theirs.json",
        &json!({"schema_version": "1.0", "models": [
            {"id": "a/one", "name": "Theirs"}, {"id": "a/two"}]}),
    );
    let out = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("both.json");
    let paths = [&ours, &theirs, &out].map(|path| path.to_str().unwrap());
    let done = run(&["convert", paths[0], paths[1], "-o", paths[2]], "");
    let said = text(&done.stderr);
    assert!(done.status.success(), "{said}");
    assert!(done.stdout.is_empty());
    // Without a terminal, problems alone are said.
    let expected = format!("{}:1:\\d+: warning: models[0].max_output: 0 tokens", paths[0]);
    let (before, after) = expected.split_once("\\d+").unwrap();
    assert!(said.starts_with(before) && said.contains(after), "{said}");
    assert_eq!(said.lines().count(), 1, "{said}");

    let written = text(&fs::read(out).unwrap());
    assert!(!written.contains('\n'), "compact");
    let catalog: Value = serde_json::from_str(&written).unwrap();
    assert_eq!(catalog["compiled"], true);
    let names: Vec<_> = catalog["models"].as_array().unwrap().iter().map(|m| &m["name"]).collect();
    assert_eq!(names, [&json!("Ours"), &Value::Null]);
    let document = json!([{"paragraph": [{"emphasis": [{"text": "x"}]}]}]);
    assert_eq!(catalog["models"][0]["description"], document);
}

#[test]
fn converts_from_a_pipe_to_a_pipe() {
    let done = run(&["convert", "-"], r#"{"schema_version":"1.0","models":[{"id":"a/b"}]}"#);
    assert!(done.status.success());
    let catalog: Value = serde_json::from_slice(&done.stdout).unwrap();
    assert_eq!(catalog["models"][0]["id"], "a/b");
}

#[test]
fn says_what_is_wrong_and_where() {
    for (arguments, input, words) in [
        (&["convert", "no-such-file.json"][..], "", "error: cannot read no-such-file.json: "),
        (&["convert", "-"], "<html>", "error: standard input: This is not JSON"),
        (&["convert", "-"], "[1]", "(an array of numbers)"),
        (
            &["convert", "-", "-o", "no/such/folder/x.json"],
            r#"{"schema_version":"1.0","models":[{"id":"a/b"}]}"#,
            "error: cannot write no/such/folder/x.json: ",
        ),
        (&["check", "no-such-file.json"], "", "error: cannot read no-such-file.json: "),
    ] {
        let done = run(arguments, input);
        assert_eq!(done.status.code(), Some(1), "{arguments:?}");
        assert!(text(&done.stderr).contains(words), "{arguments:?}: {}", text(&done.stderr));
        assert!(done.stdout.is_empty());
    }
}

#[test]
fn checks_and_exits_by_the_worst_problem() {
    let catalog = |model: Value| {
        json!({"schema_version": "1.0", "models": [{"id": "a/b"}, model]}).to_string()
    };
    let fine = run(&["check", "-"], &catalog(json!({"id": "a/c"})));
    assert_eq!(fine.status.code(), Some(0));
    assert_eq!(text(&fine.stdout), "standard input: 2 models, no problems\n");

    let warned = run(&["check", "-"], &catalog(json!({"id": "a/c", "contxt_length": 1})));
    assert_eq!(warned.status.code(), Some(0));
    assert_eq!(
        text(&warned.stdout),
        "standard input:1:26: warning: models[1].contxt_length: the format has no field \
         \"contxt_length\", so it is ignored; is it \"context_length\"? [field_unknown]\n\
         standard input: 2 models, 1 warning\n"
    );

    let bad = run(&["check", "-", "--format", "json"], &catalog(json!({"id": 7})));
    assert_eq!(bad.status.code(), Some(1));
    let problems: Value = serde_json::from_slice(&bad.stdout).unwrap();
    assert_eq!(problems[0]["severity"], "error");
    assert_eq!(problems[0]["path"], "models[1]");
    assert_eq!(problems[0]["file"], "standard input");

    let unusable = run(&["check", "-", "--format", "json"], "");
    assert_eq!(unusable.status.code(), Some(1));
    let problems: Value = serde_json::from_slice(&unusable.stdout).unwrap();
    assert_eq!(problems[0]["code"], "catalog-not-json");
}

#[test]
fn checks_several_files_and_names_lines_and_columns() {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let write = |name: &str, content: &str| {
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let native = write(
        "lines.json",
        "\u{feff}{\"schema_version\": \"1.0\",\n \"models\": [\n  {\"id\": \"a/b\", \"max_output\": 0},\n  {\"id\": \"a/c\",\n   \"prices\": {\"rates\": {\"input\": \"-1\"}}}\n ],\n \"nam\": 1}\n",
    );
    let foreign = write(
        "foreign.json",
        "{\"prices\": [\n  {\"id\": \"a\", \"vendor\": \"v\", \"input\": 1,\n   \"output\": \"two\"}\n]}\n",
    );
    let broken = write("broken.json", "{\"models\": [\n  1 2]}");
    let done = run(&["check", &native, &foreign, &broken], "");
    assert_eq!(done.status.code(), Some(1));
    let said = text(&done.stdout);
    let places: Vec<&str> = said
        .lines()
        .map(|line| line.rsplit_once(".json:").unwrap().1.split(": ").next().unwrap().trim())
        .collect();
    assert_eq!(
        places,
        // Each file's problems, then what they come to.
        [
            "3:17",
            "5:25",
            "7:2",
            "1 model, 1 error, 2 warnings",
            "3:4",
            "1 model, 1 warning",
            "2:5",
            "0 models, 1 error"
        ],
        "{said}"
    );

    let done = run(&["check", &native, &foreign, "--format", "json"], "");
    let problems: Value = serde_json::from_slice(&done.stdout).unwrap();
    let last = problems.as_array().unwrap().last().unwrap();
    assert_eq!(
        (&last["file"], &last["line"], &last["column"]),
        (&json!(foreign), &json!(3), &json!(4))
    );
}

#[test]
fn snapshots_keep_prices_as_history() {
    let llm_prices = |date: &str, input: &str| {
        let updated =
            if date.is_empty() { String::new() } else { format!("\"updated_at\": \"{date}\", ") };
        format!(
            r#"{{{updated}"prices": [{{"id": "a", "vendor": "v", "name": "A", "input": {input}, "output": 4}}]}}"#
        )
    };
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"));
    let path = |name: &str| folder.join(name).to_str().unwrap().to_owned();
    let write = |name: &str, content: String| fs::write(folder.join(name), content).unwrap();
    write("day-1.json", llm_prices("2025-06-01", "3"));
    write("day-2.json", llm_prices("2025-06-17", "2"));
    write("day-3.json", llm_prices("", "1.5"));
    let catalog = path("history.json");

    let done = run(&["snapshot", &path("day-1.json"), &path("day-2.json"), "-o", &catalog], "");
    assert!(done.status.success(), "{}", text(&done.stderr));
    assert_eq!(
        text(&done.stderr),
        format!("{}: v/a: new price from 2025-06-17: input 3 → 2\n", path("day-2.json"))
    );

    // Into the file that it reads, by a day that the catalog does not state.
    let undated = run(&["snapshot", &catalog, &path("day-3.json"), "-o", &catalog], "");
    assert_eq!(undated.status.code(), Some(1));
    assert!(text(&undated.stderr).contains("--date YYYY-MM-DD"), "{}", text(&undated.stderr));
    let done = run(
        &["snapshot", &catalog, &path("day-3.json"), "-o", &catalog, "--date", "2025-07-01"],
        "",
    );
    assert!(done.status.success(), "{}", text(&done.stderr));
    let written: Value = serde_json::from_slice(&fs::read(&catalog).unwrap()).unwrap();
    let model = &written["models"][0];
    let history: Vec<_> = model["price_history"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| {
            let text = |field: &str| entry[field].as_str().unwrap_or_default().to_owned();
            (text("from"), text("previous_seen"), entry["rates"]["input"].clone())
        })
        .collect();
    let entry =
        |from: &str, seen: &str, input: &str| (from.to_owned(), seen.to_owned(), json!(input));
    assert_eq!(
        history,
        [
            entry("2025-06-01", "", "3"),
            entry("2025-06-17", "2025-06-01", "2"),
            entry("2025-07-01", "2025-06-17", "1.5"),
        ]
    );
    assert_eq!(model["endpoints"][0]["price_history"], model["price_history"]);

    let swapped = run(&["snapshot", &path("day-2.json"), &path("day-1.json")], "");
    assert_eq!(swapped.status.code(), Some(1));
    assert!(text(&swapped.stderr).contains("exchange them"));
    assert!(swapped.stdout.is_empty());
}

#[test]
fn prints_the_schema_and_explains_itself() {
    let schema = run(&["schema"], "");
    assert!(schema.status.success());
    let schema: Value = serde_json::from_slice(&schema.stdout).unwrap();
    assert_eq!(schema, modelcard::formats::schema());
    for command in ["convert", "check", "snapshot", "schema"] {
        let help = text(&run(&[command, "--help"], "").stdout);
        assert!(help.contains(&format!("  modelcard {command} ")), "{help}");
    }
}

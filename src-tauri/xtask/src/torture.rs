//! `cargo xtask torture`: every harness of [`PROGRAMS`] at the amounts of a release, and the table of what was tried.
//!
//! The harnesses are found in the tests' own source, where each says its name, so there is no second list to keep. Each runs
//! by itself, with its control, on a build that still catches every overflow. How long each takes is known from the table
//! that the last run left in the README.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::Stdio;

use crate::tools::{self, Done, Failure, cargo};

const BEGIN: &str = "<!-- what was tried: written by `cargo xtask torture` -->";
const END: &str = "<!-- end of what was tried -->";

/// The test programs that have harnesses, each in the folder of its name.
const PROGRAMS: [&str; 4] = ["trust", "import", "cli", "forms"];

/// A harness: its own tests and those of its control.
#[derive(Default)]
struct Harness {
    program: &'static str,
    tests: Vec<String>,
    controls: Vec<String>,
}

/// One line of the table.
#[derive(Default, Clone)]
struct Row {
    count: String,
    outcome: String,
    seconds: f64,
    control: String,
}

pub(crate) fn torture(arguments: &[String]) -> Done {
    let only = match arguments {
        [] => None,
        [flag, name] if flag == "--only" => Some(name.as_str()),
        _ => {
            return Err(Failure::usage(
                "`cargo xtask torture` takes --only and the name of a harness",
            ));
        }
    };
    let mut harnesses = BTreeMap::new();
    for program in PROGRAMS {
        find(
            &tools::top().join("tests").join(program),
            program,
            "",
            &mut harnesses,
        )?;
    }
    if let Some(only) = only {
        if !harnesses.contains_key(only) {
            let names: Vec<_> = harnesses.keys().map(String::as_str).collect();
            return Err(Failure::usage(format!(
                "there is no harness `{only}`; there are {}",
                names.join(", ")
            )));
        }
        harnesses.retain(|name, _| name == only);
    }
    let readme = tools::top().join("README.md");
    let mut rows = table(&tools::read(&readme)?);
    tell_estimate(&harnesses, &rows);
    let programs = PROGRAMS.iter().flat_map(|program| ["--test", program]);
    tools::run(cargo(&BUILD).args(programs).arg("--no-run"))?;

    let mut failed = Vec::new();
    for (name, harness) in &harnesses {
        println!("\n== {name}");
        match run(name, harness)? {
            Some(row) => {
                rows.insert(name.clone(), row);
            }
            None => failed.push(name.as_str()),
        }
    }
    // A harness that is gone leaves no line behind.
    if only.is_none() {
        rows.retain(|name, _| harnesses.contains_key(name));
    }
    let shown = shown(&rows);
    println!("\n{shown}");
    if !failed.is_empty() {
        return Err(Failure::new(format!(
            "the README was left as it is: {} did not hold",
            failed.join(", ")
        )));
    }
    let text = tools::read(&readme)?;
    tools::write(&readme, with_table(&text, &shown)?.as_bytes())
}

const BUILD: [&str; 4] = ["test", "--profile", "torture", "--workspace"];

/// Modules that define what harnesses call, and are none.
const SHARED: [&str; 2] = ["support", "tried"];

/// Finds the harnesses below a folder of test modules.
fn find(
    folder: &Path,
    program: &'static str,
    module: &str,
    harnesses: &mut BTreeMap<String, Harness>,
) -> Done {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Failure::new(format!("cannot list {}: {error}", folder.display())))?;
    for path in entries.flatten().map(|entry| entry.path()) {
        let stem = path
            .file_stem()
            .unwrap_or_default()
            .to_string_lossy()
            .into_owned();
        if path.is_dir() {
            find(&path, program, &format!("{module}{stem}::"), harnesses)?;
        } else if path.extension().is_some_and(|ending| ending == "rs") && !SHARED.contains(&&*stem) {
            let module = match stem.as_str() {
                "mod" | "main" => module.to_owned(),
                _ => format!("{module}{stem}::"),
            };
            read_module(&tools::read(&path)?, program, &module, harnesses);
        }
    }
    Ok(())
}

/// Finds, in a module's text, the tests that start or control a harness.
fn read_module(text: &str, program: &'static str, module: &str, harnesses: &mut BTreeMap<String, Harness>) {
    let mut test = "";
    let mut wanted = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("fn ") {
            test = rest.split('(').next().unwrap_or_default();
        }
        for (call, control) in [("Tried::start(", false), ("caught(", true)] {
            if let Some((before, after)) = line.split_once(call)
                && !before.ends_with(|c: char| c.is_alphanumeric() || c == '_')
            {
                wanted = Some((control, after));
            }
        }
        // The name may stand in the line after.
        let Some((control, rest)) = wanted else { continue };
        let text = if rest.is_empty() { line } else { rest };
        if let Some(name) = text
            .trim_start()
            .strip_prefix('"')
            .and_then(|text| text.split('"').next())
        {
            let harness = harnesses.entry(name.to_owned()).or_default();
            harness.program = program;
            let tests = if control {
                &mut harness.controls
            } else {
                &mut harness.tests
            };
            tests.push(format!("{module}{test}"));
        }
        wanted = (rest.is_empty() && line.trim_end().ends_with('(')).then_some((control, ""));
    }
}

fn tell_estimate(harnesses: &BTreeMap<String, Harness>, rows: &BTreeMap<String, Row>) {
    println!("seconds the last time, on the machine of that time:");
    let mut total = 0.0;
    for name in harnesses.keys() {
        match rows.get(name) {
            Some(row) => {
                total += row.seconds;
                println!("{:7.0}  {name}", row.seconds);
            }
            None => println!("      ?  {name}"),
        }
    }
    println!(
        "{total:7.0}  in all ({:.0} minutes), and the build before it\n",
        total / 60.0
    );
}

/// Runs one harness and its controls; none if something did not hold.
fn run(name: &str, harness: &Harness) -> Result<Option<Row>, Failure> {
    let mut command = cargo(&BUILD);
    command.args(["--test", harness.program]);
    command.args(["--quiet", "--", "--exact", "--nocapture", "--test-threads=1"]);
    let mut tests: Vec<&String> = harness.tests.iter().chain(&harness.controls).collect();
    tests.sort();
    tests.dedup();
    command.args(tests).env("XIAXIANGZHI_TORTURE", "release");
    let cannot = |error: std::io::Error| Failure::new(format!("cannot run {name}: {error}"));
    let mut child = command.stdout(Stdio::piped()).spawn().map_err(cannot)?;
    let mut row = Row::default();
    if let Some(out) = child.stdout.take() {
        for line in BufReader::new(out).lines().map_while(Result::ok) {
            println!("{line}");
            row.take(name, &line);
        }
    }
    let held = child.wait().map_err(cannot)?.success();
    Ok((held && !row.count.is_empty()).then_some(row))
}

impl Row {
    /// Takes what a line says of the harness, if it says something.
    fn take(&mut self, name: &str, line: &str) {
        if let Some(rest) = of(line, "TORTURE", name) {
            let mut words = rest.splitn(3, ' ');
            let (count, unit) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
            let rest = words.next().unwrap_or_default();
            let (outcome, seconds) = rest.rsplit_once('[').unwrap_or((rest, ""));
            self.count = format!("{} {unit}", thousands(count));
            outcome.trim().clone_into(&mut self.outcome);
            self.seconds = seconds.trim_end_matches(" s]").parse().unwrap_or_default();
        }
        if let Some(caught) = of(line, "CONTROL", name) {
            caught.clone_into(&mut self.control);
        }
    }
}

/// What a line says after a word and the harness's name.
fn of<'a>(line: &'a str, word: &str, name: &str) -> Option<&'a str> {
    let (_, rest) = line.split_once(word)?;
    rest.strip_prefix(' ')?.strip_prefix(name)?.strip_prefix(' ')
}

/// Digits in groups of three, as people read them.
fn thousands(digits: &str) -> String {
    let mut text = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

const HEAD: &str = "| what | how often | outcome | seconds | control: caught |\n|---|---:|---|---:|---|\n";

fn shown(rows: &BTreeMap<String, Row>) -> String {
    let mut text = HEAD.to_owned();
    for (name, row) in rows {
        let Row {
            count,
            outcome,
            seconds,
            control,
        } = row;
        let line = format!("| {name} | {count} | {outcome} | {seconds:.0} | {control} |");
        text.push_str(&line);
        text.push('\n');
    }
    text
}

/// The rows that stand in the README.
fn table(readme: &str) -> BTreeMap<String, Row> {
    let between = readme
        .split_once(BEGIN)
        .and_then(|(_, rest)| rest.split_once(END));
    let lines = between.map_or("", |(table, _)| table).lines();
    let cells = lines.filter_map(|line| {
        let cells: Vec<&str> = line
            .strip_prefix("| ")?
            .strip_suffix(" |")?
            .split(" | ")
            .collect();
        match cells[..] {
            [name, count, outcome, seconds, control] => Some((
                name.to_owned(),
                Row {
                    count: count.to_owned(),
                    outcome: outcome.to_owned(),
                    seconds: seconds.parse().ok()?,
                    control: control.to_owned(),
                },
            )),
            _ => None,
        }
    });
    cells.collect()
}

fn with_table(readme: &str, table: &str) -> Result<String, Failure> {
    let missing = || Failure::new(format!("the README has no `{BEGIN}` ... `{END}`"));
    let (before, rest) = readme.split_once(BEGIN).ok_or_else(missing)?;
    let (_, after) = rest.split_once(END).ok_or_else(missing)?;
    Ok(format!("{before}{BEGIN}\n{table}{END}{after}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn harnesses_are_found_where_they_say_their_name() {
        let text = "\
fn helper() {}
#[test]
fn holds() {
    let tried = Tried::start(\"saves\");
}
#[test]
fn is_caught() {
    assert!(is_caught(\"nothing\"));
    caught(
        \"saves\",
        \"a planted fault\",
    );
}
";
        let mut found = BTreeMap::new();
        read_module(text, "trust", "kill::", &mut found);
        assert_eq!(found.len(), 1);
        assert_eq!(found["saves"].tests, ["kill::holds"]);
        assert_eq!(found["saves"].controls, ["kill::is_caught"]);
    }

    #[test]
    fn what_is_printed_becomes_a_row_and_is_read_again() {
        let mut row = Row::default();
        row.take("saves", "test x ... TORTURE saves 12345 saves none lost [31.4 s]");
        row.take("saves", "TORTURE saves-twice 1 saves other [9.0 s]");
        row.take("saves", "CONTROL saves a planted fault");
        let rows = BTreeMap::from([("saves".to_owned(), row)]);
        let line = "| saves | 12,345 saves | none lost | 31 | a planted fault |\n";
        assert_eq!(shown(&rows), format!("{HEAD}{line}"));
        let readme =
            with_table(&format!("# a\n{BEGIN}\nold\n{END}\nrest"), &shown(&rows)).unwrap_or_default();
        assert!(readme.starts_with("# a\n") && readme.ends_with("\nrest") && !readme.contains("old"));
        assert_eq!(shown(&table(&readme)), shown(&rows));
    }
}

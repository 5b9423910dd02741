//! Licences and origins of everything that is linked or bundled, judged by the lists in `deny.toml`.
//!
//! `cargo deny` judges by the same file and knows more; it takes minutes to install, so it runs here only where it is
//! already installed, and always in the hosted workflow. This check needs only cargo.

use crate::tools::{self, Done, Failure, cargo};
use std::collections::BTreeMap;

/// Packages whose manifest names no licence, and the one in their LICENSE file.
const NAMED_IN_FILE_ONLY: &[(&str, &str)] = &[("svelte-toolbelt", "MIT")];

/// The same as in `deny.toml`.
const TARGETS: &[&str] = &[
    "x86_64-unknown-linux-gnu",
    "x86_64-pc-windows-msvc",
    "aarch64-apple-darwin",
];

pub(crate) fn check() -> Done {
    let rules = Rules::parse(&tools::read(&tools::top().join("deny.toml"))?)?;
    let mut faults = crates_from_elsewhere(&tools::read(&tools::top().join("Cargo.lock"))?);
    let crates = crate_licences(&tools::output(&mut tree("all"))?);
    let linked = crate_licences(&tools::output(&mut tree("normal,build"))?);
    faults.extend(rules.judge("crate", &crates));
    faults.extend(rules.banned(linked.keys()));
    let lock = tools::read(&tools::ui().join("package-lock.json"))?;
    let packages = npm_packages(&lock);
    faults.extend(npm_from_elsewhere(&packages));
    let licences = packages
        .into_iter()
        .map(|package| (package.name, package.licence))
        .collect();
    faults.extend(rules.judge("npm package", &licences));
    if !faults.is_empty() {
        return Err(Failure::new(faults.join("\n")));
    }
    println!(
        "{} crates and {} npm packages: licences and origins are in order",
        crates.len(),
        licences.len()
    );
    if tools::on_path("cargo-deny") {
        tools::run(&mut cargo(&[
            "deny",
            "--offline",
            "--all-features",
            "check",
            "licenses",
            "bans",
            "sources",
        ]))?;
    }
    Ok(())
}

/// What is used on the systems we ship for, a crate a line.
fn tree(edges: &str) -> std::process::Command {
    let mut command = cargo(&[
        "tree",
        "--workspace",
        "--locked",
        "--prefix",
        "none",
        "--format",
        "{p}\t{l}",
    ]);
    command.args(["--edges", edges]);
    for target in TARGETS {
        command.args(["--target", target]);
    }
    command
}

/// The parts of `deny.toml` that this check shares with `cargo deny`.
#[derive(Debug, Default)]
struct Rules {
    allowed: Vec<String>,
    denied: Vec<String>,
}

impl Rules {
    /// Reads the two lists as they are laid out in our own file: `allow = [` and `deny = [`, one entry a line.
    fn parse(text: &str) -> Result<Self, Failure> {
        let list = |section: &str, key: &str| -> Vec<String> {
            let after = text.split_once(section).map_or("", |(_, rest)| rest);
            let body = after
                .split_once(&format!("\n{key} = ["))
                .map_or("", |(_, rest)| rest);
            let body = body.split_once("\n]").map_or("", |(inside, _)| inside);
            body.lines()
                .filter_map(|line| line.split('"').nth(1))
                .map(str::to_owned)
                .collect()
        };
        let rules = Self {
            allowed: list("[licenses]", "allow"),
            denied: list("[bans]", "deny"),
        };
        if rules.allowed.is_empty() || rules.denied.is_empty() {
            return Err(Failure::new(
                "deny.toml: no list of allowed licences or of banned crates found",
            ));
        }
        Ok(rules)
    }

    /// Whether the licence expression leaves at least one way to use the work under allowed licences alone.
    fn allows(&self, expression: &str) -> bool {
        let spaced = expression
            .replace('(', " ( ")
            .replace(')', " ) ")
            .replace('/', " OR ");
        let words: Vec<&str> = spaced.split_whitespace().collect();
        let mut at = 0;
        let held = self.either(&words, &mut at);
        held && at == words.len()
    }

    fn either(&self, words: &[&str], at: &mut usize) -> bool {
        let mut held = self.both(words, at);
        while words.get(*at) == Some(&"OR") {
            *at += 1;
            held |= self.both(words, at);
        }
        held
    }

    fn both(&self, words: &[&str], at: &mut usize) -> bool {
        let mut held = self.one(words, at);
        while words.get(*at) == Some(&"AND") {
            *at += 1;
            held &= self.one(words, at);
        }
        held
    }

    fn one(&self, words: &[&str], at: &mut usize) -> bool {
        let Some(word) = words.get(*at) else { return false };
        *at += 1;
        if *word == "(" {
            let held = self.either(words, at);
            *at += 1;
            return held;
        }
        let mut licence = (*word).to_owned();
        if words.get(*at) == Some(&"WITH") {
            licence = format!("{licence} WITH {}", words.get(*at + 1).unwrap_or(&""));
            *at += 2;
        }
        self.allowed.contains(&licence)
    }

    fn judge(&self, kind: &str, licences: &BTreeMap<String, String>) -> Vec<String> {
        let bad = licences.iter().filter(|(_, licence)| !self.allows(licence));
        bad.map(|(name, licence)| format!("{kind} {name}: licence `{licence}` is not in deny.toml"))
            .collect()
    }

    fn banned<'a>(&self, crates: impl Iterator<Item = &'a String>) -> Vec<String> {
        let name = |entry: &str| entry.split(' ').next().unwrap_or_default().to_owned();
        let bad = crates.filter(|entry| self.denied.contains(&name(entry)));
        bad.map(|entry| format!("crate {entry}: deny.toml bans it"))
            .collect()
    }
}

/// `name version` and licence of each crate, from lines of `cargo tree`.
fn crate_licences(tree: &str) -> BTreeMap<String, String> {
    let rows = tree.lines().filter_map(|line| line.split_once('\t'));
    let named = rows.map(|(package, licence)| {
        let words: Vec<&str> = package.split(' ').take(2).collect();
        (
            words.join(" "),
            licence.trim_end_matches(" (*)").trim().to_owned(),
        )
    });
    named.collect()
}

fn crates_from_elsewhere(lock: &str) -> Vec<String> {
    let sources = lock.lines().filter_map(|line| line.strip_prefix("source = "));
    let sources = sources.map(|source| source.trim_matches('"'));
    // All come from one registry, the one the first names; a repository or a second registry is refused.
    let registry = sources.clone().find(|source| source.starts_with("registry+"));
    let bad = sources.filter(|source| Some(*source) != registry);
    bad.map(|source| format!("Cargo.lock: a crate comes from {source}, not from the registry of the others"))
        .collect()
}

struct NpmPackage {
    name: String,
    licence: String,
    resolved: Option<String>,
}

/// The installed packages of a version 3 lock file, read by its layout: one property a line.
fn npm_packages(lock: &str) -> Vec<NpmPackage> {
    let mut packages: Vec<NpmPackage> = Vec::new();
    for line in lock.lines() {
        if let Some(name) = line
            .strip_prefix("    \"node_modules/")
            .and_then(|rest| rest.strip_suffix("\": {"))
        {
            let licence = NAMED_IN_FILE_ONLY
                .iter()
                .find(|(only, _)| *only == name)
                .map_or("", |(_, licence)| licence);
            packages.push(NpmPackage {
                name: name.to_owned(),
                licence: licence.to_owned(),
                resolved: None,
            });
        } else if let Some(package) = packages.last_mut() {
            let value = |key: &str| {
                line.strip_prefix(&format!("      \"{key}\": \""))?
                    .split('"')
                    .next()
            };
            if let Some(licence) = value("license") {
                licence.clone_into(&mut package.licence);
            } else if let Some(resolved) = value("resolved") {
                package.resolved = Some(resolved.to_owned());
            }
        }
    }
    packages
}

fn npm_from_elsewhere(packages: &[NpmPackage]) -> Vec<String> {
    let with_origin = packages
        .iter()
        .filter_map(|package| Some((&package.name, package.resolved.as_ref()?)));
    // `ui/.npmrc` leaves the addresses out, so that one written down is one that came from elsewhere.
    with_origin
        .map(|(name, resolved)| format!("npm package {name} comes from {resolved}, not from the registry"))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rules() -> Rules {
        let text = "[licenses]\nallow = [\n  \"MIT\",\n  \"Apache-2.0\",\n  \"Apache-2.0 WITH LLVM-exception\",\n]\n\
                    [bans]\ndeny = [\n  { crate = \"openssl\", reason = \"x\" },\n]\n";
        Rules::parse(text).unwrap()
    }

    #[test]
    fn licence_expressions_are_judged() {
        for (expression, allowed) in [
            ("MIT", true),
            ("GPL-3.0-only", false),
            ("", false),
            ("MIT OR GPL-3.0-only", true),
            ("MIT/Apache-2.0", true),
            ("MIT AND GPL-3.0-only", false),
            ("(MIT OR GPL-2.0) AND Apache-2.0", true),
            ("(GPL-2.0 OR LGPL-2.1) AND MIT", false),
            ("Apache-2.0 WITH LLVM-exception OR GPL-2.0", true),
            ("GPL-2.0 WITH Classpath-exception-2.0", false),
            ("MIT MIT", false),
        ] {
            assert_eq!(rules().allows(expression), allowed, "{expression}");
        }
    }

    #[test]
    fn a_banned_crate_and_a_foreign_registry_are_named() {
        let crates = crate_licences("openssl v0.10.1\tMIT\nserde v1.0.0\tMIT OR Apache-2.0 (*)\n");
        assert_eq!(
            rules().banned(crates.keys()),
            ["crate openssl v0.10.1: deny.toml bans it"]
        );
        assert!(rules().judge("crate", &crates).is_empty());
        let lock =
            "source = \"registry+https://example.org/index\"\nsource = \"git+https://example.org/x\"\n";
        assert_eq!(crates_from_elsewhere(lock).len(), 1);
    }

    #[test]
    fn an_npm_lock_file_is_read() {
        let lock = "  \"packages\": {\n    \"\": {\n      \"license\": \"MIT\"\n    },\n    \"node_modules/a\": {\n      \
                    \"resolved\": \"https://example.org/a.tgz\",\n      \"license\": \"GPL-3.0\",\n    },\n";
        let packages = npm_packages(lock);
        assert_eq!(packages.len(), 1);
        assert_eq!(packages[0].licence, "GPL-3.0");
        assert_eq!(npm_from_elsewhere(&packages).len(), 1);
    }
}

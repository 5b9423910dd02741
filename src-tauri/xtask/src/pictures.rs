//! `cargo xtask pictures`: every screen as the real window shows it, on one sheet; and the pictures of help made again.

use crate::tools::{self, Done, Failure, cargo};
use crate::{setup, web};
use std::fmt::Write as _;
use std::path::Path;

/// The window tests that keep pictures of what they walk through.
const WALKS: &str = "pictures::";

pub(crate) fn pictures(arguments: &[String]) -> Done {
    let (screens, help) = match arguments {
        [] => (true, true),
        [only] if only == "--screens" => (true, false),
        [only] if only == "--help-pages" => (false, true),
        _ => {
            return Err(Failure::usage(
                "`cargo xtask pictures` takes --screens or --help-pages and nothing else",
            ));
        }
    };
    setup::packages(setup::For::Test)?;
    web::install()?;
    web::build()?;
    if help {
        let mut node = tools::program("node", &["tests/ui/pictures.mjs"]);
        tools::run(&mut node)?;
        // The pages of help hold their pictures.
        web::build()?;
    }
    if screens { on_one_sheet() } else { Ok(()) }
}

fn on_one_sheet() -> Done {
    let folder = tools::top().join("target/pictures");
    if folder.is_dir() {
        std::fs::remove_dir_all(&folder)
            .map_err(|error| Failure::new(format!("cannot empty {}: {error}", folder.display())))?;
    }
    let mut walk = cargo(&[
        "test",
        "--workspace",
        "--test",
        "desktop",
        "--",
        "--test-threads=1",
        WALKS,
    ]);
    walk.env("XIAXIANGZHI_PICTURES", &folder);
    tools::run(&mut tools::under_display(walk))?;
    let names = names(&folder)?;
    let sheet = folder.join("index.html");
    tools::write(&sheet, contact_sheet(&names).as_bytes())?;
    println!("{} pictures: {}", names.len(), sheet.display());
    Ok(())
}

fn names(folder: &Path) -> Result<Vec<String>, Failure> {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Failure::new(format!("no pictures in {}: {error}", folder.display())))?;
    let mut names: Vec<String> = entries
        .flatten()
        .filter_map(|entry| entry.file_name().into_string().ok())
        .filter(|name| name.strip_suffix(".png").is_some())
        .collect();
    names.sort();
    if names.is_empty() {
        return Err(Failure::new("the walk through the screens kept no picture"));
    }
    Ok(names)
}

/// A page with all of them; each opens at its full size.
fn contact_sheet(names: &[String]) -> String {
    let mut page = String::from(
        "<!doctype html><meta charset=utf-8><title>下乡志</title><style>\
         body{margin:1rem;font:14px sans-serif;background:#888;display:grid;gap:1rem;\
         grid-template-columns:repeat(auto-fill,minmax(26rem,1fr))}\
         figure{margin:0}img{width:100%;display:block}figcaption{color:#fff}</style>",
    );
    for name in names {
        let title = name.trim_end_matches(".png");
        let _ = write!(
            page,
            "<figure><a href=\"{name}\"><img loading=lazy src=\"{name}\" alt=\"{title}\"></a>\
             <figcaption>{title}</figcaption></figure>"
        );
    }
    page
}

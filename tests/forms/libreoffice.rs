//! What LibreOffice makes of the documents and workbooks.
#![cfg(target_os = "linux")]

use crate::ground::{self, output, squeezed};
use std::path::{Path, PathBuf};
use std::process::Command;
use xiaxiangzhi_forms::{docx, xlsx};

/// How far the mean grey of a page's cell may stand from its golden, of 255: letters may move by a hair, blocks may not.
const FARTHEST: u32 = 28;
/// How far all cells of a page may stand from their goldens in the mean.
const MEAN: f64 = 3.0;
/// A page is compared in cells of so many pixels a side, 4 mm each.
const CELL: usize = 4;

#[test]
fn documents_and_workbooks_print_in_full_and_look_as_they_did() {
    let folder = ground::folder("libreoffice");
    // One process converts them all: starting it takes seconds. A profile of its own keeps it off the person's.
    let profile = format!(
        "-env:UserInstallation=file://{}",
        folder.join("profile").display()
    );
    let mut command = Command::new("soffice");
    command
        .args([&profile, "--headless", "--convert-to", "pdf", "--outdir"])
        .arg(&folder);
    let forms = crate::docx::forms();
    let mut papers: Vec<(String, usize)> = Vec::new();
    for (nth, (name, form)) in forms.iter().enumerate() {
        for (kind, bytes) in [("docx", docx(form).unwrap()), ("xlsx", xlsx(form).unwrap())] {
            let paper = format!("{name}-{kind}");
            let path = folder.join(format!("{paper}.{kind}"));
            std::fs::write(&path, bytes).unwrap();
            let _ = std::fs::remove_file(path.with_extension("pdf"));
            command.arg(path);
            papers.push((paper, nth));
        }
    }
    output(&mut command);
    let mut strange = Vec::new();
    for (paper, nth) in &papers {
        let (_, form) = &forms[*nth];
        let path = folder.join(format!("{paper}.pdf"));
        let text = squeezed(&output(Command::new("pdftotext").arg("-raw").arg(&path).arg("-")));
        let wanted = crate::docx::landmarks(form);
        for wanted in std::iter::once(form.title.as_str()).chain(wanted) {
            assert!(
                text.contains(&squeezed(wanted)),
                "{paper}: {wanted} is not in {text}"
            );
        }
        if paper.ends_with("xlsx") && !form.figures.is_empty() {
            assert!(text.contains("数值"), "{paper}: no figures in {text}");
        }
        let facts = output(Command::new("pdfinfo").arg(&path));
        assert!(facts.contains("A4"), "{facts}");
        strange.extend(compare(&path, paper));
    }
    assert!(strange.is_empty(), "look at these pages:\n{}", strange.join("\n"));
}

/// Compares each page with its golden; says which differ. A missing golden is written, and said.
fn compare(pdf: &Path, paper: &str) -> Vec<String> {
    let goldens = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/golden/forms");
    let of_paper = |folder: &Path| -> Vec<PathBuf> {
        let mut pages: Vec<PathBuf> = std::fs::read_dir(folder)
            .into_iter()
            .flatten()
            .map(|entry| entry.unwrap().path())
            .filter(|path| {
                let name = path.file_name().unwrap().to_string_lossy();
                name.starts_with(&format!("{paper}-")) && name.ends_with(".pgm")
            })
            .collect();
        pages.sort();
        pages
    };
    // Pages of a run before this one may be more than there are now.
    for stale in of_paper(&ground::folder("libreoffice")) {
        std::fs::remove_file(stale).unwrap();
    }
    let stem = pdf.with_extension("");
    let made = Command::new("pdftoppm")
        .args(["-gray", "-r", "25.4"])
        .arg(pdf)
        .arg(&stem)
        .status()
        .unwrap();
    assert!(made.success());
    let (pages, known) = (of_paper(&ground::folder("libreoffice")), of_paper(&goldens));
    let mut strange = Vec::new();
    if known.len() != pages.len() {
        strange.push(format!(
            "{paper}: {} pages, goldens of {}",
            pages.len(),
            known.len()
        ));
    }
    for page in pages {
        let golden = goldens.join(page.file_name().unwrap());
        let cells = averaged(&std::fs::read(&page).unwrap());
        if std::env::var_os("FORMS_WRITE_GOLDENS").is_some() {
            std::fs::create_dir_all(&goldens).unwrap();
            std::fs::write(&golden, image(&cells)).unwrap();
        }
        let Ok(golden) = std::fs::read(&golden) else {
            strange.push(format!("{} has no golden", page.display()));
            continue;
        };
        let (width, before) = pixels(&golden);
        if (width, before.len()) != (cells.0, cells.1.len()) {
            strange.push(format!("{}: another size", page.display()));
            continue;
        }
        let apart: Vec<u32> = std::iter::zip(before, &cells.1)
            .map(|(before, now)| u32::from(before.abs_diff(*now)))
            .collect();
        let far = apart.iter().filter(|apart| **apart > FARTHEST).count();
        let mean = f64::from(apart.iter().sum::<u32>()) / f64::from(u32::try_from(apart.len()).unwrap());
        // One cell in two hundred may change with a line that breaks elsewhere.
        if far * 200 > apart.len() || mean > MEAN {
            strange.push(format!(
                "{}: {far} cells differ, {mean:.2} in the mean",
                page.display()
            ));
        }
    }
    strange
}

/// The width and the grey of each pixel of a binary PGM.
fn pixels(image: &[u8]) -> (usize, &[u8]) {
    let mut ends = image
        .iter()
        .enumerate()
        .filter(|(_, byte)| byte.is_ascii_whitespace());
    let head = ends.nth(3).unwrap().0;
    let text = std::str::from_utf8(&image[..head]).unwrap();
    let width = text.split_whitespace().nth(1).unwrap().parse().unwrap();
    (width, &image[head + 1..])
}

/// The page as mean greys of its cells.
fn averaged(page: &[u8]) -> (usize, Vec<u8>) {
    let (width, pixels) = pixels(page);
    let (columns, rows) = (width / CELL, pixels.len() / width / CELL);
    let mean = |row: usize, column: usize| {
        let lines =
            (row * CELL..(row + 1) * CELL).map(|line| &pixels[line * width + column * CELL..][..CELL]);
        let sum: usize = lines.flatten().map(|grey| usize::from(*grey)).sum();
        u8::try_from(sum / (CELL * CELL)).unwrap()
    };
    let cells = (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column)));
    (columns, cells.map(|(row, column)| mean(row, column)).collect())
}

fn image((width, cells): &(usize, Vec<u8>)) -> Vec<u8> {
    let mut image = format!("P5 {width} {} 255\n", cells.len() / width).into_bytes();
    image.extend(cells);
    image
}

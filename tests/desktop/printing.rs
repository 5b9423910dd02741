//! What comes out of the system's own print dialog.

use std::path::{Path, PathBuf};
use std::process::Command;

use crate::dialog::{accept, print_to_file};
use crate::session::{NOW, Session, Start, drive, eventually};

/// A page is compared in so many fields across and down.
const FIELDS: (usize, usize) = (21, 30);

/// How many grey values a field may differ by in the mean: the printer's margins make the page a little smaller.
const ALIKE: f64 = 8.0;

/// How dark the fields of a PDF's first page are, 0 white to 255 black; what is blank around the form is left out.
fn darkness(pdf: &Path) -> Vec<u32> {
    let output = Command::new("pdftoppm")
        .args(["-gray", "-singlefile", "-r", "75"])
        .arg(pdf)
        .output()
        .expect("poppler's tools are installed by `cargo xtask test`");
    assert!(
        output.status.success(),
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
    // P5, width and height, 255: three lines before the pixels.
    let mut parts = output.stdout.splitn(4, |byte| *byte == b'\n');
    let size = parts.nth(1).map(String::from_utf8_lossy).unwrap();
    let width: usize = size.split(' ').next().unwrap().parse().unwrap();
    let pixels = parts.nth(1).unwrap();
    let rows: Vec<&[u8]> = pixels.chunks_exact(width).collect();
    let inked = |pixel: &u8| *pixel < 128;
    let column = |x: usize| rows.iter().any(|row| inked(&row[x]));
    let (top, bottom) = ends((0..rows.len()).filter(|y| rows[*y].iter().any(inked)));
    let (left, right) = ends((0..width).filter(|x| column(*x)));
    let (across, down) = FIELDS;
    let field = |at: usize| {
        let part = |from: usize, to: usize, nth: usize, of: usize| from + (to - from) * nth / of;
        let (x, y) = (at % across, at / across);
        let xs = part(left, right, x, across)..part(left, right, x + 1, across);
        let ys = part(top, bottom, y, down)..part(top, bottom, y + 1, down);
        let of = ys.flat_map(|y| rows[y][xs.clone()].iter());
        let (sum, count) = of.fold((0, 0), |(sum, count), pixel| {
            (sum + 255 - u32::from(*pixel), count + 1)
        });
        sum / count
    };
    (0..across * down).map(field).collect()
}

fn ends(places: impl Iterator<Item = usize>) -> (usize, usize) {
    let places: Vec<usize> = places.collect();
    (*places.first().expect("ink"), *places.last().unwrap())
}

/// How much the fields of two pages differ in the mean.
fn difference<'a>(one: &[u32], other: impl Iterator<Item = &'a u32>) -> f64 {
    let sum: u32 = one.iter().zip(other).map(|(a, b)| a.abs_diff(*b)).sum();
    f64::from(sum) / f64::from(u32::try_from(one.len()).unwrap())
}

/// The PDF whose name ends so, once it is there to its end: printers write bit by bit.
fn written(folder: &Path, name: &str) -> Option<PathBuf> {
    let mut files = std::fs::read_dir(folder)
        .ok()?
        .flatten()
        .map(|entry| entry.path());
    let pdf = files.find(|path| path.to_string_lossy().ends_with(name))?;
    let bytes = std::fs::read(&pdf).ok()?;
    bytes.trim_ascii_end().ends_with(b"%%EOF").then_some(pdf)
}

#[test]
fn the_print_dialog_puts_the_form_on_paper_as_the_exported_pdf_has_it() {
    let top = tempfile::tempdir().unwrap();
    let data = top.path().join("data");
    let home = top.path().join("home");
    let documents = home.join("Documents");
    std::fs::create_dir_all(&documents).unwrap();
    std::fs::create_dir(home.join("config")).unwrap();
    let places = "XDG_DOCUMENTS_DIR=\"$HOME/Documents\"\n";
    std::fs::write(home.join("config/user-dirs.dirs"), places).unwrap();
    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[],
    };
    drive(async {
        let window = Session::open(&start).await;
        window.page.says("我是下乡医师").await;
        window.page.press("先看一份示例").await;
        window.page.says("还要做的").await;
        window.page.press("结业").await;
        window.page.press("打印").await;
        print_to_file("Print");
        let paper = eventually("the printed file", || written(&documents, "output.pdf"));
        window.page.press("存为 PDF").await;
        // Where it proposes, under the name it proposes.
        accept("导出表格");
        window.page.says("已存好 1 个文件").await;
        let form = eventually("the exported file", || written(&documents, "任务考核表.pdf"));
        let (paper, form) = (darkness(&paper), darkness(&form));
        let alike = difference(&paper, form.iter());
        assert!(alike < ALIKE, "printed and exported differ by {alike}");
        // A measure that would let anything pass would let the form pass upside down, too.
        let turned = difference(&paper, form.iter().rev());
        assert!(turned > 2.0 * ALIKE, "turned, they differ by {turned} only");
        window.close(&data).await;
    });
}

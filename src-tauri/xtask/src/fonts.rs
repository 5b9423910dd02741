//! `cargo xtask fonts`: the bundled fonts, cut from Debian's Noto CJK faces to the characters that papers need.
//!
//! The results are committed; this chore is run again only when a character list or the interface's texts change.

use crate::tools::{self, Done, Failure, program, read, run};
use std::collections::BTreeSet;
use std::path::Path;

/// Debian's package of fontTools has no command of its own on `PATH`, and another Python would not find it.
const PYTHON: &str = "/usr/bin/python3";

/// Where Debian's fonts-noto-cjk and fonts-noto-cjk-extra put their collections.
const COLLECTIONS: &str = "/usr/share/fonts/opentype/noto";

/// The simplified Chinese face in each collection: Japanese, Korean, SC, TC, HK.
const SIMPLIFIED_CHINESE: u32 = 2;

/// ASCII and the two spaces, which a text file of characters cannot show.
const ALWAYS: &str = "U+0020-007E,U+00A0,U+3000";

/// What the interface sets in Song beside common characters: dates, weekdays, amounts in capitals, punctuation.
const DATES_AND_AMOUNTS: &str = "年月日周星期一二三四五六七八九十百千万亿〇天半上下午元角分整正零壹贰叁肆伍陆柒捌玖拾佰仟\
    人民币补助应发扣减实第共次篇章，。、；：？！“”‘’（）《》〈〉「」【】…—·～％￥×÷±≥≤→←√○△□■☆★※";

/// Makes the fonts of the forms and of the interface again. Takes half a minute.
pub(crate) fn fonts() -> Done {
    crate::setup::install(&[
        "fonts-noto-cjk",
        "fonts-noto-cjk-extra",
        "python3-brotli",
        "python3-fonttools",
    ])?;
    let forms = tools::top().join("src-tauri/forms/fonts");
    let papers = listed(&forms.join("characters.txt"))?;
    cut(
        "NotoSerifCJK-Regular",
        &papers,
        &forms.join("NotoSerifSC-Regular.otf"),
        None,
    )?;
    cut(
        "NotoSansCJK-Medium",
        &papers,
        &forms.join("NotoSansSC-Medium.otf"),
        None,
    )?;

    let mut titles = listed(&forms.join("common.txt"))?;
    titles.extend(DATES_AND_AMOUNTS.chars());
    let texts = tools::ui().join("src/i18n");
    if texts.is_dir() {
        gather(&texts, &papers, &mut titles)?;
    }
    let song = tools::ui().join("src/styles/fonts/song-subset.woff2");
    cut("NotoSerifCJK-SemiBold", &titles, &song, Some("woff2"))
}

/// The characters of a list; lines that begin with "# " are comments.
fn listed(path: &Path) -> Result<BTreeSet<char>, Failure> {
    let text = read(path)?;
    Ok(text
        .lines()
        .filter(|line| !line.starts_with("# "))
        .flat_map(str::chars)
        .collect())
}

/// Adds every character of `known` that the files below `folder` hold.
fn gather(folder: &Path, known: &BTreeSet<char>, found: &mut BTreeSet<char>) -> Done {
    let entries = std::fs::read_dir(folder)
        .map_err(|error| Failure::new(format!("cannot list {}: {error}", folder.display())))?;
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            gather(&path, known, found)?;
        } else {
            found.extend(read(&path)?.chars().filter(|character| known.contains(character)));
        }
    }
    Ok(())
}

/// Cuts one face down to `characters`. Of the layout features only kerning is kept: typst spaces Chinese punctuation
/// itself, and alternate shapes would double the size.
fn cut(collection: &str, characters: &BTreeSet<char>, to: &Path, flavor: Option<&str>) -> Done {
    let codes: Vec<String> = characters
        .iter()
        .map(|character| format!("U+{:04X}", u32::from(*character)))
        .collect();
    let list = std::env::temp_dir().join(format!("{collection}-{}.codes", std::process::id()));
    tools::write(&list, codes.join("\n").as_bytes())?;
    let mut command = program(PYTHON, &["-m", "fontTools.subset"]);
    command
        .arg(format!("{COLLECTIONS}/{collection}.ttc"))
        .arg(format!("--font-number={SIMPLIFIED_CHINESE}"))
        .arg(format!("--unicodes-file={}", list.display()))
        .arg(format!("--unicodes={ALWAYS}"))
        .args(["--layout-features=kern", "--no-hinting"])
        .arg(format!("--output-file={}", to.display()));
    if let Some(flavor) = flavor {
        command.arg(format!("--flavor={flavor}"));
    }
    let done = run(&mut command);
    let removed = std::fs::remove_file(&list);
    done?;
    removed.map_err(|error| Failure::new(format!("cannot remove {}: {error}", list.display())))
}

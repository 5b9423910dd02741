//! A template's package, read with suspicion: it comes from anywhere.

use super::error::TemplateError;
use super::read;
use crate::docx::tree::Element;
use std::collections::BTreeSet;
use std::io::{Cursor, Read as _};
use zip::ZipArchive;

/// The most bytes a template may have: 10 MB, a letterhead with pictures.
pub(super) const MOST_BYTES: usize = 10_000_000;
/// The most bytes that may be unpacked from it.
const MOST_UNPACKED: u64 = 60_000_000;
/// The most files in it.
const MOST_FILES: usize = 1_000;
/// What the file of Word 97 begins with.
const OLD_WORD: &[u8] = &[0xD0, 0xCF, 0x11, 0xE0];
/// The kinds of parts in which people write.
const WRITTEN: [&str; 3] = [
    "wordprocessingml.document.main+xml",
    "wordprocessingml.header+xml",
    "wordprocessingml.footer+xml",
];

/// The files of a template, and those of them that hold text.
pub(super) struct Package {
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// The place of each in `files`, and what stands in it.
    pub(super) texts: Vec<(usize, Element)>,
}

impl Package {
    pub(super) fn read(bytes: &[u8]) -> Result<Self, TemplateError> {
        if bytes.len() > MOST_BYTES {
            return Err(too_large());
        }
        if bytes.starts_with(OLD_WORD) {
            return Err(TemplateError::new(
                "template_old_word",
                "这是旧版 .doc 文件，或加了密码。请在 WPS 或 Word 里去掉密码，另存为 .docx 再载入。",
                "This is an old .doc file, or has a password. Remove the password and save it as .docx in WPS or Word.",
            ));
        }
        let files = unpacked(bytes)?;
        let mut texts = Vec::new();
        let mut kinds = None;
        for (place, (name, content)) in files.iter().enumerate() {
            if name.to_lowercase().contains("vbaproject") {
                return Err(macros());
            }
            let is_xml = [".xml", ".rels"]
                .iter()
                .any(|end| name.to_lowercase().ends_with(end));
            if !is_xml {
                continue;
            }
            let root = read::xml(name, content)?;
            if name == "[Content_Types].xml" {
                kinds = Some(root);
            } else if name.to_lowercase().ends_with(".rels") {
                stays_inside(&root)?;
            } else {
                texts.push((place, root));
            }
        }
        let kinds = kinds.ok_or_else(no_document)?;
        let written = written(&kinds)?;
        texts.retain(|(place, _)| files.get(*place).is_some_and(|(name, _)| written.contains(name)));
        let has_document = texts.iter().any(|(_, root)| root.name == "w:document");
        if !has_document {
            return Err(no_document());
        }
        Ok(Self { files, texts })
    }
}

fn unpacked(bytes: &[u8]) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    let mut archive = ZipArchive::new(Cursor::new(bytes)).map_err(|_| no_document())?;
    if archive.len() > MOST_FILES {
        return Err(too_large());
    }
    let (mut files, mut names, mut left) = (Vec::new(), BTreeSet::new(), MOST_UNPACKED);
    for nth in 0..archive.len() {
        let file = archive.by_index(nth).map_err(|_| no_document())?;
        if !file.is_file() {
            continue;
        }
        let name = file.name().map_err(|_| no_document())?.into_owned();
        // What the package says of its sizes may be a lie: what comes out is counted.
        let mut content = Vec::new();
        let taken = file
            .take(left + 1)
            .read_to_end(&mut content)
            .map_err(|_| no_document())?;
        left = u64::try_from(taken)
            .ok()
            .and_then(|taken| left.checked_sub(taken))
            .ok_or_else(too_large)?;
        if !names.insert(name.clone()) {
            return Err(no_document());
        }
        files.push((name, content));
    }
    Ok(files)
}

/// The names of the parts in which people write.
fn written(kinds: &Element) -> Result<BTreeSet<String>, TemplateError> {
    let mut written = BTreeSet::new();
    for one in kinds.elements() {
        let kind = one.attribute("ContentType").unwrap_or_default();
        if kind.contains("macroEnabled") || kind.contains("vbaProject") {
            return Err(macros());
        }
        if let Some(name) = one.attribute("PartName")
            && WRITTEN.iter().any(|known| kind.ends_with(known))
        {
            written.insert(name.trim_start_matches('/').to_owned());
        }
    }
    Ok(written)
}

fn stays_inside(relationships: &Element) -> Result<(), TemplateError> {
    for one in relationships.elements() {
        if one
            .attribute("TargetMode")
            .is_some_and(|mode| mode.eq_ignore_ascii_case("external"))
        {
            let target: String = one
                .attribute("Target")
                .unwrap_or_default()
                .chars()
                .take(80)
                .collect();
            return Err(TemplateError::new(
                "template_external",
                format!(
                    "模板里有指向文件外的链接：{target}。请在 WPS 或 Word 里取消超链接，把链接的图片改为嵌入，再载入。"
                ),
                format!(
                    "The template links outside itself: {target}. Remove hyperlinks and embed linked pictures, then load it again."
                ),
            ));
        }
    }
    Ok(())
}

fn macros() -> TemplateError {
    TemplateError::new(
        "template_macros",
        "模板里有宏。请另存为不带宏的 .docx 再载入。",
        "The template holds macros. Save it as a .docx without macros, then load it again.",
    )
}

fn no_document() -> TemplateError {
    TemplateError::new(
        "template_not_docx",
        "这不是完好的 .docx 文件。请在 WPS 或 Word 里打开，另存为 .docx 再载入。",
        "This is not a sound .docx file. Open it in WPS or Word, save it as .docx, then load it again.",
    )
}

pub(super) fn too_large() -> TemplateError {
    TemplateError::new(
        "template_too_large",
        "模板太大：文件不超过 10 MB，展开后不超过 60 MB。请压缩其中的图片再载入。",
        "The template is too large: at most 10 MB, and 60 MB unpacked. Make its pictures smaller, then load it again.",
    )
}

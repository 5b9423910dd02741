//! The parts of a DOCX around its document: types, relationships, styles, fonts, settings, footer, properties.

use super::run;
use super::tree::Element;
use crate::form::Form;

const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const RELATIONSHIPS: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const PACKAGE: &str = "http://schemas.openxmlformats.org/package/2006";
const WORD_TYPE: &str = "application/vnd.openxmlformats-officedocument.wordprocessingml";

/// The relationship of the footer.
pub(super) const FOOTER: &str = "rId4";

/// A root of the main namespace.
pub(super) fn root(name: &str) -> Element {
    Element::new(name)
        .with("xmlns:w", MAIN)
        .with("xmlns:r", RELATIONSHIPS)
}

/// All parts of the package. The types come first: WPS reads them before anything else.
pub(super) fn parts(form: &Form, document: Element) -> Vec<(&'static str, Element)> {
    vec![
        ("[Content_Types].xml", content_types()),
        ("_rels/.rels", package_relationships()),
        ("word/document.xml", document),
        ("word/_rels/document.xml.rels", document_relationships()),
        ("word/styles.xml", styles()),
        ("word/fontTable.xml", fonts()),
        ("word/settings.xml", settings()),
        ("word/footer1.xml", footer(form)),
        ("docProps/core.xml", core(form)),
        ("docProps/app.xml", app()),
    ]
}

fn content_types() -> Element {
    let default = |extension: &str, kind: &str| {
        Element::new("Default")
            .with("Extension", extension)
            .with("ContentType", kind)
    };
    let part = |name: &str, kind: String| {
        Element::new("Override")
            .with("PartName", name)
            .with("ContentType", kind)
    };
    let word = |name: &str, kind: &str| part(name, format!("{WORD_TYPE}.{kind}+xml"));
    Element::new("Types")
        .with("xmlns", format!("{PACKAGE}/content-types"))
        .holding([
            default("rels", "application/vnd.openxmlformats-package.relationships+xml"),
            default("xml", "application/xml"),
            word("/word/document.xml", "document.main"),
            word("/word/styles.xml", "styles"),
            word("/word/fontTable.xml", "fontTable"),
            word("/word/settings.xml", "settings"),
            word("/word/footer1.xml", "footer"),
            part(
                "/docProps/core.xml",
                "application/vnd.openxmlformats-package.core-properties+xml".to_owned(),
            ),
            part(
                "/docProps/app.xml",
                "application/vnd.openxmlformats-officedocument.extended-properties+xml".to_owned(),
            ),
        ])
}

fn relationships<'a>(list: impl IntoIterator<Item = (&'a str, String, &'a str)>) -> Element {
    let one = |(id, kind, target): (&str, String, &str)| {
        Element::new("Relationship")
            .with("Id", id)
            .with("Type", kind)
            .with("Target", target)
    };
    Element::new("Relationships")
        .with("xmlns", format!("{PACKAGE}/relationships"))
        .holding(list.into_iter().map(one))
}

fn package_relationships() -> Element {
    relationships([
        (
            "rId1",
            format!("{RELATIONSHIPS}/officeDocument"),
            "word/document.xml",
        ),
        (
            "rId2",
            format!("{PACKAGE}/relationships/metadata/core-properties"),
            "docProps/core.xml",
        ),
        (
            "rId3",
            format!("{RELATIONSHIPS}/extended-properties"),
            "docProps/app.xml",
        ),
    ])
}

fn document_relationships() -> Element {
    relationships([
        ("rId1", format!("{RELATIONSHIPS}/styles"), "styles.xml"),
        ("rId2", format!("{RELATIONSHIPS}/fontTable"), "fontTable.xml"),
        ("rId3", format!("{RELATIONSHIPS}/settings"), "settings.xml"),
        (FOOTER, format!("{RELATIONSHIPS}/footer"), "footer1.xml"),
    ])
}

fn faces(family: &str) -> Element {
    Element::new("w:rFonts")
        .with("w:ascii", family)
        .with("w:hAnsi", family)
        .with("w:eastAsia", family)
        .with("w:cs", family)
        .with("w:hint", "eastAsia")
}

fn size(half_points: u32) -> [Element; 2] {
    [
        Element::val("w:sz", half_points),
        Element::val("w:szCs", half_points),
    ]
}

fn spacing(after: u32, line: u32, rule: &str) -> Element {
    Element::new("w:spacing")
        .with("w:before", 0)
        .with("w:after", after)
        .with("w:line", line)
        .with("w:lineRule", rule)
}

/// 五号 for words, 8.5 points for notes, 三号 for the title, as on the printed form. Lines are exactly so high, so that a
/// page holds the same with whatever face stands in for 宋体.
fn styles() -> Element {
    let defaults = Element::new("w:docDefaults").holding([
        Element::new("w:rPrDefault").holding([Element::new("w:rPr")
            .holding([faces("宋体")])
            .holding(size(21))
            .holding([Element::new("w:lang")
                .with("w:val", "en-US")
                .with("w:eastAsia", "zh-CN")
                .with("w:bidi", "ar-SA")])]),
        Element::new("w:pPrDefault").holding([Element::new("w:pPr").holding([spacing(0, 240, "auto")])]),
    ]);
    let kept = |id: &str| (id == "FormHeading").then(|| Element::new("w:keepNext"));
    let indent = |id: &str| {
        let two_characters = || {
            Element::new("w:ind")
                .with("w:firstLineChars", 200)
                .with("w:firstLine", 480)
        };
        (id == "FormProse").then(two_characters)
    };
    let style = |id: &str, name: &str, paragraph: Element, letters: Vec<Element>| {
        Element::new("w:style")
            .with("w:type", "paragraph")
            .with("w:styleId", id)
            .holding([
                Element::val("w:name", name),
                Element::val("w:basedOn", "Normal"),
                Element::new("w:qFormat"),
                Element::new("w:pPr")
                    .holding(kept(id))
                    .holding([Element::val("w:snapToGrid", "0"), paragraph])
                    .holding(indent(id)),
                Element::new("w:rPr").holding(letters),
            ])
    };
    let letters = |family: &str, half_points: u32| {
        let mut letters = vec![faces(family)];
        letters.extend(size(half_points));
        letters
    };
    // 0.12 em apart, as on the printed form.
    let title = [faces("黑体"), Element::val("w:spacing", 38)]
        .into_iter()
        .chain(size(32))
        .collect();
    Element::new("w:styles").with("xmlns:w", MAIN).holding([
        defaults,
        Element::new("w:style")
            .with("w:type", "paragraph")
            .with("w:default", "1")
            .with("w:styleId", "Normal")
            .holding([Element::val("w:name", "Normal"), Element::new("w:qFormat")]),
        style("Title", "Title", spacing(160, 240, "auto"), title),
        style(
            "FormBody",
            "表格正文",
            spacing(0, 284, "exact"),
            letters("宋体", 21),
        ),
        style(
            "FormLabel",
            "表格栏目",
            spacing(0, 284, "exact"),
            letters("黑体", 21),
        ),
        style(
            "FormNote",
            "表格说明",
            spacing(0, 230, "exact"),
            letters("宋体", 17),
        ),
        style(
            "FormHeading",
            "表格标题",
            spacing(85, 440, "exact"),
            letters("黑体", 24),
        ),
        style(
            "FormProse",
            "表格文章",
            spacing(0, 440, "exact"),
            letters("宋体", 24),
        ),
        style(
            "FormProseLine",
            "表格文章行",
            spacing(0, 440, "exact"),
            letters("宋体", 24),
        ),
        style(
            "FormFooter",
            "表格页脚",
            spacing(0, 240, "auto"),
            letters("宋体", 16),
        ),
        style(
            "FormHairline",
            "表格间隔",
            spacing(0, 14, "exact"),
            size(2).to_vec(),
        ),
    ])
}

/// What to take where a face is missing: the names it has elsewhere, then free ones of its kind.
fn fonts() -> Element {
    let font = |name: &str, others: &str, family: &str| {
        Element::new("w:font").with("w:name", name).holding([
            Element::val("w:altName", others),
            Element::val("w:charset", "86"),
            Element::val("w:family", family),
            Element::val("w:pitch", "variable"),
        ])
    };
    Element::new("w:fonts").with("xmlns:w", MAIN).holding([
        font(
            "宋体",
            "SimSun,Songti SC,Noto Serif CJK SC,Source Han Serif SC",
            "roman",
        ),
        font(
            "黑体",
            "SimHei,Heiti SC,Noto Sans CJK SC,Source Han Sans SC",
            "swiss",
        ),
    ])
}

fn settings() -> Element {
    let mode = Element::new("w:compatSetting")
        .with("w:name", "compatibilityMode")
        .with("w:uri", "http://schemas.microsoft.com/office/word")
        .with("w:val", 15);
    Element::new("w:settings").with("xmlns:w", MAIN).holding([
        Element::new("w:zoom").with("w:percent", 100),
        Element::val("w:characterSpacingControl", "compressPunctuation"),
        Element::new("w:compat").holding([mode]),
    ])
}

/// The log's head at the left, the page at the right.
fn footer(form: &Form) -> Element {
    let width = super::measure::Page::of(form.orientation).width;
    let stop = Element::val("w:tab", "right").with("w:pos", width);
    let properties = Element::new("w:pPr").holding([
        Element::val("w:pStyle", "FormFooter"),
        Element::new("w:tabs").holding([stop]),
    ]);
    let paragraph = Element::new("w:p")
        .holding([properties, run(&form.footer.text)])
        .holding([Element::new("w:r").holding([Element::new("w:tab")])])
        .holding([run("第")])
        .holding(field("PAGE"))
        .holding([run("页　共")])
        .holding(field("NUMPAGES"))
        .holding([run("页")]);
    root("w:ftr").holding([paragraph])
}

fn field(instruction: &str) -> Vec<Element> {
    let mark =
        |kind: &str| Element::new("w:r").holding([Element::new("w:fldChar").with("w:fldCharType", kind)]);
    let asked = Element::new("w:instrText")
        .with("xml:space", "preserve")
        .saying(&format!(" {instruction} "));
    vec![
        mark("begin"),
        Element::new("w:r").holding([asked]),
        mark("separate"),
        run("1"),
        mark("end"),
    ]
}

fn core(form: &Form) -> Element {
    let instant = |name: &str| {
        Element::new(name)
            .with("xsi:type", "dcterms:W3CDTF")
            .saying(&format!("{}T00:00:00Z", form.as_of.format("%Y-%m-%d")))
    };
    Element::new("cp:coreProperties")
        .with("xmlns:cp", format!("{PACKAGE}/metadata/core-properties"))
        .with("xmlns:dc", "http://purl.org/dc/elements/1.1/")
        .with("xmlns:dcterms", "http://purl.org/dc/terms/")
        .with("xmlns:xsi", "http://www.w3.org/2001/XMLSchema-instance")
        .holding([
            Element::new("dc:title").saying(&form.title),
            Element::new("dc:language").saying("zh-CN"),
            instant("dcterms:created"),
            instant("dcterms:modified"),
        ])
}

fn app() -> Element {
    Element::new("Properties")
        .with(
            "xmlns",
            "http://schemas.openxmlformats.org/officeDocument/2006/extended-properties",
        )
        .holding([Element::new("Application").saying("下乡志")])
}

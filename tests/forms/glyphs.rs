//! Rare characters: printed, or named before printing.

use crate::ground;
use serde_json::json;
use std::collections::BTreeSet;
use xiaxiangzhi_forms::{Fonts, FormsError, Typeset, uncommon_characters};

fn form_of(name: &str) -> xiaxiangzhi_forms::Form {
    let records = ground::changed(|document| document["posting"]["physician"]["name"] = json!(name));
    ground::sheet(&records, "2026-04-06")
}

#[test]
fn bundled_fonts_hold_every_listed_character() {
    let list = include_str!("../../src-tauri/forms/fonts/characters.txt");
    let lines = list.lines().filter(|line| !line.starts_with("# "));
    let characters: String = lines.collect();
    let distinct: BTreeSet<char> = characters.chars().collect();
    // 8,105 of 通用规范汉字表, 125 more of GB/T 2312, and symbols.
    assert!(distinct.len() > 8_105 + 125 + 600, "{}", distinct.len());
    let mut form = ground::sample().1;
    form.title = characters + "镕喆堃䶮㛃□■√×○△★①㎡℃ ABCxyz0123456789 !\"#$%&'()";
    assert_eq!(Fonts::bundled().missing(&form), vec![]);
}

#[test]
fn a_character_without_glyph_is_named_with_its_place() {
    let missing = Fonts::bundled().missing(&form_of("张䶮𬎆㛃𠮷"));
    let found: Vec<(char, &str, &str)> = missing
        .iter()
        .map(|glyph| (glyph.character, glyph.code_point.as_str(), glyph.place.as_str()))
        .collect();
    assert_eq!(found, [('𬎆', "U+2C386", "姓名"), ('𠮷', "U+20BB7", "姓名")]);
}

#[test]
fn documents_name_the_characters_that_fonts_elsewhere_may_lack() {
    // 䶮 and 㛃 stand in the national table and in 宋体; 𫖯 stands in the table but beyond the basic plane; 𬎆 in neither.
    let found: Vec<(char, String)> = uncommon_characters(&form_of("张䶮㛃𫖯𬎆"))
        .into_iter()
        .map(|glyph| (glyph.character, glyph.place))
        .collect();
    assert_eq!(found, [('𫖯', "姓名".to_owned()), ('𬎆', "姓名".to_owned())]);
    assert_eq!(uncommon_characters(&ground::sample().1), vec![]);
    assert_eq!(Fonts::bundled().missing(&form_of("张䶮㛃𫖯")), vec![]);
}

#[test]
fn a_form_with_a_blank_is_refused_and_the_character_named() {
    let refused = Typeset::with_fonts(&form_of("张𬎆"), &Fonts::bundled()).unwrap_err();
    assert_eq!(refused.code(), "missing_glyphs");
    let message = refused.to_string();
    assert!(
        ["𬎆", "U+2C386", "姓名", "安装"]
            .iter()
            .all(|part| message.contains(part)),
        "{message}"
    );
    let FormsError::MissingGlyphs(glyphs) = refused else {
        panic!("{refused}")
    };
    assert_eq!(glyphs.len(), 1);
}

#[test]
fn a_further_font_prints_what_the_bundled_ones_lack() {
    let rare = include_bytes!("../fixtures/forms/rare.otf").to_vec();
    let fonts = Fonts::bundled().and_file(rare);
    let form = form_of("张𠮷");
    assert_eq!(fonts.missing(&form), vec![]);
    let pages = Typeset::with_fonts(&form, &fonts).unwrap();
    assert_eq!(pages.page_count(), 1);
    let path = ground::file("rare.pdf", &pages.pdf().unwrap());
    if cfg!(target_os = "linux") {
        let text = ground::output(std::process::Command::new("pdftotext").arg(path).arg("-"));
        assert!(text.contains("张𠮷"), "{text}");
    }
}

#[test]
fn marks_that_print_nothing_are_not_missing() {
    let form = form_of("葛\u{E0100} 李\u{200D}\u{FE00}\u{3000}梅");
    assert_eq!(Fonts::bundled().missing(&form), vec![]);
    Typeset::with_fonts(&form, &Fonts::bundled())
        .unwrap()
        .pdf()
        .unwrap();
}

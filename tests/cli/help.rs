//! Help in Chinese and English, and the schemas.

use crate::support::Place;

const COMMANDS: &[&[&str]] = &[
    &[],
    &["assess"],
    &["plan"],
    &["days"],
    &["export"],
    &["pack"],
    &["unpack"],
    &["verify"],
    &["rollup"],
    &["calendar"],
    &["schemes"],
    &["schema"],
    &["sample"],
    &["import"],
    &["db"],
    &["db", "list"],
    &["db", "check"],
    &["db", "backup"],
    &["db", "export"],
    &["db", "import"],
    &["db", "restore"],
    &["db", "move"],
    &["db", "history"],
    &["db", "bin"],
    &["db", "revert"],
    &["db", "erase"],
    &["db", "delete"],
];

fn has_chinese(text: &str) -> bool {
    text.chars()
        .any(|character| ('\u{4e00}'..='\u{9fff}').contains(&character))
}

/// Each line of help that explains something must be in the language asked for.
#[test]
fn every_command_explains_itself_in_both_languages() {
    let place = Place::new();
    for command in COMMANDS {
        let help = |lang: &str| {
            let mut arguments = command.to_vec();
            arguments.extend(["--help", "--lang", lang]);
            let run = place.run(&arguments);
            assert_eq!((run.status, run.err.as_str()), (0, ""), "{arguments:?}");
            run.out
        };
        let (chinese, english) = (help("zh"), help("en"));
        assert!(!has_chinese(&english), "{command:?}: {english}");
        for line in chinese.lines().filter(|line| line.trim_start().starts_with('-')) {
            assert!(
                has_chinese(line) || line.trim_end().ends_with('>'),
                "{command:?}: {line}"
            );
        }
        for word in ["用法：", "选项"] {
            assert!(chinese.contains(word), "{command:?} lacks {word}");
        }
        for word in ["Options", "Usage", "Print"] {
            assert!(!chinese.contains(word), "{command:?} has {word}");
        }
        assert!(english.contains("Usage: xxz"), "{command:?}");
    }
}

#[test]
fn the_locale_decides_when_nobody_asks() {
    let place = Place::new();
    for (variables, chinese) in [
        (&[("LC_ALL", "zh_CN.UTF-8")][..], true),
        (&[("LANG", "zh_CN.UTF-8")], true),
        (&[("LC_ALL", "en_US.UTF-8"), ("LANG", "zh_CN.UTF-8")], false),
        (&[("LC_ALL", ""), ("LANG", "zh_TW.UTF-8")], true),
        (&[("LANG", "de_DE.UTF-8")], false),
        (&[], false),
    ] {
        let run = place.run_with(&["--help"], b"", variables);
        assert_eq!(has_chinese(&run.out), chinese, "{variables:?}");
    }
}

#[test]
fn bad_use_is_told_in_the_language() {
    let place = Place::new();
    for (arguments, chinese, english) in [
        (&["assess"][..], "缺少参数 <FILE>", "missing argument <FILE>"),
        (
            &["assess", "x", "--bad"],
            "不认识参数 --bad",
            "unknown argument --bad",
        ),
        (&["asses"], "没有命令 asses", "there is no command asses"),
        (&[], "缺少命令", "a command is missing"),
        (&["schema", "poem"], "不能是「poem」", "cannot be \"poem\""),
        (&["assess", "x", "--as-of"], "缺少值", "needs a value"),
    ] {
        for (lang, expected) in [("zh", chinese), ("en", english)] {
            let mut all = arguments.to_vec();
            all.insert(0, if lang == "zh" { "--lang=zh" } else { "--lang=en" });
            let (code, message, _) = place.run(&all).refusal();
            assert_eq!(code, "bad_usage");
            assert!(message.contains(expected), "{all:?}: {message}");
            assert_eq!(has_chinese(&message), lang == "zh", "{message}");
        }
    }
}

#[test]
fn version_and_language_are_checked() {
    let place = Place::new();
    assert!(place.run(&["--version"]).out.starts_with("xxz "));
    assert_eq!(
        place.refused(&["calendar", "2026", "--lang", "fr"]).0,
        "bad_usage"
    );
}

#[test]
fn schemas_are_json_schemas_of_the_types() {
    let place = Place::new();
    for (document, field) in [
        ("records", "posting"),
        ("scheme", "duties"),
        ("assessment", "requirements"),
        ("calendar", "notices"),
        ("rollup", "standing"),
    ] {
        let schema = place.json(&["schema", document]);
        assert!(
            schema["$schema"].as_str().unwrap().contains("json-schema.org"),
            "{document}"
        );
        assert!(
            schema["properties"][field].is_object(),
            "{document} lacks {field}"
        );
    }
}

#[test]
fn schemes_are_listed_and_shown_whole() {
    let place = Place::new();
    let list = place.json(&["schemes", "--json"]);
    assert_eq!(list["schemes"][0]["id"], "rotation_3m");
    let scheme = place.json(&["schemes", "rotation_3m", "--json"]);
    assert_eq!(
        (&scheme["format"], &scheme["id"]),
        (&"xiaxiangzhi.scheme".into(), &"rotation_3m".into())
    );
    assert!(place.run(&["schemes", "rotation_3m"]).out.contains("四（二）"));
    let (code, message, details) = place.refused(&["schemes", "nope"]);
    assert_eq!(code, "unknown_scheme");
    assert!(message.contains("rotation_3m") && details["allowed"][0] == "rotation_3m");
}

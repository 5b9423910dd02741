//! Pictures with activities: looked at, blacked out, kept, deleted, brought back, and sent along only when asked for.

use crate::support::{Clinic, NOW};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// A photo of a sign-in sheet as a phone makes it, with its place by GPS and more.
fn photo() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/pictures/phone-photo.jpg")
}

/// What the phone wrote into it.
const TOLD: [&[u8]; 4] = [b"Shouji", b"Exif\0\0", b"ns.adobe.com/xap", b"taken at home"];

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

impl Clinic {
    fn look_at(&self, path: &Path) -> Value {
        self.answer(path);
        let chosen = self.ok("choose_pictures", Value::Null);
        self.ok("look_at_picture", json!({"path": chosen[0], "base64": null}))
    }

    fn keep(&self, areas: Value) -> Value {
        let looked = self.look_at(&photo());
        self.ok("keep_picture", json!({"id": looked["id"], "areas": areas}))
    }

    /// A lecture with these pictures, as the form saves it.
    fn lecture(&mut self, id: &str, attachments: Value) -> Value {
        let lecture = json!({"id": id, "kind": "lecture", "date": "2026-03-13", "title": "急性胸痛",
                             "attachments": attachments});
        self.save("activity", id, lecture)
    }

    fn pictures_of(&self, id: &str) -> Vec<String> {
        let view = self.ok("posting_view", Value::Null);
        let activities = view["records"]["activities"].as_array().unwrap();
        let found = activities.iter().find(|each| each["id"] == id);
        let attachments = found.map_or(&Value::Null, |each| &each["attachments"]);
        let list = attachments.as_array().into_iter().flatten();
        list.map(|each| each["sha256"].as_str().unwrap().to_owned())
            .collect()
    }

    fn data_bytes(&self) -> Vec<u8> {
        let files = fs::read_dir(self.path("data")).unwrap();
        let names = files.map(|file| file.unwrap().path());
        names
            .filter(|path| path.is_file())
            .flat_map(|path| fs::read(path).unwrap())
            .collect()
    }
}

fn named(mut kept: Value, name: &str) -> Value {
    kept["name"] = json!(name);
    kept
}

#[test]
fn a_photo_is_kept_without_what_the_phone_wrote_into_it_and_sent_without_it() {
    let mut clinic = Clinic::with_posting();
    let original = fs::read(photo()).unwrap();
    for word in TOLD {
        assert!(holds(&original, word), "the control: {word:?} is in the photo");
    }
    let looked = clinic.look_at(&photo());
    // It was held upright.
    assert_eq!((&looked["width"], &looked["height"]), (&json!(480), &json!(640)));
    let kept = clinic.ok("keep_picture", json!({"id": looked["id"], "areas": []}));
    assert_eq!(kept["media_type"], "image/jpeg");
    let id = clinic.id();
    let hash = kept["sha256"].clone();
    clinic.lecture(&id, json!([named(kept, "签到表")]));
    let file = clinic.path("review.xxz");
    clinic.answer(&file);
    clinic.ok("export_review_file", json!({"pictures": [hash]}));
    let file = fs::read(file).unwrap();
    assert!(holds(
        &file,
        format!("blobs/{}", hash.as_str().unwrap()).as_bytes()
    ));
    let data = clinic.data_bytes();
    assert!(holds(&data, b"JFIF"), "the picture is in the database");
    for word in TOLD {
        assert!(!holds(&data, word), "{word:?} is in the database");
        assert!(!holds(&file, word), "{word:?} is in the review file");
    }
}

#[test]
fn a_picture_comes_and_goes_with_its_activity_in_one_step() {
    let mut clinic = Clinic::with_posting();
    let kept = clinic.keep(json!([]));
    let hash = kept["sha256"].as_str().unwrap().to_owned();
    let id = clinic.id();
    let before = clinic.ok("posting_view", Value::Null)["head"]["n"]
        .as_u64()
        .unwrap();
    let view = clinic.lecture(&id, json!([named(kept.clone(), "签到表")]));
    assert_eq!(
        view["head"]["n"],
        before + 2,
        "the lecture, and the picture with it"
    );
    assert_eq!(view["pictures"]["count"], 1);
    assert_eq!(view["pictures"]["bytes"], kept["length"]);

    clinic.ok("undo", Value::Null);
    assert!(clinic.pictures_of(&id).is_empty());
    clinic.ok("redo", Value::Null);
    assert_eq!(clinic.pictures_of(&id), std::slice::from_ref(&hash));
    let shown = clinic.ok("picture", json!({"sha256": hash, "thumbnail": false}));
    assert_eq!((&shown["width"], &shown["height"]), (&json!(480), &json!(640)));
    let small = clinic.ok("picture", json!({"sha256": hash, "thumbnail": true}));
    assert_eq!(small["height"], 144);

    // Deleted from its activity it is in the recycle bin, and comes back to where it was.
    clinic.lecture(&id, json!([]));
    let bin = clinic.ok("recycle_bin", Value::Null);
    assert_eq!(bin[0]["name"]["zh"], "附件 签到表");
    let back = json!({"entity": bin[0]["entity"], "key": bin[0]["key"], "n": bin[0]["n"]});
    clinic.ok("go_back", back);
    assert_eq!(clinic.pictures_of(&id), std::slice::from_ref(&hash));
    assert_eq!(clinic.ok("recycle_bin", Value::Null), json!([]));

    // With the activity it goes and comes, and is no entry of its own in the bin.
    clinic.save("activity", &id, Value::Null);
    let bin = clinic.ok("recycle_bin", Value::Null);
    let entities: Vec<&Value> = bin
        .as_array()
        .unwrap()
        .iter()
        .map(|each| &each["entity"])
        .collect();
    assert_eq!(entities, ["activity"]);
    let back = json!({"entity": "activity", "key": id, "n": bin[0]["n"]});
    clinic.ok("go_back", back);
    assert_eq!(clinic.pictures_of(&id), [hash]);
}

#[test]
fn the_same_picture_twice_is_kept_once_and_goes_when_the_last_lets_go_of_it() {
    let mut clinic = Clinic::with_posting();
    let [first, second] = [clinic.keep(json!([])), clinic.keep(json!([]))];
    assert_eq!(first, second);
    let ids = [clinic.id(), clinic.id()];
    for id in &ids {
        clinic.lecture(id, json!([first]));
    }
    let view = clinic.ok("posting_view", Value::Null);
    assert_eq!(view["pictures"]["count"], 1);
    let on_first = clinic.lecture(&ids[0], json!([]));
    assert_eq!(on_first["pictures"]["count"], 1, "the other one has it still");
    assert_eq!(clinic.ok("recycle_bin", Value::Null), json!([]));
    assert_eq!(clinic.lecture(&ids[1], json!([]))["pictures"]["count"], 0);
}

/// The pixels of a picture that is looked at, as the page has them.
fn scan_of(looked: &Value) -> Vec<u8> {
    let text = looked["data_url"].as_str().unwrap().split(',').nth(1).unwrap();
    let shown = STANDARD.decode(text).unwrap();
    let scan = shown.windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    shown[scan + 14..].to_vec()
}

#[test]
fn what_was_covered_is_gone_for_good_and_the_picture_looked_at_is_on_no_disk() {
    let looked_at = |areas: Value| {
        let mut clinic = Clinic::with_posting();
        let looked = clinic.look_at(&photo());
        let kept = clinic.ok("keep_picture", json!({"id": looked["id"], "areas": areas}));
        let twice = clinic.refused("keep_picture", json!({"id": looked["id"], "areas": []}));
        assert_eq!(twice["code"], "picture_gone");
        let id = clinic.id();
        clinic.lecture(&id, json!([kept]));
        (scan_of(&looked), clinic.data_bytes())
    };
    // The control: nothing covered, and all of it is found.
    let (shown, data) = looked_at(json!([]));
    assert!(holds(&data, &shown[..64]) && holds(&data, &shown[shown.len() - 64..]));

    let (shown, data) = looked_at(json!([{"x": 0, "y": 0, "width": 480, "height": 640}]));
    // Blank paper is coded by the same few bytes in every picture.
    let distinct = |part: &&[u8]| part.iter().collect::<BTreeSet<_>>().len() > 14;
    let telling: Vec<&[u8]> = shown.chunks_exact(24).filter(distinct).collect();
    assert!(telling.len() > 100, "only {} parts to look for", telling.len());
    for part in telling {
        assert!(
            !holds(&data, part),
            "a part of the picture as it was is on the disk"
        );
    }
}

#[test]
fn a_picture_that_is_not_ticked_is_not_in_the_file_and_the_supervisor_is_told_so() {
    let mut clinic = Clinic::with_posting();
    let sheet = clinic.keep(json!([]));
    let covered = clinic.keep(json!([{"x": 0, "y": 0, "width": 480, "height": 100}]));
    assert_ne!(sheet["sha256"], covered["sha256"]);
    let id = clinic.id();
    clinic.lecture(
        &id,
        json!([named(sheet.clone(), "签到表"), named(covered.clone(), "照片")]),
    );
    let file = clinic.path("review.xxz");
    clinic.answer(&file);
    let size_with = |pictures: Value| {
        clinic.ok("export_review_file", json!({"pictures": pictures}));
        fs::metadata(&file).unwrap().len()
    };
    let (none, one) = (size_with(json!([])), size_with(json!([covered["sha256"]])));
    assert!(one > none + covered["length"].as_u64().unwrap());

    let supervisor = Clinic::new();
    supervisor.answer(&file);
    let review = supervisor.ok("open_review_file", json!({"path": null}));
    assert_eq!(review["verdict"]["code"], "genuine");
    let ask = |kept: &Value| {
        let question = json!({"sha256": kept["sha256"], "thumbnail": false});
        supervisor.ok("reviewed_picture", question)
    };
    assert_eq!(ask(&covered)["width"], 480);
    assert_eq!(ask(&sheet), Value::Null, "not enclosed");
}

#[test]
fn the_page_reads_pictures_that_somebody_chose_and_no_others() {
    let clinic = Clinic::with_posting();
    let path = clinic.path("other.jpg");
    fs::copy(photo(), &path).unwrap();
    let ask = |path: &Path| json!({"path": path, "base64": null});
    let refusal = clinic.refused("look_at_picture", ask(&path));
    assert_eq!(refusal["code"], "bad_request");
    clinic.app.offer(path.clone());
    assert_eq!(clinic.ok("look_at_picture", ask(&path))["width"], 480);
    let gone = clinic.path("gone.jpg");
    clinic.app.offer(gone.clone());
    assert_ne!(
        clinic.refused("look_at_picture", ask(&gone))["code"],
        "bad_request"
    );
}

#[test]
fn pasted_bytes_are_taken_like_a_file_and_what_is_no_picture_is_refused_in_plain_words() {
    let clinic = Clinic::with_posting();
    let base64 = |bytes: &[u8]| STANDARD.encode(bytes);
    let ask = |bytes: &[u8]| json!({"path": null, "base64": base64(bytes)});
    assert_eq!(
        clinic.ok("look_at_picture", ask(&fs::read(photo()).unwrap()))["height"],
        640
    );
    for (bytes, code, words) in [
        (&b"\0\0\0\x18ftypheic\0\0\0\0"[..], "picture_heic", "HEIC"),
        (b"%PDF-1.7", "picture_pdf", "PDF"),
        (b"hello", "picture_unknown_format", "JPG"),
    ] {
        let refusal = clinic.refused("look_at_picture", ask(bytes));
        assert_eq!(refusal["code"], code);
        assert!(refusal["what"]["zh"].as_str().unwrap().contains(words));
        assert!(refusal["safe"]["zh"].as_str().unwrap().contains("没有动"));
        assert_ne!(refusal["next"]["zh"], "");
    }
}

#[test]
fn the_room_for_pictures_is_bounded_and_said() {
    let mut clinic = Clinic::with_posting();
    let full = json!([{"sha256": "ab".repeat(32), "length": 29_999_000, "media_type": "image/jpeg"}]);
    let id = clinic.id();
    let view = clinic.lecture(&id, full);
    assert_eq!(view["pictures"]["bytes"], 29_999_000);
    assert_eq!(view["pictures"]["most_bytes"], 30_000_000);
    let looked = clinic.look_at(&photo());
    let keep = json!({"id": looked["id"], "areas": []});
    let refusal = clinic.refused("keep_picture", keep.clone());
    assert_eq!(refusal["code"], "pictures_full");
    assert!(refusal["what"]["zh"].as_str().unwrap().contains("30 MB"));
    // With room again the same picture is kept: it is still looked at.
    clinic.lecture(&id, json!([]));
    clinic.ok("keep_picture", keep);
}

#[test]
fn a_picture_in_the_recycle_bin_is_erased_for_good_and_one_in_use_is_not() {
    let mut clinic = Clinic::with_posting();
    let kept = clinic.keep(json!([]));
    let bytes = clinic.ok("picture", json!({"sha256": kept["sha256"], "thumbnail": false}));
    assert_ne!(bytes, Value::Null);
    let id = clinic.id();
    clinic.lecture(&id, json!([named(kept.clone(), "签到表")]));
    let erase = json!({"sha256": kept["sha256"]});
    let is_here = |clinic: &Clinic| {
        let question = json!({"sha256": kept["sha256"], "thumbnail": true});
        !clinic.ok("picture", question).is_null()
    };
    clinic.ok("erase_picture", erase.clone());
    assert!(is_here(&clinic), "an activity has it");
    clinic.lecture(&id, json!([]));
    assert!(holds(&clinic.data_bytes(), b"JFIF"), "the control");
    clinic.ok("erase_picture", erase);
    assert!(!is_here(&clinic));
    assert!(
        !holds(&clinic.data_bytes(), b"JFIF"),
        "not a trace in the data folder itself"
    );
    assert_eq!(
        clinic.ok("recycle_bin", Value::Null),
        json!([]),
        "nothing that could be put back"
    );
    // The log tells of it, and is whole.
    clinic.ok("undo", Value::Null);
    assert_eq!(clinic.pictures_of(&id), [kept["sha256"].as_str().unwrap()]);
    assert!(!is_here(&clinic));
    let path = clinic.path("review.xxz");
    clinic.answer(&path);
    clinic.ok("export_review_file", json!({"pictures": [kept["sha256"]]}));
}

#[test]
fn a_picture_that_was_only_in_a_form_is_let_go_when_the_form_is_and_stays_while_it_is_not() {
    let mut clinic = Clinic::with_posting();
    let drafted = clinic.keep(json!([]));
    let stray = clinic.keep(json!([{"x": 0, "y": 0, "width": 480, "height": 100}]));
    let id = clinic.id();
    let form = json!({"id": id, "kind": "lecture", "date": "2026-03-13", "attachments": [drafted]});
    clinic.ok(
        "save_draft",
        json!({"entity": "activity", "key": id, "value": form}),
    );
    let clinic = clinic.restart(NOW);
    let is_here = |kept: &Value| {
        let question = json!({"sha256": kept["sha256"], "thumbnail": true});
        !clinic.ok("picture", question).is_null()
    };
    assert!(is_here(&drafted));
    assert!(!is_here(&stray));
}

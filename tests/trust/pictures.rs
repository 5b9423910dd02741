//! Pictures: nothing but pixels is kept, nothing is believed, and nothing leaves that was not asked for.

use crate::support::{change, evening, posting_id, profile};
use image::codecs::jpeg::JpegEncoder;
use image::{ExtendedColorType, ImageEncoder as _, ImageFormat, Rgb, RgbImage, Rgba, RgbaImage};
use serde_json::json;
use std::collections::BTreeSet;
use std::io::Cursor;
use uuid::Uuid;
use xiaxiangzhi_core::log::{Digest, Entity, sha256, to_hex};
use xiaxiangzhi_core::picture::{
    Area, LONGEST_SIDE, MAX_FILE_BYTES, MAX_PICTURE_BYTES, PictureError, read_picture,
};
use xiaxiangzhi_core::reviewfile::{unpack, verify};
use xiaxiangzhi_store::{Enclosed, Store};

/// A picture in which every pixel differs from its neighbours.
fn noise(width: u32, height: u32) -> RgbImage {
    let mut state = 1_u32;
    RgbImage::from_fn(width, height, |_, _| {
        let mut byte = || {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            state.to_be_bytes()[0]
        };
        Rgb([byte(), byte(), byte()])
    })
}

fn jpeg(image: &RgbImage) -> Vec<u8> {
    let mut bytes = Vec::new();
    let (width, height) = image.dimensions();
    JpegEncoder::new_with_quality(&mut bytes, 95)
        .write_image(image, width, height, ExtendedColorType::Rgb8)
        .unwrap();
    bytes
}

fn file(image: &RgbImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

/// What a phone writes into a photo, each word to be looked for afterwards.
const TOLD: &[&[u8]] = &[
    b"Exif",
    b"Shouji X9",
    b"N\0\0\0",
    b"ns.adobe.com/xap",
    b"GPSLatitude",
    b"taken at home",
];

/// EXIF of two directories: the camera's name and which way up it was, and the place by GPS.
fn exif(orientation: u8) -> Vec<u8> {
    let mut tiff = b"MM\0\x2a\0\0\0\x08".to_vec();
    let entry = |tag: u16, kind: u16, count: u32, value: [u8; 4]| {
        [
            &tag.to_be_bytes()[..],
            &kind.to_be_bytes(),
            &count.to_be_bytes(),
            &value,
        ]
        .concat()
    };
    tiff.extend(3_u16.to_be_bytes());
    tiff.extend(entry(0x0110, 2, 10, 50_u32.to_be_bytes()));
    tiff.extend(entry(0x0112, 3, 1, [0, orientation, 0, 0]));
    tiff.extend(entry(0x8825, 4, 1, 60_u32.to_be_bytes()));
    tiff.extend([0; 4]);
    assert_eq!(tiff.len(), 50);
    tiff.extend(b"Shouji X9\0");
    tiff.extend(2_u16.to_be_bytes());
    tiff.extend(entry(0x0001, 2, 2, *b"N\0\0\0"));
    tiff.extend(entry(0x0002, 5, 3, 90_u32.to_be_bytes()));
    tiff.extend([0; 4]);
    for part in [25_u32, 1, 7, 1, 12, 1] {
        tiff.extend(part.to_be_bytes());
    }
    [b"Exif\0\0".to_vec(), tiff].concat()
}

fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = u16::try_from(content.len() + 2).unwrap();
    [&[0xFF, marker][..], &length.to_be_bytes(), content].concat()
}

/// A photo of a phone that was held upright: lying in the file, with all that the phone knows.
fn photo() -> Vec<u8> {
    let plain = jpeg(&noise(64, 32));
    let xmp = b"http://ns.adobe.com/xap/1.0/\0<x exif:GPSLatitude=\"25,7N\"/>";
    [
        &plain[..2],
        &segment(0xE1, &exif(6)),
        &segment(0xE1, xmp),
        &segment(0xFE, b"taken at home"),
        &plain[2..],
    ]
    .concat()
}

fn holds(bytes: &[u8], word: &[u8]) -> bool {
    bytes.windows(word.len()).any(|part| part == word)
}

#[test]
fn nothing_of_what_a_phone_writes_into_a_photo_is_kept_but_which_way_up_it_was() {
    let photo = photo();
    // The control: all of it is found where it is.
    for word in TOLD {
        assert!(holds(&photo, word), "{word:?} is not in the photo");
    }
    let kept = read_picture(&photo).unwrap().encode().unwrap();
    for word in TOLD {
        assert!(!holds(&kept.bytes, word), "{word:?} was kept");
    }
    assert_eq!((kept.width, kept.height), (32, 64), "turned upright");
    // Not one segment but what pixels need: no application data besides JFIF's own, no comment.
    let mut at = 2;
    let mut markers = Vec::new();
    while kept.bytes[at + 1] != 0xDA {
        markers.push(kept.bytes[at + 1]);
        at += 2 + usize::from(u16::from_be_bytes([kept.bytes[at + 2], kept.bytes[at + 3]]));
    }
    markers.retain(|marker| !matches!(marker, 0xE0 | 0xDB | 0xC0 | 0xC4));
    assert_eq!(markers, [0_u8; 0], "other segments");
}

#[test]
fn texts_in_a_png_are_not_kept() {
    let mut png = file(
        &RgbImage::from_pixel(40, 40, Rgb([200, 30, 30])),
        ImageFormat::Png,
    );
    let text = [&b"tEXtComment\0taken at home"[..]].concat();
    let mut chunk = u32::try_from(text.len() - 4).unwrap().to_be_bytes().to_vec();
    chunk.extend(&text);
    chunk.extend(crc32fast::hash(&text).to_be_bytes());
    // After the signature and IHDR.
    png.splice(33..33, chunk);
    assert!(holds(&png, b"taken at home"));
    let kept = read_picture(&png).unwrap().encode().unwrap();
    assert_eq!(kept.media_type, "image/png");
    assert!(!holds(&kept.bytes, b"taken at home") && !holds(&kept.bytes, b"tEXt"));
}

#[test]
fn a_part_blacked_out_is_black_in_the_kept_pixels_and_nothing_else_is() {
    for (bytes, name) in [
        (jpeg(&RgbImage::from_pixel(160, 96, Rgb([250, 250, 250]))), "jpeg"),
        (file(&noise(160, 96), ImageFormat::Png), "png"),
        (file(&noise(160, 96), ImageFormat::WebP), "webp"),
    ] {
        let before = read_picture(&bytes).unwrap();
        let mut after = before.clone();
        let area = Area {
            x: 16,
            y: 8,
            width: 64,
            height: 32,
        };
        after.blacken(area);
        // Reaching beyond the edges is no fault.
        after.blacken(Area {
            x: 144,
            y: 80,
            width: u32::MAX,
            height: u32::MAX,
        });
        let kept = after.encode().unwrap();
        let pixels = image::load_from_memory(&kept.bytes).unwrap().into_rgb8();
        for (x, y, pixel) in pixels.enumerate_pixels() {
            let black = pixel.0.iter().all(|part| *part < 24);
            let inside = |(left, right): (u32, u32), (top, bottom): (u32, u32)| {
                left <= x && x < right && top <= y && y < bottom
            };
            if inside((16, 80), (8, 40)) || inside((144, 160), (80, 96)) {
                assert!(black, "{name}: {x},{y} is {pixel:?}");
            }
        }
        let bright = pixels
            .enumerate_pixels()
            .filter(|(x, y, pixel)| !(8..96).contains(x) && *y < 72 && pixel.0.iter().any(|part| *part > 60))
            .count();
        assert!(bright > 3_000, "{name}: only {bright} others are not black");
    }
}

#[test]
fn what_is_transparent_is_white_paper() {
    let clear = RgbaImage::from_pixel(20, 20, Rgba([0, 0, 0, 0]));
    let mut bytes = Cursor::new(Vec::new());
    clear.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let kept = read_picture(&bytes.into_inner()).unwrap().encode().unwrap();
    let pixels = image::load_from_memory(&kept.bytes).unwrap().into_rgb8();
    assert!(pixels.pixels().all(|pixel| pixel.0 == [255; 3]));
}

#[test]
fn a_large_picture_is_made_smaller_and_a_detailed_one_fits() {
    let long = read_picture(&jpeg(&noise(3_300, 330))).unwrap();
    assert_eq!(long.size(), (LONGEST_SIDE, 160));
    let detailed = read_picture(&file(&noise(1_400, 1_000), ImageFormat::Png)).unwrap();
    let kept = detailed.encode().unwrap();
    assert!(
        kept.bytes.len() <= MAX_PICTURE_BYTES,
        "{} bytes are kept",
        kept.bytes.len()
    );
    let thumbnail = detailed.thumbnail(100).unwrap();
    assert_eq!((thumbnail.width, thumbnail.height), (100, 71));
    assert!(thumbnail.bytes.len() < 20_000);
}

#[test]
fn the_same_picture_gives_the_same_bytes() {
    let twice = [(); 2].map(|()| read_picture(&photo()).unwrap().encode().unwrap().bytes);
    assert_eq!(sha256(&twice[0]), sha256(&twice[1]));
}

/// A PNG that says it is so large, with next to nothing in it.
fn vast_png(width: u32, height: u32) -> Vec<u8> {
    let mut png = file(&RgbImage::new(1, 1), ImageFormat::Png);
    png[16..20].copy_from_slice(&width.to_be_bytes());
    png[20..24].copy_from_slice(&height.to_be_bytes());
    let crc = crc32fast::hash(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    png
}

fn with_frame(marker: u8, width: u16, height: u16) -> Vec<u8> {
    let mut bytes = jpeg(&RgbImage::new(16, 16));
    let at = bytes.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    bytes[at + 1] = marker;
    bytes[at + 5..at + 7].copy_from_slice(&height.to_be_bytes());
    bytes[at + 7..at + 9].copy_from_slice(&width.to_be_bytes());
    bytes
}

#[test]
fn bombs_are_refused_before_memory_is_taken_for_them() {
    let before = peak_memory();
    let mut vast_webp = file(&RgbImage::new(16, 16), ImageFormat::WebP);
    let at = vast_webp.windows(4).position(|part| part == b"VP8L").unwrap() + 9;
    // Two times fourteen bits, each one less than the side.
    vast_webp[at..at + 4].copy_from_slice(&0x0FFF_BFFE_u32.to_le_bytes());
    for (bytes, name) in [
        (vast_png(60_000, 60_000), "png"),
        (vast_png(1, 100_000_000), "high png"),
        (with_frame(0xC0, 65_535, 65_535), "jpeg"),
        (with_frame(0xC2, 8_000, 6_000), "progressive jpeg"),
        (vast_webp, "webp"),
    ] {
        match read_picture(&bytes) {
            Err(PictureError::TooManyPixels { width, height }) => {
                assert!(
                    u64::from(width) * u64::from(height) > 16_000_000,
                    "{name}: {width} by {height}"
                );
            }
            other => panic!("{name}: {:?}", other.map(|pixels| pixels.size())),
        }
    }
    assert_eq!(
        read_picture(&vec![0xFF; MAX_FILE_BYTES + 1]).unwrap_err(),
        PictureError::FileTooBig
    );
    let taken = peak_memory() - before;
    assert!(taken < 256_000_000, "{taken} bytes were taken");
}

/// The most memory the process ever had, in bytes; other tests may run in it at the same time.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    let kilobytes = line.and_then(|line| line.split_whitespace().nth(1)?.parse::<u64>().ok());
    kilobytes.unwrap_or_default() * 1_024
}

#[test]
fn what_is_no_picture_is_called_what_it_is() {
    let cases: &[(&[u8], &str)] = &[
        (b"", "picture_unknown_format"),
        (b"GIF89a\x01\0\x01\0", "picture_unknown_format"),
        (b"%PDF-1.7\n", "picture_pdf"),
        (b"\0\0\0\x18ftypheic\0\0\0\0", "picture_heic"),
        (b"MZ\x90\0", "picture_unknown_format"),
        (b"\xFF\xD8\xFF\xE0 and then nothing", "picture_damaged"),
        (b"\x89PNG\r\n\x1a\n", "picture_damaged"),
        (b"RIFF\x10\0\0\0WEBPVP8 ", "picture_damaged"),
    ];
    for (bytes, code) in cases {
        assert_eq!(read_picture(bytes).unwrap_err().code(), *code, "{bytes:?}");
    }
}

#[test]
fn changed_bytes_are_read_or_refused_and_never_more() {
    let small = noise(24, 24);
    for whole in [
        photo(),
        file(&small, ImageFormat::Png),
        file(&small, ImageFormat::WebP),
    ] {
        let mut state = 7_usize;
        for round in 0..250 {
            let mut bytes = whole.clone();
            for _ in 0..=(round % 4) {
                state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = (state >> 33) % bytes.len();
                bytes[at] ^= u8::try_from((state >> 20) & 0xFF).unwrap() | 1;
            }
            bytes.truncate(bytes.len() - round % 7);
            if let Ok(pixels) = read_picture(&bytes) {
                let (width, height) = pixels.size();
                assert!(width.max(height) <= LONGEST_SIDE);
            }
        }
    }
}

/// A store with an activity and the pictures that go with it.
fn with_pictures(dir: &std::path::Path, pictures: &[&[u8]]) -> (Store, Vec<Digest>) {
    let store = Store::open(dir).unwrap();
    let id = |n: u128| Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + n);
    let first = change(id(1), Entity::Posting, "", profile());
    store.create(posting_id(), evening(5), &[first]).unwrap();
    let kept: Vec<Digest> = pictures
        .iter()
        .map(|bytes| store.keep_picture(posting_id(), "image/jpeg", bytes).unwrap())
        .collect();
    let named: Vec<_> = kept
        .iter()
        .map(|digest| json!({"sha256": to_hex(digest)}))
        .collect();
    let activity = id(2).to_string();
    let mut changes = vec![change(
        id(3),
        Entity::Activity,
        &activity,
        json!({"kind": "lecture", "date": "2026-01-14", "attachments": named}),
    )];
    for (n, digest) in (10..).zip(&kept) {
        let value = json!({"media_type": "image/jpeg", "activity": activity});
        changes.push(change(id(n), Entity::Attachment, &to_hex(digest), value));
    }
    store.save(posting_id(), &changes, evening(14)).unwrap();
    (store, kept)
}

#[test]
fn a_review_file_holds_the_pictures_asked_for_and_not_a_byte_of_others() {
    let dir = tempfile::TempDir::new().unwrap();
    let bytes = [jpeg(&noise(64, 64)), jpeg(&noise(48, 48))];
    let (store, kept) = with_pictures(dir.path(), &[&bytes[0], &bytes[1]]);
    let asked = BTreeSet::from([kept[1]]);
    let export = |enclosed| {
        store
            .export_review_file_with(posting_id(), evening(20).date_naive(), evening(20), enclosed)
            .unwrap()
            .bytes
    };
    // The control: with all of them both are found.
    let all = export(Enclosed::All);
    assert!(bytes.iter().all(|each| holds(&all, each)));

    let file = export(Enclosed::Only(&asked));
    assert!(verify(&file, Some(&all)).verdict.is_genuine());
    assert!(holds(&file, &bytes[1]));
    let scan = bytes[0].windows(2).position(|pair| pair == [0xFF, 0xDA]).unwrap();
    for part in bytes[0][scan + 14..].chunks_exact(24) {
        assert!(!holds(&file, part), "a part of the other picture is in the file");
    }
    let unpacked = unpack(&file).unwrap();
    let names: Vec<&str> = unpacked.files.iter().map(|(name, _)| name.as_str()).collect();
    assert!(names.contains(&format!("blobs/{}", to_hex(&kept[1])).as_str()));
    assert!(!names.contains(&format!("blobs/{}", to_hex(&kept[0])).as_str()));
}

#[test]
fn the_same_bytes_are_kept_once_and_read_back_whole() {
    let dir = tempfile::TempDir::new().unwrap();
    let bytes = jpeg(&noise(40, 40));
    let (store, kept) = with_pictures(dir.path(), &[&bytes]);
    let again = store.keep_picture(posting_id(), "image/jpeg", &bytes).unwrap();
    assert_eq!(again, kept[0]);
    drop(store);
    let store = Store::open(dir.path()).unwrap();
    assert_eq!(
        &*store.picture(posting_id(), &again).unwrap().unwrap().bytes,
        &bytes[..]
    );
    assert!(store.picture(posting_id(), &[9; 32]).unwrap().is_none());
    drop(store);
    let database = rusqlite::Connection::open(dir.path().join("xiaxiangzhi.db")).unwrap();
    let rows: u32 = database
        .query_row(
            "SELECT count(*) FROM blob WHERE media_type = 'image/jpeg'",
            [],
            |row| row.get(0),
        )
        .unwrap();
    assert_eq!(rows, 1);
}

#[test]
fn a_picture_that_no_record_and_no_form_names_is_let_go() {
    let dir = tempfile::TempDir::new().unwrap();
    let [in_record, removed, in_form, stray] = [30, 31, 32, 33].map(|side| jpeg(&noise(side, side)));
    let (store, kept) = with_pictures(dir.path(), &[&in_record, &removed]);
    let id = Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0099);
    let remove = change(id, Entity::Attachment, &to_hex(&kept[1]), json!(null));
    store.save(posting_id(), &[remove], evening(15)).unwrap();
    let keep = |bytes: &[u8]| store.keep_picture(posting_id(), "image/jpeg", bytes).unwrap();
    let (drafted, stray) = (keep(&in_form), keep(&stray));
    let draft = json!({"kind": "lecture", "attachments": [{"sha256": to_hex(&drafted)}]});
    store
        .draft(
            posting_id(),
            Entity::Activity,
            &id.to_string(),
            Some(draft),
            evening(15),
        )
        .unwrap();
    assert_eq!(store.sweep_pictures().unwrap(), 1);
    let is_here = |digest: &Digest| store.picture(posting_id(), digest).unwrap().is_some();
    assert!(is_here(&kept[0]) && is_here(&kept[1]) && is_here(&drafted));
    assert!(!is_here(&stray));
    assert_eq!(store.sweep_pictures().unwrap(), 0);
}

//! From the bytes of a stranger to pixels, with the memory bounded before it is taken.

use std::io::Cursor;
use std::panic::{AssertUnwindSafe, catch_unwind};

use image::codecs::jpeg::JpegDecoder;
use image::codecs::png::PngDecoder;
use image::codecs::webp::WebPDecoder;
use image::imageops::{self, FilterType};
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageResult, Limits, RgbImage};

use super::{LONGEST_SIDE, MAX_FILE_BYTES, PictureError, Pixels};

/// The most bytes the decoded pixels may take: a photo of 50 million pixels.
const MAX_DECODED_BYTES: u64 = 160_000_000;
/// A progressive JPEG keeps all its coefficients while it is decoded, two bytes for each of three colours.
const MAX_PROGRESSIVE_BYTES: u64 = 50_000_000;
/// A lossy or lossless WebP is held a second time while it is decoded.
const MAX_WEBP_BYTES: u64 = 80_000_000;

/// Reads a picture, turns it upright, and makes it no larger than it will be kept.
///
/// # Errors
/// Whatever is not a readable JPEG, PNG or WebP within the limits. Nothing is allocated on the word of the file.
pub fn read_picture(bytes: &[u8]) -> Result<Pixels, PictureError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(PictureError::FileTooBig);
    }
    // Decoders are other people's code, and here they read a stranger's bytes: a panic in one is a damaged picture.
    catch_unwind(AssertUnwindSafe(|| decode(bytes))).unwrap_or_else(|_| {
        Err(PictureError::Damaged {
            detail: "the decoder gave up".to_owned(),
        })
    })
}

fn decode(bytes: &[u8]) -> Result<Pixels, PictureError> {
    let reader = Cursor::new(bytes);
    if bytes.starts_with(&[0xFF, 0xD8, 0xFF]) {
        let most = if is_progressive(bytes) {
            MAX_PROGRESSIVE_BYTES
        } else {
            MAX_DECODED_BYTES
        };
        return pixels(JpegDecoder::new(reader).map_err(damaged)?, most, false);
    }
    if bytes.starts_with(b"\x89PNG\r\n\x1a\n") {
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(MAX_DECODED_BYTES);
        let decoder = PngDecoder::with_limits(reader, limits).map_err(damaged)?;
        return pixels(decoder, MAX_DECODED_BYTES, true);
    }
    if bytes.starts_with(b"RIFF") && bytes.get(8..12) == Some(b"WEBP") {
        return pixels(WebPDecoder::new(reader).map_err(damaged)?, MAX_WEBP_BYTES, true);
    }
    Err(match bytes.get(4..12) {
        Some(b"ftypheic" | b"ftypheix" | b"ftyphevc" | b"ftypmif1" | b"ftypmsf1") => PictureError::Heic,
        _ if bytes.starts_with(b"%PDF") => PictureError::Pdf,
        _ => PictureError::UnknownFormat,
    })
}

fn pixels(mut decoder: impl ImageDecoder, most: u64, lossless: bool) -> Result<Pixels, PictureError> {
    let (width, height) = decoder.dimensions();
    if width == 0 || height == 0 || decoder.total_bytes() > most {
        return Err(PictureError::TooManyPixels { width, height });
    }
    // Which way up is the one thing worth knowing from what the camera wrote.
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let image: ImageResult<DynamicImage> = DynamicImage::from_decoder(decoder);
    let mut small = DynamicImage::ImageRgb8(on_white(smaller(image.map_err(damaged)?)));
    small.apply_orientation(orientation);
    Ok(Pixels {
        image: small.into_rgb8(),
        lossless,
    })
}

/// At most [`LONGEST_SIDE`] long. The first step averages whole blocks of pixels and needs no second picture of the full
/// size; the second is the fine one.
fn smaller(image: DynamicImage) -> DynamicImage {
    let longest = image.width().max(image.height());
    if longest <= LONGEST_SIDE {
        return image;
    }
    let coarse = if longest > 2 * LONGEST_SIDE {
        image.thumbnail(2 * LONGEST_SIDE, 2 * LONGEST_SIDE)
    } else {
        image
    };
    coarse.resize(LONGEST_SIDE, LONGEST_SIDE, FilterType::CatmullRom)
}

/// What is transparent is white paper.
fn on_white(image: DynamicImage) -> RgbImage {
    if !image.color().has_alpha() {
        return image.into_rgb8();
    }
    let above = image.into_rgba8();
    let (width, height) = above.dimensions();
    let mut paper = image::RgbaImage::from_pixel(width, height, image::Rgba([255; 4]));
    imageops::overlay(&mut paper, &above, 0, 0);
    DynamicImage::ImageRgba8(paper).into_rgb8()
}

/// Whether a JPEG's frame is a progressive one; the markers before it are skipped by their lengths.
fn is_progressive(bytes: &[u8]) -> bool {
    let mut at = 2;
    while let Some(&[0xFF, marker, high, low]) = bytes.get(at..at + 4) {
        match marker {
            // Baseline and extended; a frame ends the search.
            0xC0 | 0xC1 | 0xC3 => return false,
            0xC2 | 0xC5..=0xC7 | 0xC9..=0xCB | 0xCD..=0xCF => return true,
            // Filling bytes may stand before a marker.
            0xFF => at += 1,
            _ => at += 2 + usize::from(u16::from_be_bytes([high, low])),
        }
    }
    // Whatever is found in another way than this is held for the costlier kind.
    true
}

fn damaged(error: image::ImageError) -> PictureError {
    PictureError::Damaged {
        detail: error.to_string(),
    }
}

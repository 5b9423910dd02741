//! From pixels to a file of pixels and nothing else.

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};
use image::imageops::{self, FilterType};
use image::{ExtendedColorType, ImageEncoder as _, RgbImage};

use super::{MAX_PICTURE_BYTES, Picture, PictureError, Pixels};

/// From good to what still shows a sign-in sheet.
const QUALITIES: [u8; 4] = [85, 75, 65, 50];
/// The longest side, where not even the last of them fits.
const SMALLER_SIDES: [u32; 3] = [1_200, 800, 400];

impl Pixels {
    /// The picture as it is kept: what came without loss stays so where that is smaller.
    ///
    /// # Errors
    /// [`PictureError::Damaged`] where it cannot be written, which no picture that was read is known to cause.
    pub fn encode(&self) -> Result<Picture, PictureError> {
        let mut jpeg = fitting(&self.image)?;
        if self.lossless && self.image.dimensions() == (jpeg.width, jpeg.height) {
            let png = png(&self.image)?;
            if png.bytes.len() <= jpeg.bytes.len() {
                jpeg = png;
            }
        }
        Ok(jpeg)
    }

    /// A small version for a list, at most `longest` pixels long.
    ///
    /// # Errors
    /// As [`Pixels::encode`].
    pub fn thumbnail(&self, longest: u32) -> Result<Picture, PictureError> {
        let (width, height) = self.image.dimensions();
        if width.max(height) <= longest {
            return jpeg(&self.image, QUALITIES[1]);
        }
        jpeg(&scaled(&self.image, longest), QUALITIES[1])
    }
}

fn fitting(image: &RgbImage) -> Result<Picture, PictureError> {
    let mut last = jpeg(image, QUALITIES[0])?;
    for quality in &QUALITIES[1..] {
        if last.bytes.len() <= MAX_PICTURE_BYTES {
            return Ok(last);
        }
        last = jpeg(image, *quality)?;
    }
    for side in SMALLER_SIDES {
        if last.bytes.len() <= MAX_PICTURE_BYTES {
            break;
        }
        last = jpeg(&scaled(image, side), QUALITIES[3])?;
    }
    Ok(last)
}

fn scaled(image: &RgbImage, longest: u32) -> RgbImage {
    let (width, height) = image.dimensions();
    let most = u64::from(width.max(height));
    let part = |side: u32| u32::try_from((u64::from(side) * u64::from(longest) / most).max(1)).unwrap_or(1);
    imageops::resize(image, part(width), part(height), FilterType::Triangle)
}

fn jpeg(image: &RgbImage, quality: u8) -> Result<Picture, PictureError> {
    let mut bytes = Vec::new();
    let (width, height) = image.dimensions();
    JpegEncoder::new_with_quality(&mut bytes, quality)
        .write_image(image, width, height, ExtendedColorType::Rgb8)
        .map_err(not_written)?;
    Ok(Picture {
        bytes,
        media_type: "image/jpeg",
        width,
        height,
    })
}

fn png(image: &RgbImage) -> Result<Picture, PictureError> {
    let mut bytes = Vec::new();
    let (width, height) = image.dimensions();
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Default, PngFilter::Adaptive)
        .write_image(image, width, height, ExtendedColorType::Rgb8)
        .map_err(not_written)?;
    Ok(Picture {
        bytes,
        media_type: "image/png",
        width,
        height,
    })
}

fn not_written(error: image::ImageError) -> PictureError {
    PictureError::Damaged {
        detail: error.to_string(),
    }
}

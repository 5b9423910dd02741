//! Pictures that go with records: sign-in sheets, photos, slides.
//!
//! What comes from outside is never kept as it came. It is decoded under limits, made at most [`LONGEST_SIDE`] pixels long,
//! and written anew from its pixels alone: place, time, device and every other thing a phone writes into a photo stay
//! behind. Parts blacked out are black in the pixels before anything is written.

mod error;
mod read;
mod write;

pub use error::PictureError;
pub use read::read_picture;

use image::{Rgb, RgbImage};

/// The longest side of a kept picture, in pixels.
pub const LONGEST_SIDE: u32 = 1_600;
/// The most bytes of a kept picture; a larger one is written with less detail until it fits.
pub const MAX_PICTURE_BYTES: usize = 600_000;
/// The most bytes of a file that is looked at.
pub const MAX_FILE_BYTES: usize = 30_000_000;
/// The most bytes of a posting's pictures together: a review file with all of them still goes by `WeChat`, and forty
/// backups of them on an old disk.
pub const MAX_POSTING_BYTES: u64 = 30_000_000;
/// The most pictures of a posting: a review file has room for five hundred parts.
pub const MAX_POSTING_PICTURES: usize = 300;

/// A picture ready to be kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// A JPEG or PNG file of pixels and nothing else.
    pub bytes: Vec<u8>,
    /// `image/jpeg` or `image/png`.
    pub media_type: &'static str,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// A part of a picture, in pixels from its upper left corner. What reaches beyond the picture is cut off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Area {
    /// From the left.
    pub x: u32,
    /// From above.
    pub y: u32,
    /// To the right.
    pub width: u32,
    /// Downwards.
    pub height: u32,
}

/// A picture while it is looked at: upright, and no larger than it will be kept.
#[derive(Debug, Clone)]
pub struct Pixels {
    image: RgbImage,
    /// Whether it came without loss, as screenshots do: then it may be kept so.
    lossless: bool,
}

impl Pixels {
    /// Width and height in pixels.
    pub fn size(&self) -> (u32, u32) {
        self.image.dimensions()
    }

    /// Makes a part black for good.
    pub fn blacken(&mut self, area: Area) {
        let (width, height) = self.image.dimensions();
        let right = area.x.saturating_add(area.width).min(width);
        let bottom = area.y.saturating_add(area.height).min(height);
        for y in area.y.min(bottom)..bottom {
            for x in area.x.min(right)..right {
                self.image.put_pixel(x, y, Rgb([0, 0, 0]));
            }
        }
    }
}

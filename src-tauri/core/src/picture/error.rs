//! Why a file is not taken in as a picture.

use super::MAX_FILE_BYTES;
use crate::language::Language;

/// Why a file is not taken in as a picture.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PictureError {
    /// Neither JPEG nor PNG nor WebP.
    #[error("no JPEG, PNG or WebP picture")]
    UnknownFormat,
    /// What iPhones take unless told otherwise.
    #[error("a HEIC picture")]
    Heic,
    /// A PDF document.
    #[error("a PDF document")]
    Pdf,
    /// More bytes than are looked at.
    #[error("more than {MAX_FILE_BYTES} bytes")]
    FileTooBig,
    /// More pixels than there is memory for, or none.
    #[error("{width} by {height} pixels")]
    TooManyPixels {
        /// As the file says.
        width: u32,
        /// As the file says.
        height: u32,
    },
    /// It begins like a picture and cannot be read.
    #[error("damaged: {detail}")]
    Damaged {
        /// The decoder's words.
        detail: String,
    },
}

impl PictureError {
    /// A stable word for programs.
    pub fn code(&self) -> &'static str {
        match self {
            Self::UnknownFormat => "picture_unknown_format",
            Self::Heic => "picture_heic",
            Self::Pdf => "picture_pdf",
            Self::FileTooBig => "picture_file_too_big",
            Self::TooManyPixels { .. } => "picture_too_many_pixels",
            Self::Damaged { .. } => "picture_damaged",
        }
    }

    /// What is the matter with the file.
    pub fn describe(&self, language: Language) -> String {
        match self {
            Self::UnknownFormat => language
                .pick(
                    "这不是 JPG、PNG 或 WebP 图片。",
                    "This is no JPG, PNG or WebP picture.",
                )
                .to_owned(),
            Self::Heic => language
                .pick(
                    "这是苹果手机的 HEIC 照片，这里打不开。",
                    "This is a HEIC photo of an iPhone, which cannot be read here.",
                )
                .to_owned(),
            Self::Pdf => language
                .pick(
                    "这是 PDF 文件，这里只收图片。",
                    "This is a PDF document; only pictures are taken in here.",
                )
                .to_owned(),
            Self::FileTooBig => {
                let megabytes = MAX_FILE_BYTES / 1_000_000;
                match language {
                    Language::Chinese => format!("这个文件超过 {megabytes} MB。"),
                    Language::English => format!("This file has more than {megabytes} MB."),
                }
            }
            Self::TooManyPixels { width, height } => match language {
                Language::Chinese => format!("这张图片有 {width} × {height} 个像素，太大了。"),
                Language::English => {
                    format!("This picture has {width} × {height} pixels, which is too many.")
                }
            },
            Self::Damaged { .. } => language
                .pick(
                    "这张图片已损坏，读不出来。",
                    "This picture is damaged and cannot be read.",
                )
                .to_owned(),
        }
    }

    /// What to do about it.
    pub fn way_out(&self, language: Language) -> &'static str {
        match self {
            Self::UnknownFormat | Self::Pdf => language.pick(
                "拍一张照片或截一张图，再添加。",
                "Take a photo or a screenshot of it and add that.",
            ),
            Self::Heic => language.pick(
                "用微信发给自己再存下来，或在手机上截一张图，就是 JPG 或 PNG。",
                "Send it to yourself by WeChat and save it, or take a screenshot on the phone: that is a JPG or PNG.",
            ),
            Self::FileTooBig | Self::TooManyPixels { .. } => language.pick(
                "用微信发给自己（不选原图）再存下来，会小很多。",
                "Send it to yourself by WeChat, not as the original, and save it: that is much smaller.",
            ),
            Self::Damaged { .. } => language.pick("再拷一次，或重新拍一张。", "Copy it once more, or take it again."),
        }
    }
}

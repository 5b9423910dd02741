//! Pictures that go with activities.

use serde::{Deserialize, Serialize};
use ts_rs::TS;
use uuid::Uuid;

/// A picture that is looked at and not kept yet, as it would be kept: upright, smaller, without what the camera wrote.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct LookedAt {
    /// What it is kept or let go by.
    pub id: Uuid,
    /// To be shown, as a `data:` URL.
    pub data_url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
    /// How many bytes it would take.
    pub bytes: usize,
}

/// A part of a picture that is to be black, in its pixels from the upper left.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize, Serialize, TS)]
#[serde(deny_unknown_fields)]
pub struct BlackArea {
    /// From the left.
    pub x: u32,
    /// From above.
    pub y: u32,
    /// To the right.
    pub width: u32,
    /// Downwards.
    pub height: u32,
}

/// A kept picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PictureData {
    /// As a `data:` URL.
    pub data_url: String,
    /// In pixels.
    pub width: u32,
    /// In pixels.
    pub height: u32,
}

/// How much room the pictures of a posting take, and may take.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, TS)]
pub struct PictureRoom {
    /// How many there are, each once.
    pub count: usize,
    /// How many bytes they take.
    #[ts(type = "number")]
    pub bytes: u64,
    /// How many bytes they may take.
    #[ts(type = "number")]
    pub most_bytes: u64,
}

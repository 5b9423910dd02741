//! Icon containers of Windows and macOS: both only wrap PNG images.

/// A PNG image and its side in pixels.
pub(crate) struct Picture {
    pub(crate) side: u32,
    pub(crate) png: Vec<u8>,
}

/// The `.ico` of the pictures, each at most 256 pixels a side. Windows reads PNG entries since Vista.
pub(crate) fn ico(pictures: &[Picture]) -> Vec<u8> {
    const HEADER: usize = 6;
    const ENTRY: usize = 16;
    let count = u16::try_from(pictures.len()).unwrap_or(u16::MAX);
    let mut bytes = vec![0, 0, 1, 0];
    bytes.extend(count.to_le_bytes());
    let mut offset = HEADER + ENTRY * pictures.len();
    for picture in pictures {
        // 256 does not fit in the byte; 0 stands for it.
        let side = u8::try_from(picture.side).unwrap_or(0);
        bytes.extend([side, side, 0, 0, 1, 0, 32, 0]);
        bytes.extend(length(picture.png.len()).to_le_bytes());
        bytes.extend(length(offset).to_le_bytes());
        offset += picture.png.len();
    }
    for picture in pictures {
        bytes.extend(&picture.png);
    }
    bytes
}

/// The `.icns` of the pictures whose size has a place in it; macOS reads PNG there since 10.7.
pub(crate) fn icns(pictures: &[Picture]) -> Vec<u8> {
    let mut body = Vec::new();
    for picture in pictures {
        // A size can stand for itself and for half its size on a doubled screen.
        let kinds: &[&[u8; 4]] = match picture.side {
            16 => &[b"icp4"],
            32 => &[b"icp5", b"ic11"],
            64 => &[b"ic12"],
            128 => &[b"ic07"],
            256 => &[b"ic08", b"ic13"],
            512 => &[b"ic09", b"ic14"],
            1024 => &[b"ic10"],
            _ => &[],
        };
        for kind in kinds {
            body.extend_from_slice(*kind);
            body.extend(length(picture.png.len() + 8).to_be_bytes());
            body.extend(&picture.png);
        }
    }
    let mut bytes = b"icns".to_vec();
    bytes.extend(length(body.len() + 8).to_be_bytes());
    bytes.extend(body);
    bytes
}

fn length(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_ico_points_at_its_pictures() {
        let bytes = ico(&[
            Picture {
                side: 16,
                png: vec![1, 2, 3],
            },
            Picture {
                side: 256,
                png: vec![4, 5],
            },
        ]);
        assert_eq!(bytes[..6], [0, 0, 1, 0, 2, 0]);
        assert_eq!((bytes[6], bytes[22]), (16, 0));
        assert_eq!(
            bytes[18], 38,
            "the first picture follows the header and two entries"
        );
        assert_eq!(bytes[38..], [1, 2, 3, 4, 5]);
    }

    #[test]
    fn an_icns_counts_its_own_length() {
        let bytes = icns(&[
            Picture {
                side: 128,
                png: vec![9; 4],
            },
            Picture {
                side: 48,
                png: vec![9],
            },
        ]);
        assert_eq!(bytes[..8], [b'i', b'c', b'n', b's', 0, 0, 0, 20]);
        assert_eq!(bytes[8..16], [b'i', b'c', b'0', b'7', 0, 0, 0, 12]);
    }
}

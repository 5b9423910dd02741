//! Icon containers of Windows and macOS.

/// An image file, PNG unless said otherwise, and its side in pixels.
pub(crate) struct Picture {
    pub(crate) side: u32,
    pub(crate) image: Vec<u8>,
}

/// A picture as the older entries of an `.ico` hold it: a bitmap without file header, rows from the bottom, blue first,
/// followed by a mask of one bit a pixel that the alpha channel makes needless. Windows' resource compiler takes PNG
/// only for 256 pixels.
///
/// `rgba` holds the rows from the top, four bytes a pixel.
pub(crate) fn bitmap(side: u32, rgba: &[u8]) -> Picture {
    const HEADER: u32 = 40;
    let mut bytes = HEADER.to_le_bytes().to_vec();
    bytes.extend(side.to_le_bytes());
    bytes.extend((side * 2).to_le_bytes());
    bytes.extend([1, 0, 32, 0]);
    bytes.resize(HEADER as usize, 0);
    let row = side as usize * 4;
    for line in rgba.chunks(row).rev() {
        for pixel in line.chunks(4) {
            bytes.extend([pixel[2], pixel[1], pixel[0], pixel[3]]);
        }
    }
    let mask_row = side.div_ceil(32) as usize * 4;
    bytes.resize(bytes.len() + mask_row * side as usize, 0);
    Picture { side, image: bytes }
}

/// The `.ico` of the pictures, each at most 256 pixels a side: [`bitmap`]s, and PNG for 256.
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
        bytes.extend(length(picture.image.len()).to_le_bytes());
        bytes.extend(length(offset).to_le_bytes());
        offset += picture.image.len();
    }
    for picture in pictures {
        bytes.extend(&picture.image);
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
            body.extend(length(picture.image.len() + 8).to_be_bytes());
            body.extend(&picture.image);
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
                image: vec![1, 2, 3],
            },
            Picture {
                side: 256,
                image: vec![4, 5],
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
                image: vec![9; 4],
            },
            Picture {
                side: 48,
                image: vec![9],
            },
        ]);
        assert_eq!(bytes[..8], [b'i', b'c', b'n', b's', 0, 0, 0, 20]);
        assert_eq!(bytes[8..16], [b'i', b'c', b'0', b'7', 0, 0, 0, 12]);
    }

    #[test]
    fn a_bitmap_is_upside_down_and_masked() {
        let rgba = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16];
        let bytes = bitmap(2, &rgba).image;
        assert_eq!(
            bytes[40..56],
            [11, 10, 9, 12, 15, 14, 13, 16, 3, 2, 1, 4, 7, 6, 5, 8]
        );
        assert_eq!(bytes.len(), 40 + 16 + 2 * 4);
        assert_eq!(bytes[8], 4, "the height counts picture and mask");
    }
}

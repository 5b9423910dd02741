//! `cargo xtask icons`: every icon file from the one drawing.

use crate::containers::{Picture, icns, ico};
use crate::tools::{self, Done, Failure, program};
use std::path::Path;

/// Below this side the small drawing is used: fewer strokes, on whole pixels.
const SMALL: u32 = 48;

pub(crate) fn icons() -> Done {
    crate::setup::install(&["librsvg2-bin"])?;
    let folder = tools::top().join("icons");
    for side in [32, 128, 256, 512] {
        tools::write(
            &folder.join(format!("{side}x{side}.png")),
            &picture(&folder, side)?.png,
        )?;
    }
    tools::write(
        &folder.join("icon.ico"),
        &ico(&pictures(&folder, &[16, 20, 24, 32, 40, 48, 64, 256])?),
    )?;
    tools::write(
        &folder.join("icon.icns"),
        &icns(&pictures(&folder, &[16, 32, 64, 128, 256, 512, 1024])?),
    )?;
    println!("icons/ is made again from icon.svg and icon-small.svg");
    Ok(())
}

fn pictures(folder: &Path, sides: &[u32]) -> Result<Vec<Picture>, Failure> {
    sides.iter().map(|side| picture(folder, *side)).collect()
}

fn picture(folder: &Path, side: u32) -> Result<Picture, Failure> {
    let drawing = folder.join(if side < SMALL {
        "icon-small.svg"
    } else {
        "icon.svg"
    });
    let pixels = side.to_string();
    let out = program("rsvg-convert", &["--width", &pixels, "--height", &pixels])
        .arg(&drawing)
        .output()
        .map_err(|e| Failure::new(format!("cannot start rsvg-convert: {e}")))?;
    if out.status.success() && out.stdout.starts_with(b"\x89PNG") {
        Ok(Picture {
            side,
            png: out.stdout,
        })
    } else {
        Err(Failure::new(format!(
            "rsvg-convert could not draw {}",
            drawing.display()
        )))
    }
}

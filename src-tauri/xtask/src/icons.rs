//! `cargo xtask icons`: every icon file from the one drawing.

use crate::containers::{Picture, icns, ico};
use crate::tools::{self, Done, Failure, program};
use std::path::Path;

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
    println!("icons/ is made again from icon.svg, icon-32.svg and icon-16.svg");
    Ok(())
}

fn pictures(folder: &Path, sides: &[u32]) -> Result<Vec<Picture>, Failure> {
    sides.iter().map(|side| picture(folder, *side)).collect()
}

fn picture(folder: &Path, side: u32) -> Result<Picture, Failure> {
    let drawing = folder.join(drawing(side));
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

/// Fine lines turn to mud when they are drawn small, so small sides have drawings with fewer of them.
fn drawing(side: u32) -> &'static str {
    match side {
        ..=16 => "icon-16.svg",
        17..48 => "icon-32.svg",
        _ => "icon.svg",
    }
}

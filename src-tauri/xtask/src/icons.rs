//! `cargo xtask icons`: every icon file from the one drawing.

use crate::containers::{Picture, bitmap, icns, ico};
use crate::tools::{self, Done, Failure, program};
use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

pub(crate) fn icons() -> Done {
    crate::setup::install(&["librsvg2-bin", "netpbm"])?;
    let folder = tools::top().join("icons");
    for side in [32, 128, 256, 512] {
        tools::write(
            &folder.join(format!("{side}x{side}.png")),
            &picture(&folder, side)?.image,
        )?;
    }
    tools::write(&folder.join("icon.ico"), &ico(&windows(&folder)?))?;
    tools::write(
        &folder.join("icon.icns"),
        &icns(&pictures(&folder, &[16, 32, 64, 128, 256, 512, 1024])?),
    )?;
    println!("icons/ is made again from icon.svg, icon-32.svg and icon-16.svg");
    Ok(())
}

/// The pictures of the `.ico`.
fn windows(folder: &Path) -> Result<Vec<Picture>, Failure> {
    let mut all = Vec::new();
    for side in [16, 20, 24, 32, 40, 48, 64] {
        // PAM: a text header that ends with ENDHDR, then the pixels, four bytes each.
        let pam = convert(program("pngtopam", &["-alphapam"]), &picture(folder, side)?.image)?;
        let start = pam
            .windows(7)
            .position(|part| part == b"ENDHDR\n")
            .map(|at| at + 7);
        let pixels = start
            .and_then(|at| pam.get(at..))
            .filter(|pixels| pixels.len() == (side * side * 4) as usize);
        let pixels = pixels.ok_or_else(|| Failure::new("pngtopam did not give four bytes a pixel"))?;
        all.push(bitmap(side, pixels));
    }
    all.push(picture(folder, 256)?);
    Ok(all)
}

/// What the program makes of `input`.
fn convert(mut command: Command, input: &[u8]) -> Result<Vec<u8>, Failure> {
    let broken = |e: std::io::Error| Failure::new(format!("pngtopam: {e}"));
    let mut child = command
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .map_err(broken)?;
    // Dropping the handle closes the pipe. An icon fits in the pipe's buffer, so writing first cannot block.
    child
        .stdin
        .take()
        .map_or(Ok(()), |mut pipe| pipe.write_all(input))
        .map_err(broken)?;
    Ok(child.wait_with_output().map_err(broken)?.stdout)
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
            image: out.stdout,
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

//! `cargo xtask dist`: the installers, with the licences and the bill of materials of what is in them.

use crate::tools::{self, Done, Failure, cargo, program};
use crate::{setup, web};
use std::path::{Path, PathBuf};

/// The bundles that can be made on this system without fetching anything.
const BUNDLES: &str = if cfg!(windows) {
    "nsis"
} else if cfg!(target_os = "macos") {
    "dmg"
} else {
    "deb,rpm"
};

/// Of a package's parts: the texts of all licences, and a bill of materials in `CycloneDX`.
const PARTS: [&str; 2] = ["third-party-licences.txt", "sbom.cdx.json"];

pub(crate) fn dist(arguments: &[String]) -> Done {
    let release = match arguments {
        [] => true,
        [only] if only == "--debug" => false,
        _ => {
            return Err(Failure::usage(
                "`cargo xtask dist` takes --debug and nothing else",
            ));
        }
    };
    setup::packages(setup::For::Build)?;
    web::install()?;
    web::build()?;
    let programs = [
        "build",
        "--locked",
        "--workspace",
        "--bin",
        "xiaxiangzhi",
        "--bin",
        "xxz",
    ];
    let mut build = cargo(&programs);
    if release {
        build.arg("--release");
    }
    tools::run(&mut build)?;
    let folder = bundle(release)?;
    println!("\nInstallers and their papers lie in {}", folder.display());
    Ok(())
}

/// Bundles the programs that are built already, and gives the folder of installers, licences, bill of materials and
/// checksums. It starts empty, so that no installer of another version is taken for one of this.
pub(crate) fn bundle(release: bool) -> Result<PathBuf, Failure> {
    let (window, command_line) = (
        tools::built("xiaxiangzhi", release)?,
        tools::built("xxz", release)?,
    );
    let profile = window
        .parent()
        .ok_or_else(|| Failure::new("the programs lie nowhere"))?;
    let made = profile.join("bundle");
    let folder = profile.join("dist");
    for old in [&made, &folder] {
        empty(old)?;
    }
    let parts = ["vite", "build", "--config", "parts.config.ts", "--outDir"];
    tools::run(web::npm(&["exec", "--offline", "--"]).args(parts).arg(&folder))?;
    let configuration = more_files(&command_line, &folder);
    let tauri = tools::ui().join("node_modules/@tauri-apps/cli/tauri.js");
    let mut command = program("node", &[]);
    command
        .arg(tauri)
        .args(["bundle", "--bundles", BUNDLES, "--config", &configuration]);
    if !release {
        command.arg("--debug");
    }
    tools::run(&mut command)?;
    gather(&made, &folder)?;
    Ok(folder)
}

/// What a Linux package holds besides the window: the command line, and what is said of the parts.
fn more_files(command_line: &Path, folder: &Path) -> String {
    let files = |documents: &str| {
        let parts = PARTS.map(|name| (format!("{documents}/{name}"), folder.join(name)));
        let all = [("/usr/bin/xxz".to_owned(), command_line.to_owned())]
            .into_iter()
            .chain(parts);
        let pairs: Vec<String> = all
            .map(|(place, from)| format!("{}:{}", text(&place), text(&from.to_string_lossy())))
            .collect();
        format!("{{\"files\":{{{}}}}}", pairs.join(","))
    };
    format!(
        "{{\"bundle\":{{\"linux\":{{\"deb\":{},\"rpm\":{}}}}}}}",
        files("/usr/share/doc/xiaxiangzhi"),
        files("/usr/share/licenses/xiaxiangzhi")
    )
}

/// A JSON string. A path has no control characters that anybody would type.
fn text(plain: &str) -> String {
    format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
}

fn empty(folder: &Path) -> Done {
    match std::fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Failure::new(format!(
            "cannot empty {}: {error}",
            folder.display()
        ))),
        _ => Ok(()),
    }
}

/// Copies the installers beside their papers, and writes their checksums.
fn gather(made: &Path, folder: &Path) -> Done {
    let listed = |place: &Path| {
        std::fs::read_dir(place)
            .map(|entries| entries.flatten().map(|entry| entry.path()).collect::<Vec<_>>())
            .map_err(|error| Failure::new(format!("cannot list {}: {error}", place.display())))
    };
    let mut installers = Vec::new();
    for kind in BUNDLES.split(',') {
        installers.extend(listed(&made.join(kind))?.into_iter().filter(|path| {
            path.is_file()
                && path
                    .extension()
                    .is_some_and(|ending| ending == if kind == "nsis" { "exe" } else { kind })
        }));
    }
    if installers.len() != BUNDLES.split(',').count() {
        return Err(Failure::new(format!(
            "{} installers were made, not one for each of {BUNDLES}",
            installers.len()
        )));
    }
    for installer in &installers {
        let name = installer.file_name().unwrap_or_default();
        std::fs::copy(installer, folder.join(name))
            .map_err(|error| Failure::new(format!("cannot copy {}: {error}", installer.display())))?;
    }
    let names: Vec<_> = installers.iter().filter_map(|path| path.file_name()).collect();
    // Git brings the former to Windows; macOS has the latter.
    let mut summing = if cfg!(target_os = "macos") {
        program("shasum", &["-a", "256"])
    } else {
        program("sha256sum", &[])
    };
    let sums = tools::output(summing.args(&names).current_dir(folder))?;
    tools::write(&folder.join("SHA256SUMS"), sums.as_bytes())?;
    for name in names {
        let size = std::fs::metadata(folder.join(name)).map_or(0, |about| about.len());
        println!("{size:>12} bytes  {}", name.to_string_lossy());
    }
    Ok(())
}

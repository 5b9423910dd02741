//! What a bare machine lacks. On Debian and its relatives the packages are installed; elsewhere they are named.

use crate::tools::{self, Done, Failure, program};
use std::process::Stdio;

/// Needed to compile the application and open it: the web view's headers, a C compiler for the bundled SQLite, and the
/// loader of the SVG icons in the system's file dialogs, which the others only recommend.
const BUILD: &[&str] = &[
    "build-essential",
    "pkg-config",
    "libwebkit2gtk-4.1-dev",
    "librsvg2-common",
];

/// Needed by the quick tests besides [`BUILD`]: programs with which files are checked from outside.
const QUICK_TEST: &[&str] = &[
    "poppler-utils",
    "python3",
    "python3-docx",
    "python3-openpyxl",
    "qpdf",
    "sqlite3",
    "strace",
    "unzip",
];

/// Needed by the other tests: a driver and a display for the real window, a browser for the user interface, an office to
/// open our spreadsheets with, and Chinese fonts for all three.
const TEST: &[&str] = &[
    "webkit2gtk-driver",
    "xvfb",
    "xauth",
    "xdotool",
    "fonts-noto-cjk",
    "chromium",
    "libreoffice-writer",
    "libreoffice-calc",
];

/// Needed to install our own package and open a file through the system: what every desktop has, and a reader of the other
/// kind of package.
pub(crate) const PACKAGE_TEST: &[&str] = &[
    "desktop-file-utils",
    "libglib2.0-bin",
    "rpm",
    "shared-mime-info",
    "xdg-utils",
];

/// What a chore is about to do.
#[derive(Clone, Copy)]
pub(crate) enum For {
    /// Compile and open the application.
    Build,
    /// Run the tests of `--quick`.
    QuickTest,
    /// Run every test.
    Test,
}

/// Installs or names the system packages that are missing; says nothing when all are there.
pub(crate) fn packages(purpose: For) -> Done {
    if !cfg!(target_os = "linux") {
        return Ok(());
    }
    let groups: &[&[&str]] = match purpose {
        For::Build => &[BUILD],
        For::QuickTest => &[BUILD, QUICK_TEST],
        For::Test => &[BUILD, QUICK_TEST, TEST],
    };
    install(&groups.concat())
}

/// Installs or names those of the given Debian packages that are missing.
pub(crate) fn install(wanted: &[&str]) -> Done {
    if !tools::on_path("dpkg-query") {
        println!(
            "This is not a Debian system: please make sure that what these hold is there: {}",
            wanted.join(" ")
        );
        return Ok(());
    }
    let missing: Vec<&str> = wanted.iter().copied().filter(|name| !installed(name)).collect();
    if missing.is_empty() {
        return Ok(());
    }
    let prefix: &[&str] = match (is_root()?, tools::in_ci() && tools::on_path("sudo")) {
        (true, _) => &[],
        (false, true) => &["sudo", "-n"],
        (false, false) => {
            return Err(Failure::usage(format!(
                "{} system packages are missing. Run this once, then the same command again:\n\n  \
                 sudo apt-get update && sudo apt-get install -y --no-install-recommends {}\n",
                missing.len(),
                missing.join(" ")
            )));
        }
    };
    println!("Installing {}", missing.join(" "));
    apt(prefix, &["update", "-q"])?;
    let mut arguments = vec!["install", "-y", "-q", "--no-install-recommends"];
    arguments.extend(missing);
    apt(prefix, &arguments)
}

/// All set-up of `cargo xtask test`, without the tests.
pub(crate) fn everything() -> Done {
    packages(For::Test)?;
    crate::web::install()?;
    crate::web::build()
}

fn installed(package: &str) -> bool {
    program(
        "dpkg-query",
        &["--show", "--showformat=${db:Status-Status}", package],
    )
    .stderr(Stdio::null())
    .output()
    .is_ok_and(|out| out.status.success() && out.stdout.starts_with(b"installed"))
}

pub(crate) fn is_root() -> Result<bool, Failure> {
    Ok(tools::output(&mut program("id", &["-u"]))?.trim() == "0")
}

fn apt(prefix: &[&str], arguments: &[&str]) -> Done {
    // `env` carries the setting through sudo, which clears the environment.
    let mut words = prefix.to_vec();
    words.extend_from_slice(&["env", "DEBIAN_FRONTEND=noninteractive", "apt-get"]);
    words.extend_from_slice(arguments);
    tools::run(&mut program(words[0], &words[1..]))
}

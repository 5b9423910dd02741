//! `cargo xtask test`: all that a change must pass, cheap steps first.

use crate::steps::Steps;
use crate::tools::{self, Done, Failure, cargo};
use crate::{dependencies, dist, setup, web};
use std::process::Command;

/// The tests that drive the real window; they need a display, so they run by themselves.
const WINDOW_TESTS: &str = "desktop";

/// The tests that install our own package on this system, and take it off again.
const PACKAGE_TESTS: &str = "package";

/// The tests that look at PDF files with the programs of poppler and qpdf, which only Debian installs by itself.
const PAPER_TESTS: &str = "forms";

/// Rust tests with this word in their path start LibreOffice; `--quick` leaves them out.
const OFFICE_TESTS: &str = "libreoffice";

pub(crate) fn test(arguments: &[String]) -> Done {
    let quick = match arguments {
        [] => false,
        [only] if only == "--quick" => true,
        _ => {
            return Err(Failure::usage(
                "`cargo xtask test` takes --quick and nothing else",
            ));
        }
    };
    setup::packages(if quick {
        setup::For::QuickTest
    } else {
        setup::For::Test
    })?;
    let mut areas = areas()?;

    let mut steps = Steps::default();
    let can_look = tools::on_path("pdftotext") && tools::on_path("qpdf");
    if !can_look && !cfg!(target_os = "linux") {
        areas.retain(|name| name != PAPER_TESTS);
        steps.left_out("tests of papers", "poppler and qpdf are not installed");
    }
    steps.step("Rust format", || {
        tools::run(&mut cargo(&["fmt", "--all", "--check"]))
    });
    steps.needed("UI packages", web::install);
    steps.step("licences and origins", dependencies::check);
    steps.step("UI types", || tools::run(&mut web::npm(&["run", "check"])));
    steps.step("UI lint", || tools::run(&mut web::npm(&["run", "lint"])));
    if web::has_script("test") {
        steps.step("UI unit tests", || tools::run(&mut web::npm(&["run", "test"])));
    }
    steps.needed("UI build", web::build);
    steps.step("Rust lints", || {
        tools::run(&mut cargo(&[
            "clippy",
            "--workspace",
            "--all-targets",
            "--quiet",
            "--",
            "-D",
            "warnings",
        ]))
    });
    steps.needed("Rust build", || {
        tools::run(&mut rust_tests(&areas, &["--no-run", "--quiet"]))
    });
    steps.step("Rust tests", || {
        let skip: &[&str] = if quick {
            &["--", "--skip", OFFICE_TESTS]
        } else {
            &[]
        };
        tools::run(rust_tests(&areas, &["--no-fail-fast"]).args(skip))
    });
    if quick {
        steps.left_out("browser tests", "--quick");
        steps.left_out("window tests", "--quick");
        steps.left_out("package test", "--quick");
    } else {
        steps.step("documentation examples", || {
            tools::run(&mut cargo(&["test", "--workspace", "--doc", "--quiet"]))
        });
        steps.step("browser tests", || tools::run(&mut web::npm(&["run", "test:ui"])));
        if cfg!(target_os = "linux") {
            steps.step("window tests", || tools::run(&mut with_display(WINDOW_TESTS)));
        } else {
            steps.left_out(
                "window tests",
                "only Linux has a driver for its web view that needs no extra program",
            );
        }
        if installs_here()? {
            steps.step("package test", || {
                setup::install(setup::PACKAGE_TEST)?;
                tools::run(&mut cargo(&["build", "--workspace", "--bins", "--quiet"]))?;
                let folder = dist::bundle(false)?;
                tools::run(with_display(PACKAGE_TESTS).env("XIAXIANGZHI_INSTALLERS", folder))
            });
        } else {
            steps.left_out(
                "package test",
                "it installs our package on the system: only as root, with CI=true, on Debian",
            );
        }
    }
    steps.finish()
}

/// The folders of `tests/` that are Rust tests without a window: each is a test target of the same name.
fn areas() -> Result<Vec<String>, Failure> {
    let folder = tools::top().join("tests");
    let entries = std::fs::read_dir(&folder).map_err(|e| Failure::new(format!("cannot list tests/: {e}")))?;
    let with_main = entries
        .flatten()
        .filter(|entry| entry.path().join("main.rs").is_file());
    let mut names: Vec<String> = with_main
        .filter_map(|entry| entry.file_name().into_string().ok())
        .collect();
    names.retain(|name| name != WINDOW_TESTS && name != PACKAGE_TESTS);
    names.sort();
    Ok(names)
}

/// `cargo test` over the workspace, targets chosen by name: choosing packages instead would unify features another way
/// and build everything twice.
fn rust_tests(areas: &[String], more: &[&str]) -> Command {
    let mut command = cargo(&["test", "--workspace", "--lib", "--bins"]);
    for area in areas {
        command.args(["--test", area]);
    }
    command.args(more);
    command
}

fn with_display(area: &str) -> Command {
    // One window at a time: they share the display's focus.
    let arguments = [
        "test",
        "--workspace",
        "--no-fail-fast",
        "--test",
        area,
        "--",
        "--test-threads=1",
    ];
    tools::under_display(cargo(&arguments))
}

/// Nobody's own computer gets a program installed by a test.
fn installs_here() -> Result<bool, Failure> {
    Ok(cfg!(target_os = "linux") && tools::on_path("dpkg") && tools::in_ci() && setup::is_root()?)
}

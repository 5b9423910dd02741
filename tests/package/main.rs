//! Our own package on a real system: installed, started, opened through its file association, taken off again. `cargo xtask
//! test` makes the packages and says where they lie; it runs this only where a package may be installed.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used)]

#[path = "../desktop/page.rs"]
#[allow(dead_code, reason = "the stories of the window need more of it")]
mod page;
#[path = "../desktop/session.rs"]
#[allow(dead_code, reason = "the stories of the window need more of it")]
mod session;

use session::{NOW, Session, Start, drive, eventually, quiet};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

const MIME: &str = "application/vnd.xiaxiangzhi.review-file";
const INSTALLED: &str = "/usr/bin/xiaxiangzhi";

/// The one installer of that kind.
fn installer(ending: &str) -> PathBuf {
    let folder = std::env::var_os("XIAXIANGZHI_INSTALLERS")
        .expect("`cargo xtask test` names the folder of the installers in XIAXIANGZHI_INSTALLERS");
    let mut found = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == ending));
    let one = found.next().unwrap();
    assert_eq!(found.next(), None);
    one
}

/// What a program prints; it must succeed.
fn said(command: &mut Command) -> String {
    let out = command.output().unwrap();
    assert!(
        out.status.success(),
        "{command:?}\n{}{}",
        String::from_utf8_lossy(&out.stdout),
        String::from_utf8_lossy(&out.stderr)
    );
    String::from_utf8(out.stdout).unwrap()
}

fn said_by(program: &str, arguments: &[&str]) -> String {
    said(Command::new(program).args(arguments))
}

/// An installed package, taken off again whatever becomes of the test.
struct Installed;

impl Installed {
    fn now() -> Self {
        said(Command::new("dpkg").arg("--install").arg(installer("deb")));
        Self
    }

    fn files() -> Vec<PathBuf> {
        said_by("dpkg", &["--listfiles", "xiaxiangzhi"])
            .lines()
            .map(PathBuf::from)
            .filter(|path| !path.is_dir())
            .collect()
    }
}

impl Drop for Installed {
    fn drop(&mut self) {
        let _ = Command::new("dpkg")
            .args(["--purge", "xiaxiangzhi"])
            .stdout(Stdio::null())
            .status();
    }
}

/// As on a desktop, where the system's own table of types decides and not the guess of `file`.
fn on_a_desktop(program: &str, home: &Path) -> Command {
    let mut command = quiet(program, home);
    command.env("XDG_CURRENT_DESKTOP", "GNOME");
    command
}

fn mime_type(home: &Path, file: &Path) -> String {
    let mut ask = on_a_desktop("xdg-mime", home);
    said(ask.args(["query", "filetype"]).arg(file)).trim().to_owned()
}

#[test]
fn the_package_installs_opens_files_and_leaves_nothing() {
    let top = tempfile::tempdir().unwrap();
    let (data, home) = (top.path().join("data"), top.path().join("home"));
    std::fs::create_dir_all(&home).unwrap();
    let sent = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/reviewfile/example.xxz");
    // Messengers rename what they carry; content decides.
    let names = ["李晓梅 (1).xxz", "李晓梅.xxz(1)", "file"];
    let files = names.map(|name| top.path().join(name));
    for file in &files {
        std::fs::copy(&sent, file).unwrap();
    }
    let plain_zip = top.path().join("plain.zip");
    std::fs::write(&plain_zip, b"PK\x05\x06\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0").unwrap();

    let installed = Installed::now();
    let listed = Installed::files();
    for path in [
        INSTALLED,
        "/usr/bin/xxz",
        "/usr/share/applications/xiaxiangzhi.desktop",
        "/usr/share/mime/packages/xiaxiangzhi.xml",
        "/usr/share/doc/xiaxiangzhi/copyright",
        "/usr/share/doc/xiaxiangzhi/third-party-licences.txt",
        "/usr/share/doc/xiaxiangzhi/sbom.cdx.json",
        "/usr/share/icons/hicolor/128x128/apps/xiaxiangzhi.png",
    ] {
        assert!(
            listed.iter().any(|it| it == Path::new(path)),
            "{path} is not in the package"
        );
    }
    let version = env!("CARGO_PKG_VERSION");
    assert_eq!(said_by("xxz", &["--version"]).trim(), format!("xxz {version}"));
    let about = said_by(
        "dpkg-query",
        &["--show", "--showformat=${Version} ${Depends}", "xiaxiangzhi"],
    );
    assert!(about.starts_with(version), "{about}");
    assert!(about.contains("libwebkit2gtk-4.1-0"), "{about}");
    said_by(
        "desktop-file-validate",
        &["/usr/share/applications/xiaxiangzhi.desktop"],
    );

    for file in &files {
        assert_eq!(mime_type(&home, file), MIME, "{}", file.display());
    }
    assert_eq!(mime_type(&home, &plain_zip), "application/zip");
    let default = said(on_a_desktop("xdg-mime", &home).args(["query", "default", MIME]));
    assert_eq!(default.trim(), "xiaxiangzhi.desktop");

    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[],
    };
    drive(async {
        let window = Session::open_program(&start, Path::new(INSTALLED)).await;
        window.page.says("我是下乡医师").await;
        window.page.press("先看一份示例").await;
        window.page.says("还要做的").await;
        // What a file manager does on a double click.
        let mut opening = on_a_desktop("xdg-open", &home)
            .arg(&files[0])
            .env("XIAXIANGZHI_DATA", &data)
            .env("XIAXIANGZHI_NOW", NOW)
            .spawn()
            .unwrap();
        window.page.says("文件真实，未被改动").await;
        let ended = eventually("the second start ends by itself", || opening.try_wait().unwrap());
        assert!(ended.success());
        window.close(&data).await;
    });

    drop(installed);
    let left: Vec<_> = listed.iter().filter(|path| path.exists()).collect();
    assert_eq!(left, Vec::<&PathBuf>::new());
    let known = Command::new("dpkg-query")
        .args(["--show", "xiaxiangzhi"])
        .stderr(Stdio::null())
        .output()
        .unwrap();
    assert!(
        !known.status.success(),
        "{}",
        String::from_utf8_lossy(&known.stdout)
    );
    assert_ne!(mime_type(&home, &files[2]), MIME);
    // What a person wrote stays.
    assert!(xiaxiangzhi_store::Store::open(&data).is_ok_and(|store| !store.logs().is_empty()));
}

#[test]
fn the_rpm_holds_the_same_files() {
    let rpm = installer("rpm");
    let listed = said(
        Command::new("rpm")
            .args(["--query", "--package", "--list"])
            .arg(&rpm),
    );
    for path in [
        INSTALLED,
        "/usr/bin/xxz",
        "/usr/share/applications/xiaxiangzhi.desktop",
        "/usr/share/mime/packages/xiaxiangzhi.xml",
        "/usr/share/licenses/xiaxiangzhi/third-party-licences.txt",
        "/usr/share/licenses/xiaxiangzhi/sbom.cdx.json",
    ] {
        assert!(
            listed.lines().any(|line| line == path),
            "{path} is not in the package:\n{listed}"
        );
    }
    let about = said(
        Command::new("rpm")
            .args([
                "--query",
                "--package",
                "--queryformat",
                "%{NAME} %{VERSION} %{LICENSE}",
            ])
            .arg(&rpm),
    );
    assert_eq!(
        about,
        format!("xiaxiangzhi {} MIT OR Apache-2.0", env!("CARGO_PKG_VERSION"))
    );
    let needs = said(
        Command::new("rpm")
            .args(["--query", "--package", "--requires"])
            .arg(&rpm),
    );
    assert!(needs.contains("webkit2gtk4.1"), "{needs}");
}

//! One run of the window, from its start to its close, by the web view's own driver.

use crate::page::Page;
use fantoccini::ClientBuilder;
use fantoccini::key::Key;
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, json};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Thursday, 2026-03-19, 17:32:08 in China: day 74 of the first quarter's posting.
pub(crate) const NOW: &str = "2026-03-19T09:32:08Z";

/// The longest anything may take on a busy machine.
pub(crate) const PATIENCE: Duration = Duration::from_mins(1);

/// The program under test.
pub(crate) const PROGRAM: &str = env!("CARGO_BIN_EXE_xiaxiangzhi");

/// How the window is started.
pub(crate) struct Start<'a> {
    pub(crate) data: &'a Path,
    pub(crate) home: &'a Path,
    pub(crate) now: &'a str,
    pub(crate) arguments: &'a [&'a str],
}

/// A window that is open.
pub(crate) struct Session {
    pub(crate) page: Page,
    driver: Driver,
}

struct Driver {
    child: Child,
    log: PathBuf,
}

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A command in surroundings of its own: no bus, no settings of whoever runs the tests.
pub(crate) fn quiet(program: &str, home: &Path) -> Command {
    let mut command = Command::new(program);
    command
        .env("HOME", home)
        .env("XDG_DATA_HOME", home.join("share"))
        .env("XDG_CONFIG_HOME", home.join("config"))
        .env("XDG_CACHE_HOME", home.join("cache"))
        .env("LANG", "C.UTF-8")
        .env("GTK_IM_MODULE", "gtk-im-context-simple")
        .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
        .env_remove("XIAXIANGZHI_DATA")
        .env_remove("XIAXIANGZHI_NOW");
    command
}

/// What is special about the place a window is opened in.
#[derive(Default)]
pub(crate) struct Surroundings<'a> {
    /// A program with arguments that runs the rest, such as one that mounts a small disk first.
    pub(crate) wrapped: &'a [&'a str],
    /// More environment.
    pub(crate) environment: &'a [(&'a str, &'a str)],
}

impl Session {
    pub(crate) async fn open(start: &Start<'_>) -> Self {
        Self::start(start, Path::new(PROGRAM), &Surroundings::default()).await
    }

    /// As [`Session::open`], by another program that starts ours, such as a watcher.
    pub(crate) async fn open_program(start: &Start<'_>, program: &Path) -> Self {
        Self::start(start, program, &Surroundings::default()).await
    }

    /// As [`Session::open`], in a place of its own.
    pub(crate) async fn open_in(start: &Start<'_>, around: &Surroundings<'_>) -> Self {
        Self::start(start, Path::new(PROGRAM), around).await
    }

    async fn start(start: &Start<'_>, program: &Path, around: &Surroundings<'_>) -> Self {
        let port = free_port();
        std::fs::create_dir_all(start.home).unwrap();
        let log = start.home.join("driver.log");
        let output = std::fs::File::create(&log).unwrap();
        let mut words = around.wrapped.iter().copied().chain(["WebKitWebDriver"]);
        let child = quiet(words.next().unwrap_or_default(), start.home)
            .args(words)
            .envs(around.environment.iter().copied())
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("XIAXIANGZHI_DATA", start.data)
            .env("XIAXIANGZHI_NOW", start.now)
            .stdout(output.try_clone().unwrap())
            .stderr(output)
            .stdin(Stdio::null())
            .spawn()
            .expect("WebKitWebDriver is missing: `cargo xtask test` installs it");
        let driver = Driver { child, log };
        eventually("the driver listens", || {
            TcpStream::connect(("127.0.0.1", port)).ok()
        });
        let mut capabilities = Map::new();
        capabilities.insert("browserName".to_owned(), json!("wry"));
        capabilities.insert(
            "webkitgtk:browserOptions".to_owned(),
            json!({"binary": program, "args": start.arguments}),
        );
        let client = ClientBuilder::new(HttpConnector::new())
            .capabilities(capabilities)
            .connect(&format!("http://127.0.0.1:{port}"))
            .await
            .unwrap_or_else(|error| panic!("{error}\n{}", driver.said()));
        Self {
            page: Page::new(client),
            driver,
        }
    }

    /// Closes the window by its key, and waits until the records are let go and backed up.
    pub(crate) async fn close(self, data: &Path) {
        // What has the keyboard may just be being redrawn.
        self.page.settled().await;
        self.page.press_keys(&format!("{}w", Key::Control)).await;
        eventually("the records are let go", || is_free(data).then_some(()));
        drop(self.driver);
    }

    /// Waits until the window closed by itself.
    pub(crate) async fn ends(self) {
        self.page.is_gone().await;
        drop(self.driver);
    }
}

impl Driver {
    fn said(&self) -> String {
        std::fs::read_to_string(&self.log).unwrap_or_default()
    }
}

/// Nobody holds the records open.
fn is_free(data: &Path) -> bool {
    xiaxiangzhi_store::Store::open(data).is_ok()
}

fn free_port() -> u16 {
    TcpListener::bind(("127.0.0.1", 0))
        .unwrap()
        .local_addr()
        .unwrap()
        .port()
}

/// Asks until there is an answer.
pub(crate) fn eventually<T>(what: &str, mut ask: impl FnMut() -> Option<T>) -> T {
    let start = Instant::now();
    loop {
        if let Some(answer) = ask() {
            return answer;
        }
        assert!(start.elapsed() < PATIENCE, "waited in vain: {what}");
        std::thread::park_timeout(Duration::from_millis(50));
    }
}

/// Drives one story; all waiting is for conditions.
pub(crate) fn drive(story: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .unwrap()
        .block_on(story);
}

//! From the request to save until 已保存 is painted, in the real window by the web view's own driver.

use crate::measure::{Times, in_turn, once, shown};
use crate::storing::folder;
use crate::support::{change, day, posting_id, profile};
use crate::table::Row;
use chrono::{DateTime, Days, Utc};
use fantoccini::error::CmdError;
use fantoccini::key::Key;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Map, Value, json};
use std::net::{TcpListener, TcpStream};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};
use uuid::Uuid;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_store::Store;

const WHAT: &str = "from the request to save until 已保存 is painted, p95";
const SCRIPT: &str = "own scripting before the first screen is painted, waiting left out";
const FIRST: &str = "own script begun until its first screen is painted, waiting for the records included";
/// How many starts are measured.
const STARTS: usize = 5;
/// Longer than any answer on a machine that can be used at all.
const PATIENCE: Duration = Duration::from_secs(30);

pub(crate) fn rows(rounds: usize) -> Vec<Row> {
    let window = Path::new(env!("CARGO_BIN_EXE_xxz")).with_file_name("xiaxiangzhi");
    if !cfg!(target_os = "linux") || !window.exists() {
        return vec![Row::missing(WHAT, "needs Linux and the window built")];
    }
    let commits = commits(rounds);
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    match runtime.block_on(painted(&window, rounds)) {
        Ok(Painted { script, first, saved }) => {
            let later = saved.high() - commits.median();
            vec![
                Row::words(
                    WHAT,
                    shown(saved.high()),
                    format!("{} commit, median", shown(commits.median())),
                    format!("+{}", shown(later)),
                    "<= commit + 50 ms",
                    Some(later <= 0.050),
                ),
                Row::timed(SCRIPT, &script, "<= 50 ms", 0.050),
                Row::words(
                    FIRST,
                    shown(first.median()),
                    String::new(),
                    String::new(),
                    "for reading",
                    None,
                ),
            ]
        }
        Err(error) => vec![Row::missing(WHAT, &error.to_string())],
    }
}

/// The same save without a window.
fn commits(rounds: usize) -> Times {
    let folder = folder();
    let (store, today) = (begun(folder.path()), Utc::now());
    let mut visits = 0;
    let mut save = || {
        visits += 1;
        let changes = [change(
            id(visits),
            Entity::Day,
            &today.date_naive().to_string(),
            day("门诊", visits),
        )];
        once(|| {
            store.save(posting_id(), &changes, today).expect("a save");
        })
    };
    in_turn(rounds, &mut [&mut save]).remove(0)
}

fn id(n: u64) -> Uuid {
    Uuid::from_u128(0x0199_d000_0000_7000_8000_0000_0000_0000 | u128::from(n))
}

/// A posting that runs now.
fn begun(data: &Path) -> Store {
    let now: DateTime<Utc> = Utc::now();
    let (start, end) = (now.date_naive() - Days::new(30), now.date_naive() + Days::new(60));
    let mut value = profile();
    value["start"] = json!(start.to_string());
    value["end"] = json!(end.to_string());
    let store = Store::open(data).expect("a new database");
    let begin = change(id(0), Entity::Posting, "", value);
    store.create(posting_id(), now, &[begin]).expect("a new posting");
    store.set_setting("role", "\"physician\"").expect("a setting");
    store
}

/// What the page itself measured.
struct Painted {
    script: Times,
    first: Times,
    saved: Times,
}

/// The first screens after so many starts, and the saves.
async fn painted(window: &Path, rounds: usize) -> Result<Painted, Box<dyn std::error::Error>> {
    let mut script = Vec::new();
    let mut first = Vec::new();
    let mut saves = Vec::new();
    for start in 0..=STARTS {
        // The first start warms the disk's cache and is not counted.
        let rounds = if start == STARTS { rounds } else { 0 };
        let (own, shown, saved) = one_start(window, rounds).await?;
        if start > 0 {
            script.push(own);
            first.push(shown);
        }
        saves.extend(saved);
    }
    Ok(Painted {
        script: Times::new(script),
        first: Times::new(first),
        saved: Times::new(saves),
    })
}

/// One start of the window: its own scripting, the time until its first screen, and so many saves.
async fn one_start(window: &Path, rounds: usize) -> Result<(f64, f64, Vec<f64>), Box<dyn std::error::Error>> {
    let folder = folder();
    let data = folder.path().join("data");
    drop(begun(&data));
    let port = TcpListener::bind(("127.0.0.1", 0))?.local_addr()?.port();
    let driver = Driver(
        Command::new("WebKitWebDriver")
            .arg(format!("--port={port}"))
            .env("TAURI_WEBVIEW_AUTOMATION", "true")
            .env("XIAXIANGZHI_DATA", &data)
            .env("XDG_CONFIG_HOME", folder.path())
            .env("DBUS_SESSION_BUS_ADDRESS", "disabled:")
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()?,
    );
    let start = Instant::now();
    while TcpStream::connect(("127.0.0.1", port)).is_err() && start.elapsed() < PATIENCE {
        std::thread::sleep(Duration::from_millis(20));
    }
    let mut capabilities = Map::new();
    capabilities.insert("browserName".to_owned(), json!("wry"));
    capabilities.insert("webkitgtk:browserOptions".to_owned(), json!({"binary": window}));
    let client = ClientBuilder::new(HttpConnector::new())
        .capabilities(capabilities)
        .connect(&format!("http://127.0.0.1:{port}"))
        .await?;
    let first = measured(&client, "first screen").await?;
    let script = measured(&client, "own script").await?;
    let mut seconds = Vec::new();
    if rounds > 0 {
        // Much is done for the first time then.
        saved(&client, 9).await?;
    }
    for visits in 0..rounds {
        seconds.push(saved(&client, visits + 10).await?);
    }
    client.close().await?;
    drop(driver);
    Ok((script, first, seconds))
}

/// Enters a number of outpatients, and gives the seconds from the request to save until its answer was painted.
async fn saved(client: &Client, visits: usize) -> Result<f64, CmdError> {
    client
        .execute("performance.clearMeasures('saved')", Vec::new())
        .await?;
    let field = client
        .wait()
        .at_most(PATIENCE)
        .for_element(Locator::Id("tally-0"))
        .await?;
    field.clear().await?;
    field
        .send_keys(&format!("{visits}{}", char::from(Key::Enter)))
        .await?;
    measured(client, "saved").await
}

/// The seconds that the page itself measured under a name, once it did.
async fn measured(client: &Client, name: &str) -> Result<f64, CmdError> {
    let start = Instant::now();
    let asked = format!("return performance.getEntriesByName('{name}')[0]?.duration ?? null");
    loop {
        if let Value::Number(milliseconds) = client.execute(&asked, Vec::new()).await? {
            return Ok(milliseconds.as_f64().unwrap_or(f64::NAN) / 1000.0);
        }
        if start.elapsed() > PATIENCE {
            return Ok(PATIENCE.as_secs_f64());
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
}

/// Ends with the measuring.
struct Driver(Child);

impl Drop for Driver {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

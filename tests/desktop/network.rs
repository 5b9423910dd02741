//! No connection to any network, ever: the system calls of the program and of every process it starts are watched, the web
//! view's own network process included.
//!
//! Sockets within the computer, such as those to the display, are not its subject. What is: any socket of the internet
//! families. The driver that presses the keys needs some: the web view of a window that it started listens on the loopback
//! address at the port that the driver names, and its processes meet there. Those are allowed, one socket for each such call
//! and nothing to anywhere else; a window started by hand must have none.

use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::session::{NOW, PROGRAM, quiet};
use crate::{dialog, story};

const WATCHED: &str = "trace=socket,connect,bind,listen,sendto,sendmsg,sendmmsg,execve";

fn watch(trace: &Path) -> Vec<String> {
    let words = [
        "strace",
        "-f",
        "-qq",
        "--seccomp-bpf",
        "-s",
        "200",
        "-e",
        WATCHED,
        "-o",
    ];
    let mut words: Vec<_> = words.iter().map(|word| (*word).to_owned()).collect();
    words.push(trace.to_str().unwrap().to_owned());
    words
}

/// A program that starts another one under the watch. Each start writes a trace of its own, and where its driver is.
fn watcher(folder: &Path, program: &str) -> PathBuf {
    let script = folder.join("watched");
    let words = watch(&folder.join("trace")).join(" ");
    let driver = format!(
        "printf %s \"$WEBKIT_INSPECTOR_SERVER\" > {}/driver.$$",
        folder.display()
    );
    let lines = format!("#!/bin/sh\n{driver}\nexec {words}.$$ {program} \"$@\"\n");
    std::fs::write(&script, lines).unwrap();
    std::fs::set_permissions(&script, std::fs::Permissions::from_mode(0o755)).unwrap();
    script
}

/// One start under the watch.
struct Seen {
    /// Address and port of the driver, if there is one.
    driver: Option<(String, String)>,
    /// The calls of all its processes.
    calls: Vec<String>,
}

impl Seen {
    fn all(folder: &Path) -> Vec<Self> {
        let names = std::fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap());
        let traces: Vec<_> = names.filter(|name| name.starts_with("trace")).collect();
        let text = |name: String| {
            String::from_utf8_lossy(&std::fs::read(folder.join(name)).unwrap_or_default()).into_owned()
        };
        traces
            .into_iter()
            .map(|name| Self {
                driver: text(name.replace("trace", "driver"))
                    .rsplit_once(':')
                    .map(|(address, port)| (address.to_owned(), port.to_owned())),
                calls: text(name).lines().map(str::to_owned).collect(),
            })
            .collect()
    }

    /// The calls that have to do with the internet families.
    fn of_the_network(&self) -> Vec<&str> {
        let of_it = |call: &&String| {
            ["AF_INET", "AF_INET6", "AF_PACKET"]
                .iter()
                .any(|family| call.contains(family))
        };
        self.calls.iter().filter(of_it).map(String::as_str).collect()
    }

    /// Those of them that are more than the way to the driver: a socket for each call that names its port, and no other.
    fn beyond_the_driver(&self) -> Vec<&str> {
        let network = self.of_the_network();
        let to_the_driver = |call: &str| {
            self.driver.as_ref().is_some_and(|(address, port)| {
                address == "127.0.0.1"
                    && (call.contains(" connect(") || call.contains(" bind("))
                    && call.contains(&format!(
                        "{{sa_family=AF_INET, sin_port=htons({port}), sin_addr=inet_addr(\"{address}\")}}"
                    ))
            })
        };
        let mut sockets = network.iter().filter(|call| to_the_driver(call)).count();
        let mut beyond = Vec::new();
        for call in network {
            if call.contains(" socket(AF_INET, SOCK_STREAM") && sockets > 0 {
                sockets -= 1;
            } else if !to_the_driver(call) {
                beyond.push(call);
            }
        }
        beyond
    }

    /// How many processes became this program.
    fn started(&self, name: &str) -> usize {
        let is_it =
            |call: &&String| call.contains("execve(") && call.contains(name) && !call.contains("= -1");
        self.calls.iter().filter(is_it).count()
    }
}

#[test]
fn the_whole_story_is_told_without_a_network() {
    let folder = tempfile::tempdir().unwrap();
    story::tell(&watcher(folder.path(), PROGRAM));
    let windows = Seen::all(folder.path());
    assert_eq!(windows.len(), 4, "the story opens four windows");
    for seen in &windows {
        // The watch reached every process.
        for process in [PROGRAM, "WebKitNetworkProcess", "WebKitWebProcess"] {
            assert!(seen.started(process) > 0, "{process}");
        }
        assert!(seen.calls.iter().any(|call| call.contains("AF_UNIX")));
        assert!(seen.driver.is_some());
        assert_eq!(seen.beyond_the_driver(), Vec::<&str>::new());
    }
}

#[test]
fn a_window_started_by_hand_has_not_one_socket_of_the_network() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("data");
    let home = folder.path().join("home");
    std::fs::create_dir_all(&home).unwrap();
    let words = watch(&folder.path().join("trace"));
    let mut window = quiet(&words[0], &home)
        .args(&words[1..])
        .arg(PROGRAM)
        .env("XIAXIANGZHI_DATA", &data)
        .env("XIAXIANGZHI_NOW", NOW)
        .spawn()
        .expect("strace is missing: `cargo xtask test` installs it");
    dialog::press_until("下乡志", "ctrl+w", || window.try_wait().unwrap());
    assert!(data.join("xiaxiangzhi.db").exists(), "the records were open");
    let seen = &Seen::all(folder.path())[0];
    assert!(seen.started("WebKitNetworkProcess") > 0);
    assert_eq!(seen.of_the_network(), Vec::<&str>::new());
}

/// The controls: what does try is caught, by the same watch.
#[test]
fn a_child_that_tries_is_caught() {
    let tries = "import socket, sys\ns = socket.socket(socket.AF_INET, getattr(socket, sys.argv[1]))\ns.setblocking(False)\n\
         try: s.connect(('127.0.0.1', 9)) if sys.argv[1] == 'SOCK_STREAM' else s.sendto(b'x', ('127.0.0.1', 9))\nexcept OSError: pass";
    for kind in ["SOCK_STREAM", "SOCK_DGRAM"] {
        let folder = tempfile::tempdir().unwrap();
        let script = folder.path().join("tries.py");
        std::fs::write(&script, tries).unwrap();
        let shell = watcher(folder.path(), "/bin/sh");
        // A grandchild, as the web view's processes are; and a driver elsewhere does not excuse it.
        let run = Command::new(shell)
            .env("WEBKIT_INSPECTOR_SERVER", "127.0.0.1:8")
            .args(["-c", &format!("python3 {} {kind}; true", script.display())])
            .status()
            .unwrap();
        assert!(run.success());
        let seen = &Seen::all(folder.path())[0];
        let caught = seen.beyond_the_driver();
        assert!(
            caught.iter().any(|call| call.contains("sin_port=htons(9)")),
            "{kind}: {caught:#?}"
        );
    }
}

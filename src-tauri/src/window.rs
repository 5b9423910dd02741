//! The one window: what it may load, how it reaches the commands, and how files get to it.

use crate::arguments::{Arguments, Wish};
use serde_json::Value;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::time::{Duration, Instant};
use tauri::ipc::{Invoke, InvokeBody};
use tauri::webview::{NewWindowResponse, PageLoadEvent};
use tauri::{
    AppHandle, DragDropEvent, Emitter as _, Manager as _, RunEvent, Url, WebviewUrl, WebviewWindow,
    WebviewWindowBuilder, WindowEvent,
};
use tauri_plugin_dialog::{DialogExt as _, FileDialogBuilder, FilePath};
use xiaxiangzhi::{App, Ask, Desk, NAMES, call};
use xiaxiangzhi_core::language::Language;

const LABEL: &str = "main";
/// The page hears this when a file was handed to the program while it runs.
const OPEN_FILE: &str = "open-file";
/// A page that never says it is ready is shown all the same, so that its trouble can be seen.
const PATIENCE: Duration = Duration::from_secs(4);
/// The page hears this when there is news of automatic backups.
const BACKUP: &str = "backup";
/// The first look for a backup, once the window had the records for itself for a moment: what an end without warning left
/// without one does not wait for long.
const BEFORE_FIRST_BACKUP: Duration = Duration::from_secs(10);
/// What pictures are called. Content decides: another name is taken in just so by drop.
const PICTURE_EXTENSIONS: &[&str] = &["jpg", "jpeg", "png", "webp", "JPG", "JPEG", "PNG", "WEBP"];
/// How often the records are looked at for a backup after that.
const BETWEEN_BACKUPS: Duration = Duration::from_mins(1);
/// How soon this window comes to the front when a second instance asks for it where there is no bus to ask by.
const BETWEEN_LOOKS: Duration = Duration::from_millis(500);

/// Opens the window and stays until it is closed.
pub(crate) fn run(app: &Arc<App>) -> tauri::Result<()> {
    let for_calls = Arc::clone(app);
    let for_events = Arc::clone(app);
    let for_second = Arc::clone(app);
    let language = app.language();
    let window = tauri::Builder::default()
        .plugin(
            tauri_plugin_single_instance::Builder::new()
                .callback(move |handle, words, folder| second_start(handle, &for_second, words, &folder))
                .dbus_id(bus_name(app))
                .build(),
        )
        .plugin(tauri_plugin_dialog::init())
        .invoke_handler(move |invoke| carry_out(&for_calls, invoke))
        .on_window_event(move |_, event| {
            if let WindowEvent::DragDrop(DragDropEvent::Drop { paths, .. }) = event {
                // The page hears of the drop by itself; this lets it open what was dropped.
                for path in paths {
                    for_events.offer(path.clone());
                }
            }
        })
        .setup(move |handle| {
            open(handle.handle(), language)?;
            Ok(())
        })
        .build(tauri::generate_context!())?;
    let (stop, stopped) = mpsc::channel::<()>();
    let for_quiet = Arc::clone(app);
    let handle = window.handle().clone();
    std::thread::spawn(move || {
        let (mut last, mut wait) = (Instant::now(), BEFORE_FIRST_BACKUP);
        while stopped.recv_timeout(BETWEEN_LOOKS) == Err(RecvTimeoutError::Timeout) {
            if let Some(file) = for_quiet.asked_to_show() {
                take(&handle, &for_quiet, file);
            }
            if last.elapsed() >= wait {
                if for_quiet.backup_if_due() {
                    // A page that is gone needs no news.
                    let _ = handle.emit_to(LABEL, BACKUP, ());
                }
                (last, wait) = (Instant::now(), BETWEEN_BACKUPS);
            }
        }
    });
    let app = Arc::clone(app);
    window.run(move |_, event| {
        if matches!(event, RunEvent::Exit) {
            let _ = stop.send(());
            app.leave();
        }
    });
    Ok(())
}

fn open(handle: &AppHandle, language: Language) -> tauri::Result<WebviewWindow> {
    // The page reads the catalogue of its language while it still asks how things stand.
    let hint = format!("window.firstLanguage = {}", serde_json::to_string(&language)?);
    WebviewWindowBuilder::new(handle, LABEL, WebviewUrl::App("index.html".into()))
        .title("下乡志")
        .inner_size(1280.0, 760.0)
        .min_inner_size(800.0, 560.0)
        .center()
        .visible(false)
        .initialization_script(hint)
        .on_navigation(is_our_page)
        .on_new_window(|_, _| NewWindowResponse::Deny)
        .on_page_load(|window, load| {
            if load.event() == PageLoadEvent::Finished {
                let handle = window.app_handle().clone();
                std::thread::spawn(move || {
                    std::thread::sleep(PATIENCE);
                    show(&handle);
                });
            }
        })
        .build()
}

/// The embedded page; Windows serves it under a name of its own.
fn is_our_page(url: &Url) -> bool {
    matches!(
        (url.scheme(), url.host_str()),
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost"))
    )
}

/// Every command the page may call comes through here. Tauri has compared it with the capability before.
fn carry_out(app: &Arc<App>, invoke: Invoke) -> bool {
    let name = invoke.message.command().to_owned();
    if !NAMES.contains(&name.as_str()) {
        return false;
    }
    let arguments = match invoke.message.payload() {
        InvokeBody::Json(arguments) => arguments.clone(),
        InvokeBody::Raw(_) => Value::Null,
    };
    let desk = WindowDesk {
        handle: invoke.message.webview_ref().app_handle().clone(),
    };
    let app = Arc::clone(app);
    // Dialogs and disks take their time; the window goes on meanwhile.
    tauri::async_runtime::spawn_blocking(move || match call(&app, &desk, &name, arguments) {
        Ok(answer) => invoke.resolver.resolve(answer),
        Err(refusal) => invoke.resolver.reject(refusal),
    });
    true
}

/// One name for each data directory: the records of two people in two folders can be open side by side.
fn bus_name(app: &App) -> String {
    let mut hasher = DefaultHasher::new();
    app.dir().hash(&mut hasher);
    format!("io.github.xiaxiangzhi.d{:016x}", hasher.finish())
}

/// The program was started again for the same records.
fn second_start(handle: &AppHandle, app: &App, words: Vec<String>, folder: &str) {
    let words = words.into_iter().skip(1).map(Into::into);
    let file = match Arguments::parse(words, &PathBuf::from(folder)) {
        Ok(Wish::Run(arguments)) => arguments.file,
        Ok(Wish::Say(_)) | Err(_) => None,
    };
    take(handle, app, file);
}

/// This window comes to the front and opens the file that a second start was given.
fn take(handle: &AppHandle, app: &App, file: Option<PathBuf>) {
    show(handle);
    if let Some(file) = file {
        app.offer(file.clone());
        // A page that does not listen yet finds the file waiting.
        let _ = handle.emit_to(LABEL, OPEN_FILE, file.to_string_lossy());
    }
}

/// A window that is gone cannot be shown, and needs not.
fn show(handle: &AppHandle) {
    if let Some(window) = handle.get_webview_window(LABEL) {
        let _ = window.unminimize();
        let _ = window.show();
        let _ = window.set_focus();
    }
}

/// The window with the system's dialogs.
struct WindowDesk {
    handle: AppHandle,
}

impl WindowDesk {
    fn dialog(&self, title: &str) -> FileDialogBuilder<tauri::Wry> {
        let mut dialog = self.handle.dialog().file().set_title(title);
        let paths = self.handle.path();
        // Where people look for papers, rather than in a list of what was open lately.
        if let Some(folder) = [paths.document_dir(), paths.home_dir()]
            .into_iter()
            .flatten()
            .find(|folder| folder.is_dir())
        {
            dialog = dialog.set_directory(folder);
        }
        match self.handle.get_webview_window(LABEL) {
            Some(window) => dialog.set_parent(&window),
            None => dialog,
        }
    }
}

impl Desk for WindowDesk {
    fn save_file(&self, ask: &Ask) -> Option<PathBuf> {
        self.dialog(&ask.title)
            .set_file_name(&ask.file_name)
            .add_filter(&ask.kind, &[ask.extension])
            .blocking_save_file()
            .and_then(path)
    }

    fn choose_folder(&self, title: &str) -> Option<PathBuf> {
        self.dialog(title).blocking_pick_folder().and_then(path)
    }

    fn open_file(&self, ask: &Ask) -> Option<PathBuf> {
        let extensions: Vec<&str> = ask.extension.split(',').collect();
        self.dialog(&ask.title)
            .add_filter(&ask.kind, &extensions)
            .blocking_pick_file()
            .and_then(path)
    }

    fn open_pictures(&self, ask: &Ask) -> Vec<PathBuf> {
        self.dialog(&ask.title)
            .add_filter(&ask.kind, PICTURE_EXTENSIONS)
            .blocking_pick_files()
            .into_iter()
            .flatten()
            .filter_map(path)
            .collect()
    }

    fn print(&self) -> bool {
        let window = self.handle.get_webview_window(LABEL);
        window.is_some_and(|window| window.print().is_ok())
    }

    fn show_window(&self) {
        if let Some(window) = self.handle.get_webview_window(LABEL)
            && !window.is_visible().unwrap_or(false)
        {
            show(&self.handle);
        }
    }

    fn quit(&self) {
        self.handle.exit(0);
    }
}

fn path(chosen: FilePath) -> Option<PathBuf> {
    chosen.into_path().ok()
}

//! A file that is dragged from another program onto the window.

use std::path::PathBuf;
use std::sync::mpsc::{Receiver, channel};

use gtk::gdk::{DragAction, ModifierType};
use gtk::prelude::*;

use crate::dialog::drag;
use crate::session::{NOW, PATIENCE, Session, Start, drive};

/// How wide and high the square is that files are dragged from, in pixels.
const SIDE: i32 = 60;

/// Shows a square in the corner of the display that gives this file to whoever it is dragged to; says when it stands there, and
/// again when it was given.
fn file_manager(file: PathBuf) -> (Receiver<()>, Receiver<()>) {
    let (shown, is_shown) = channel();
    let (given, is_given) = channel();
    std::thread::spawn(move || {
        gtk::init().expect("a display");
        let window = gtk::Window::new(gtk::WindowType::Popup);
        let square = gtk::EventBox::new();
        square.set_size_request(SIDE, SIDE);
        window.add(&square);
        let takes = [gtk::TargetEntry::new(
            "text/uri-list",
            gtk::TargetFlags::empty(),
            0,
        )];
        square.drag_source_set(ModifierType::BUTTON1_MASK, &takes, DragAction::COPY);
        let uri = gtk::glib::filename_to_uri(&file, None).expect("a whole path");
        square.connect_drag_data_get(move |_, _, data, _, _| {
            data.set_uris(&[uri.as_str()]);
        });
        square.connect_drag_end(move |_, _| {
            let _ = given.send(());
            gtk::main_quit();
        });
        square.connect_draw(move |_, _| {
            let _ = shown.send(());
            gtk::glib::Propagation::Proceed
        });
        window.move_(0, 0);
        window.show_all();
        gtk::main();
    });
    (is_shown, is_given)
}

#[test]
fn a_file_that_is_dropped_on_the_window_is_opened_in_it() {
    let top = tempfile::tempdir().unwrap();
    let data = top.path().join("data");
    let home = top.path().join("home");
    let start = Start {
        data: &data,
        home: &home,
        now: NOW,
        arguments: &[],
    };
    let sent =
        std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/reviewfile/example.xxz");
    let file = top.path().join("李晓梅 (1).xxz");
    std::fs::copy(sent, &file).unwrap();
    drive(async {
        let window = Session::open(&start).await;
        window.page.says("我是下乡医师").await;
        window.page.press("先看一份示例").await;
        window.page.says("还要做的").await;
        let (shown, given) = file_manager(file);
        shown.recv_timeout(PATIENCE).expect("a square to drag from");
        drag((SIDE / 2, SIDE / 2), (700, 400));
        given.recv_timeout(PATIENCE).expect("the file was given");
        window.page.says("文件真实，未被改动").await;
        window.close(&data).await;
    });
}

//! A window of the same web view with nothing in it: what `cargo xtask bench` measures start and memory against.

use tauri::webview::PageLoadEvent;
use tauri::{WebviewUrl, WebviewWindowBuilder};

fn main() -> tauri::Result<()> {
    let nowhere = WebviewUrl::External("about:blank".parse().map_err(tauri::Error::InvalidUrl)?);
    tauri::Builder::default()
        .setup(|app| {
            // Shown once the page is there, as the application's own window is.
            WebviewWindowBuilder::new(app, "main", nowhere)
                .visible(false)
                .inner_size(1280.0, 760.0)
                .on_page_load(|window, page| {
                    if page.event() == PageLoadEvent::Finished {
                        let _ = window.show();
                    }
                })
                .build()?;
            Ok(())
        })
        .run(tauri::generate_context!())
}

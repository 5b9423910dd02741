//! A window of the same web view with nothing in it: what `cargo xtask bench` measures start and memory against.

use tauri::http::Response;
use tauri::webview::PageLoadEvent;
use tauri::{Url, WebviewUrl, WebviewWindowBuilder};

const PAGE: &str = "<!doctype html><title>empty</title>";

fn main() -> tauri::Result<()> {
    let address = Url::parse("empty://localhost/").map_err(tauri::Error::InvalidUrl)?;
    tauri::Builder::default()
        .register_uri_scheme_protocol("empty", |_, _| {
            let mut response = Response::new(PAGE.as_bytes());
            let html = tauri::http::HeaderValue::from_static("text/html");
            response.headers_mut().insert("content-type", html);
            response
        })
        .setup(|app| {
            // Shown once the page is there, as the application's own window is.
            WebviewWindowBuilder::new(app, "main", WebviewUrl::CustomProtocol(address))
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

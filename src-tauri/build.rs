//! Hands Tauri the list of commands, so that it refuses every other, and says plainly when the page is not built yet.

#[macro_use]
#[path = "src/commands/list.rs"]
mod list;

macro_rules! names {
    ($($name:ident: $arguments:literal, $answer:literal;)+) => {
        const COMMANDS: &[&str] = &[$(stringify!($name)),+];
    };
}
with_commands!(names);

fn main() {
    let page = std::path::Path::new("../ui/dist/index.html");
    println!("cargo:rerun-if-changed=../ui/dist");
    if !page.is_file() {
        // Without a window the package is still wanted: by tests of the commands and by linters.
        println!(
            "cargo:warning=The page is not built, so the window would say so: run `npm ci && npm run build` in ui/, or `cargo xtask run`."
        );
        write_placeholder(page);
    }
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    if let Err(error) = tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest)) {
        println!("cargo:warning={error:#}");
        std::process::exit(1);
    }
}

/// A page that names the missing step. `ui/dist` is not under version control.
fn write_placeholder(page: &std::path::Path) {
    let html = "<!doctype html><meta charset=utf-8><title>下乡志</title>\
                <p>界面还没有构建。请运行 cargo xtask run。<p>The page is not built. Run cargo xtask run.";
    let written = page
        .parent()
        .map(std::fs::create_dir_all)
        .transpose()
        .and_then(|_| std::fs::write(page, html));
    if let Err(error) = written {
        println!("cargo:warning=cannot write {}: {error}", page.display());
        std::process::exit(1);
    }
}

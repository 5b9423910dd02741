//! The window of 下乡志. All it does lies in the library; here is what knows Tauri.

#![cfg_attr(all(windows, not(debug_assertions)), windows_subsystem = "windows")]

mod arguments;
mod window;

use arguments::{Arguments, Wish};
use std::process::ExitCode;
use std::sync::Arc;
use xiaxiangzhi::{App, Clock, Surroundings};
use xiaxiangzhi_store::Computer;

fn main() -> ExitCode {
    let here = std::env::current_dir().unwrap_or_default();
    let arguments = match Arguments::parse(std::env::args_os().skip(1), &here) {
        Ok(Wish::Run(arguments)) => arguments,
        Ok(Wish::Say(text)) => return say(&text, ExitCode::SUCCESS),
        Err(text) => return say(&text, ExitCode::from(2)),
    };
    let Some(dir) = arguments.data.or_else(arguments::data_from_environment) else {
        return say(
            "没有找到可以存放记录的文件夹，请用 --data 指定。\nNo folder for the records was found; name one with --data.",
            ExitCode::from(2),
        );
    };
    let app = App::start(Surroundings {
        dir,
        clock: Clock::from_environment(),
        config: arguments::config_folder(),
        usual: xiaxiangzhi_store::default_dir(),
        mounts: arguments::mounts(),
    });
    let app = Arc::new(app.on_computer(Computer::this()));
    if let Some(file) = arguments.file {
        app.offer(file);
    }
    if app.hand_over() {
        return ExitCode::SUCCESS;
    }
    match window::run(&app) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            app.leave();
            say(
                &format!("窗口打不开：{error}\nThe window cannot be opened: {error}"),
                ExitCode::FAILURE,
            )
        }
    }
}

#[expect(
    clippy::print_stderr,
    reason = "said before there is a window, or because there is none"
)]
fn say(text: &str, code: ExitCode) -> ExitCode {
    eprintln!("{text}");
    code
}

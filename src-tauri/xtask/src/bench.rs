//! `cargo xtask bench`: builds everything as it is shipped and prints the one table of figures.

use crate::tools::{self, Done, Failure, cargo};
use crate::{setup, web};

pub(crate) fn bench(arguments: &[String]) -> Done {
    let known = arguments.chunks(2).all(|pair| match pair {
        [flag, number] if flag == "--rounds" => number.parse::<u16>().is_ok_and(|n| n > 0),
        [flag, _] => flag == "--only",
        _ => false,
    });
    if !known {
        return Err(Failure::usage(
            "`cargo xtask bench` takes --rounds and a number of at least 1, and --only and a word of what is measured, \
             such as papers",
        ));
    }
    setup::packages(setup::For::Test)?;
    if cfg!(target_os = "linux") {
        setup::install(&["python3-docx", "python3-openpyxl", "python3-pandas"])?;
    }
    web::install()?;
    web::build()?;
    tools::run(&mut cargo(&[
        "build",
        "--release",
        "--workspace",
        "--bin",
        "xiaxiangzhi",
        "--bin",
        "xxz",
        "--example",
        "empty_window",
    ]))?;
    tools::run(&mut cargo(&[
        "bench",
        "--workspace",
        "--bench",
        "figures",
        "--no-run",
    ]))?;
    let mut measure = cargo(&["bench", "--quiet", "--workspace", "--bench", "figures", "--"]);
    measure.args(arguments);
    tools::run(&mut tools::under_display(measure))
}

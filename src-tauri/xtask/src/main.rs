//! `cargo xtask`: every chore of the project, from a bare machine with Rust and Node to a running application.
//!
//! Standard library only, so that it builds in a second and needs nothing that it is there to install.
#![allow(clippy::print_stdout, reason = "a chore talks to the person who started it")]

mod bench;
mod containers;
mod dependencies;
mod dist;
mod fonts;
mod icons;
mod pictures;
mod run;
mod setup;
mod steps;
mod test;
mod tools;
mod torture;
mod web;

use std::process::ExitCode;
use tools::Failure;

const HELP: &str = "\
cargo xtask CHORE: the project's chores. Each sets up what it needs first.

  run [FILE]         build the application and open it (with FILE: a .xxz review file to open in it).
                     Without a display it does the main job on the command line instead: a sample posting is made,
                     assessed, exported, packed and verified. FILE is then the folder to put the results in.
      --release      build it optimised, as it is shipped (takes 10 minutes or more the first time)
  test               everything a change must pass: format, lints, licences, Rust tests, browser and window tests
      --quick        leaves out browser, window and LibreOffice tests (under 3 minutes once built)
  bench              one table of what the program costs, beside its peers; needs an hour for the first optimised build
      --rounds N     samples of each side, 20 unless said
      --only WORD    what has this word in its name, such as papers
  torture            every harness of tests/trust at the amounts of a release, and the README's table of what was tried;
                     says first how long each took the last time (under an hour on two cores in all)
      --only NAME    one harness of them, and its line of the table
  pictures           every screen of the real window, light, dark, English and at twice the type, on one sheet in
                     target/pictures; and the pictures of the pages of help made again
      --screens      the sheet alone
      --help-pages   the pictures of help alone
  dist               the installers of this system (.deb and .rpm on Linux), the licences and the bill of materials of all parts,
                     and checksums, in target/release/dist
      --debug        of the debug build, in target/debug/dist: for trying a package
  setup              only install what `test` needs, and build the user interface
  fonts              make the bundled font subsets again from Debian's fonts-noto-cjk
  icons              make the PNG, ICO and ICNS again from icons/icon.svg
  help               this text

On Debian and Ubuntu, missing system packages are installed at once when you are root or when CI=true is set.
Otherwise the one command that installs them is printed and nothing else happens (exit code 2).
Exit code 1: a chore failed. Exit code 2: something has to be installed first, or the command line is wrong.
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (chore, rest) = arguments
        .split_first()
        .map_or(("help", &[][..]), |(c, r)| (c.as_str(), r));
    let done = match chore {
        "run" => run::run(rest),
        "test" => test::test(rest),
        "bench" => bench::bench(rest),
        "torture" => torture::torture(rest),
        "pictures" => pictures::pictures(rest),
        "dist" => dist::dist(rest),
        "setup" => no_arguments(chore, rest).and_then(|()| setup::everything()),
        "fonts" => no_arguments(chore, rest).and_then(|()| fonts::fonts()),
        "icons" => no_arguments(chore, rest).and_then(|()| icons::icons()),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(Failure::usage(format!("there is no chore `{other}`\n\n{HELP}"))),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(failure) => {
            eprintln!("xtask: {failure}");
            ExitCode::from(failure.code)
        }
    }
}

fn no_arguments(chore: &str, rest: &[String]) -> tools::Done {
    match rest.first() {
        None => Ok(()),
        Some(extra) => Err(Failure::usage(format!(
            "`cargo xtask {chore}` takes no `{extra}`"
        ))),
    }
}

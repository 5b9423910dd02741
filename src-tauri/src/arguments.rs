//! The command line of the window: where the records lie, and a file to open.

use std::ffi::OsString;
use std::path::{Path, PathBuf};

const HELP: &str = "\
下乡志：下乡医师的轮换记录与考核

用法：xiaxiangzhi [--data 文件夹] [审核文件.xxz]

  --data 文件夹   记录存放在这里（也可用环境变量 XIAXIANGZHI_DATA）
  --version       版本
  --help          这一页

Usage: xiaxiangzhi [--data DIR] [FILE.xxz]";

/// What was asked for.
pub(crate) enum Wish {
    /// The window.
    Run(Arguments),
    /// A few words instead.
    Say(String),
}

/// How to open the window.
#[derive(Default)]
pub(crate) struct Arguments {
    /// The data directory.
    pub(crate) data: Option<PathBuf>,
    /// A review file.
    pub(crate) file: Option<PathBuf>,
}

impl Arguments {
    /// Reads the arguments after the program's name; paths are relative to `here`.
    pub(crate) fn parse(words: impl IntoIterator<Item = OsString>, here: &Path) -> Result<Wish, String> {
        let mut arguments = Self::default();
        let mut words = words.into_iter();
        while let Some(word) = words.next() {
            match word.to_str() {
                Some("--help" | "-h") => return Ok(Wish::Say(HELP.to_owned())),
                Some("--version" | "-V") => {
                    return Ok(Wish::Say(format!("xiaxiangzhi {}", env!("CARGO_PKG_VERSION"))));
                }
                Some("--data") => {
                    let folder = words
                        .next()
                        .ok_or("--data 后面要写一个文件夹。\n--data needs a folder.")?;
                    arguments.data = Some(here.join(folder));
                }
                Some(option) if option.starts_with('-') => {
                    return Err(format!(
                        "没有 {option} 这个选项。\nThere is no option {option}.\n\n{HELP}"
                    ));
                }
                _ if arguments.file.is_some() => {
                    return Err(format!("一次只能打开一个文件。\nOne file at a time.\n\n{HELP}"));
                }
                _ => arguments.file = Some(here.join(word)),
            }
        }
        Ok(Wish::Run(arguments))
    }
}

/// The data directory where no argument names one.
pub(crate) fn data_from_environment() -> Option<PathBuf> {
    std::env::var_os("XIAXIANGZHI_DATA")
        .filter(|value| !value.is_empty())
        .map(|value| std::path::absolute(&value).unwrap_or_else(|_| PathBuf::from(value)))
        .or_else(xiaxiangzhi_store::default_dir)
}

/// Where the places of records are remembered, apart from the records.
pub(crate) fn config_folder() -> Option<PathBuf> {
    directories::ProjectDirs::from("", "", "xiaxiangzhi").map(|dirs| dirs.config_dir().to_owned())
}

/// What is mounted where. In debug builds a folder in `XIAXIANGZHI_MOUNTS` stands for the system: its `mountinfo`, and its
/// `sys` with the devices. Released programs have no such door.
pub(crate) fn mounts() -> xiaxiangzhi_store::Mounts {
    #[cfg(debug_assertions)]
    if let Some(folder) = std::env::var_os("XIAXIANGZHI_MOUNTS").map(PathBuf::from)
        && let Ok(table) = std::fs::read_to_string(folder.join("mountinfo"))
    {
        return xiaxiangzhi_store::Mounts::new(table, folder.join("sys"));
    }
    xiaxiangzhi_store::Mounts::of_system()
}

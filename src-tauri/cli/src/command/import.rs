//! The workbook's command.

use clap::{Arg, ArgAction, Command};

use super::db::data;
use super::{Words, option, positional};

pub(super) fn import(w: Words) -> Command {
    let flag = |name: &'static str, help: &'static str| {
        Arg::new(name)
            .long(name)
            .action(ArgAction::SetTrue)
            .help_heading(w.of("选项", "Options"))
            .help(help)
    };
    Command::new("import")
        .about(w.of(
            "把以前记的表格（.xlsx、.csv）导入应用里的一次派驻；先试看，不写",
            "Import a workbook kept before (.xlsx, .csv) into a posting of the application; a trial unless told otherwise",
        ))
        .override_usage("xxz import FILE --into ID [--mapping FILE] [--write [--skip-bad]] [--data DIR] [--json]")
        .args([
            positional("FILE", w)
                .required(true)
                .help(w.of("表格 .xlsx、.csv 或 -", "a workbook .xlsx, a .csv or -")),
            option("into", "ID", w)
                .required(true)
                .help(w.of("派驻的 UUID，见 xxz db list", "the posting's UUID, see xxz db list")),
            option("mapping", "FILE", w).help(w.of(
                "每张工作表怎样读（JSON，即 --json 答案里改过的 mappings）；省略为自动判断",
                "how each sheet is read (JSON: the mappings of the answer with --json, changed); guessed if left out",
            )),
            flag("write", w.of("写入；不写这个就只试看", "enter the records; left out, it is a trial")),
            flag(
                "skip-bad",
                w.of(
                    "有不能导入的行也写，只略过那些行",
                    "enter the rest where rows are bad; those rows are skipped",
                ),
            )
            .requires("write"),
            data(w),
        ])
        .after_help(w.of(
            "\n先列出不能导入的行，再列会新记、补上、已有的。与已有记录不同的不动。\n\
             写入是一步，可以撤销；同一份表格再导入一次不会重复。\n\
             退出码：0 完成；1 有不能导入的行，什么也没有写（除非 --skip-bad）；2 用法或输入有误。\n",
            "\nRows that are bad come first, then what is new, filled in or there already. What differs from a record is left alone.\n\
             Writing is one step that can be undone; the same workbook twice enters nothing twice.\n\
             Exit status: 0 done; 1 rows are bad and nothing was written (unless --skip-bad); 2 bad use or input.\n",
        ))
}

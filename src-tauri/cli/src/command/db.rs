//! The database's commands.

use clap::{Arg, ArgAction, Command};

use super::{Words, as_of, option, output, positional};

pub(super) fn db(w: Words) -> Command {
    let data = || data(w);
    Command::new("db")
        .about(w.of(
            "应用的数据库：列表、检查、备份、恢复、历史、导出、导入",
            "The application's database: list, check, back up, restore, history, export, import",
        ))
        .override_usage(w.of("xxz db 命令 [--data DIR]", "xxz db COMMAND [--data DIR]"))
        .subcommand_help_heading(w.of("命令", "Commands"))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .after_help(w.of(
            "\n应用打开着同一数据库时不能使用；会说明是哪个进程。\n",
            "\nNot while the application has the same database open; the process is named.\n",
        ))
        .subcommands([
            Command::new("list")
                .about(w.of("列出所有派驻", "List all postings"))
                .override_usage("xxz db list [--data DIR] [--json]")
                .arg(data()),
            Command::new("check")
                .about(w.of(
                    "检查结构和每条日志的散列链",
                    "Check the structure and every log against its hash chain",
                ))
                .override_usage("xxz db check [--data DIR] [--json]")
                .arg(data())
                .after_help(w.of(
                    "\n退出码：0 完好；1 有损坏。\n",
                    "\nExit status: 0 in order; 1 damaged.\n",
                )),
            Command::new("backup")
                .about(w.of("立即备份并核对", "Make a backup now and check it"))
                .override_usage("xxz db backup [--data DIR] [--json]")
                .arg(data()),
            Command::new("export")
                .about(w.of("把一次派驻导出为审核文件", "Export a posting as a review file"))
                .override_usage("xxz db export ID -o FILE [--as-of DATE] [--pictures] [--data DIR] [--json]")
                .args([
                    positional("ID", w)
                        .required(true)
                        .help(w.of("派驻的 UUID，见 db list", "the posting's UUID, see db list")),
                    output(w.of("写入的审核文件", "the review file to write"), w),
                    as_of(w),
                    Arg::new("pictures")
                        .long("pictures")
                        .action(ArgAction::SetTrue)
                        .help(w.of(
                            "连同图片；不写就一张也不带",
                            "with the pictures; left out, none of them is in it",
                        )),
                    data(),
                ]),
            Command::new("import")
                .about(w.of(
                    "导入审核文件；是已有派驻的延续则续接",
                    "Take in a review file; one that continues what is there is appended",
                ))
                .override_usage("xxz db import FILE.xxz [--data DIR] [--json]")
                .args([
                    positional("FILE", w)
                        .required(true)
                        .help(w.of("审核文件 .xxz 或 -", "a review file .xxz or -")),
                    data(),
                ])
                .after_help(w.of(
                    "\n改写了过去或换了密钥的文件会被拒绝，数据不变。\n",
                    "\nA file that rewrites the past or has another key is refused; nothing changes.\n",
                )),
            restore(w),
            moving(w),
        ])
        .subcommands(of_records(w))
}

pub(super) fn data(w: Words) -> Arg {
    option("data", "DIR", w).help(w.of(
        "数据文件夹；省略为应用自己的",
        "the data folder; if left out, the application's own",
    ))
}

fn restore(w: Words) -> Command {
    Command::new("restore")
        .about(w.of("列出备份；或从一份备份恢复", "List the backups; or restore one"))
        .override_usage("xxz db restore [--from FILE] [--preview] [--data DIR] [--json]")
        .args([
            option("from", "FILE", w).help(w.of("备份文件；省略则列出可选的", "the backup; left out: which there are")),
            Arg::new("preview")
                .long("preview")
                .action(ArgAction::SetTrue)
                .requires("from")
                .help_heading(w.of("选项", "Options"))
                .help(w.of("只看会改什么，不动手", "only say what would change")),
            data(w),
        ])
        .after_help(w.of(
            "\n数据库读得出时，恢复是一步可以撤销的改动，先做备份。读不出时，受损的文件改名留存，\n之后还读得出的条目补回，日志里记一笔。\n",
            "\nWhere the database can be read, restoring is a change that can be undone; a backup is made first.\nWhere it cannot, the damaged file is kept under a new name, what can still be read comes along, and\nthe log says so.\n",
        ))
}

fn moving(w: Words) -> Command {
    Command::new("move")
        .about(w.of(
            "把全部数据写成一个文件，搬到另一台电脑",
            "Write everything into one file for another computer",
        ))
        .override_usage("xxz db move -o FILE | --take-back [--data DIR] [--json]")
        .args([
            option("output", "FILE", w)
                .short('o')
                .required_unless_present("take-back")
                .help(w.of("写入的文件", "the file to write")),
            Arg::new("take-back")
                .long("take-back")
                .action(ArgAction::SetTrue)
                .conflicts_with("output")
                .help_heading(w.of("选项", "Options"))
                .help(w.of("不搬了，在这里接着写", "go on here after all")),
            data(w),
        ])
}

fn of_records(w: Words) -> [Command; 5] {
    let id = || {
        positional("ID", w)
            .required(true)
            .help(w.of("派驻的 UUID，见 db list", "the posting's UUID, see db list"))
    };
    let record = || {
        option("record", "KIND/KEY", w).required(true).help(w.of(
            "哪条记录，如 day/2026-03-02",
            "which record, such as day/2026-03-02",
        ))
    };
    [
        Command::new("history")
            .about(w.of("一条记录的每次改动", "Every value a record had"))
            .override_usage("xxz db history ID --record KIND/KEY [--data DIR] [--json]")
            .args([id(), record(), data(w)]),
        Command::new("bin")
            .about(w.of("回收站：删除了的记录", "The recycle bin: removed records"))
            .override_usage("xxz db bin ID [--data DIR] [--json]")
            .args([id(), data(w)]),
        Command::new("revert")
            .about(w.of(
                "把一条记录改回历史里的样子（可撤销）",
                "Set a record back to what it was (can be undone)",
            ))
            .override_usage("xxz db revert ID --record KIND/KEY --to N [--data DIR] [--json]")
            .args([
                id(),
                record(),
                option("to", "N", w)
                    .required(true)
                    .help(w.of("第几条，见 db history", "the number in db history")),
                data(w),
            ]),
        Command::new("erase")
            .about(w.of(
                "抹除一条记录的文字（不可撤销）",
                "Erase the texts of a record for good",
            ))
            .override_usage("xxz db erase ID --record KIND/KEY [--data DIR] [--json]")
            .args([id(), record(), data(w)]),
        Command::new("delete")
            .about(w.of(
                "删除整次派驻（先备份）",
                "Delete a whole posting (after a backup)",
            ))
            .override_usage("xxz db delete ID --confirm NAME [--data DIR] [--json]")
            .args([
                id(),
                option("confirm", "NAME", w)
                    .required(true)
                    .help(w.of("输入医师姓名以确认", "the physician's name, to confirm")),
                data(w),
            ]),
    ]
}

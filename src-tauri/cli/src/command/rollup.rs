//! The arguments of `xxz rollup`.

use clap::{ArgAction, Command};

use super::{Words, option, positional};

pub(super) fn rollup(w: Words) -> Command {
    Command::new("rollup")
        .about(w.of(
            "汇总许多份审核文件：一份一行，附发现和金额",
            "Roll up many review files: a line each, with findings and money",
        ))
        .override_usage("xxz rollup PATH... --to OUT.xlsx|.csv|.json|.jsonl [--json]")
        .args([
            positional("PATH", w)
                .required(true)
                .action(ArgAction::Append)
                .num_args(1..)
                .help(w.of("审核文件或文件夹（含子文件夹）", "review files or folders, folders within them too")),
            option("to", "OUT", w).required(true).help(w.of(
                "写入的文件：.xlsx 人员、发现、金额三张表；.csv 一行一份；.json 一个数组；.jsonl 一行一个",
                "the file to write: .xlsx people, findings, money; .csv a line a file; .json an array; .jsonl a line each",
            )),
        ])
        .after_help(w.of(
            "\n有问题的文件也占一行，写明原因，退出码仍是 0。每份记录只计最新的真实文件。文件只读不改。\n\
             .json、.jsonl 的格式见 xxz schema rollup；金额以分为单位。\n",
            "\nA file that is at fault is a line with its reason; exits 0 all the same. Of each log the newest genuine file counts.\n\
             Files are only read. The form of .json and .jsonl: xxz schema rollup. Money there is in fen.\n",
        ))
}

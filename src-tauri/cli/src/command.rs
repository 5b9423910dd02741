//! The commands and their arguments, each text in Chinese and English side by side so that neither can be forgotten.

mod db;
mod import;
mod rollup;

use clap::{Arg, ArgAction, Command};
use xiaxiangzhi_core::language::Language;

const TEMPLATE_ZH: &str = "{about-with-newline}\n用法：{usage}\n\n{all-args}{after-help}";
const TEMPLATE_EN: &str = "{about-with-newline}\nUsage: {usage}\n\n{all-args}{after-help}";

/// Chooses between the two languages.
#[derive(Clone, Copy)]
struct Words(Language);

impl Words {
    fn of(self, chinese: &'static str, english: &'static str) -> &'static str {
        self.0.pick(chinese, english)
    }
}

/// The whole command line in one language.
pub(crate) fn command(language: Language) -> Command {
    let w = Words(language);
    let root = Command::new("xxz")
        .version(env!("CARGO_PKG_VERSION"))
        .about(w.of(
            "下乡志命令行：考核派驻医师的下乡记录，导出考核表，打包和核验审核文件。",
            "Xiaxiangzhi on the command line: assess a posted physician's records, export forms, pack and verify review files.",
        ))
        .override_usage(w.of("xxz 命令 [参数]", "xxz COMMAND [ARGUMENTS]"))
        .subcommand_help_heading(w.of("命令", "Commands"))
        .after_help(w.of(
            "\nFILE 可以是记录 JSON、审核文件 .xxz 或 -（标准输入）；认内容，不认文件名。\n\
             --json 时标准输出只有一个 JSON 文档。错误写到标准错误：\n\
             {\"error\": {\"code\", \"message\", \"details\"}}；不带 --json 且在终端上时是一句话。\n\
             退出码：0 完成；1 回答是「否」（verify：不真实；db check：有损坏）；2 用法或输入有误。\n\
             语言：--lang zh|en，否则看 LC_ALL、LC_MESSAGES、LANG。\n",
            "\nFILE is a records JSON, a review file .xxz or - (standard input); content decides, not the name.\n\
             With --json, standard output holds one JSON document and nothing else. Errors go to standard\n\
             error as {\"error\": {\"code\", \"message\", \"details\"}}; without --json on a terminal, as a sentence.\n\
             Exit status: 0 done; 1 the answer is \"no\" (verify: not genuine; db check: damage); 2 bad use or input.\n\
             Language: --lang zh|en, else LC_ALL, LC_MESSAGES, LANG.\n",
        ))
        .subcommand_required(true)
        .disable_help_subcommand(true)
        .subcommands([
            assess(w), plan(w), days(w),
            export(w), pack(w),
            unpack(w),
            verify(w),
            rollup::rollup(w),
            calendar(w),
            schemes(w),
            schema(w),
            sample(w), import::import(w), db::db(w)]);
    finish(root, w)
}

fn assess(w: Words) -> Command {
    Command::new("assess")
        .about(w.of(
            "考核：判定、依据条款、日期、原因和算式",
            "Assess: verdict, clauses, dates, reasons and arithmetic",
        ))
        .override_usage("xxz assess FILE [--as-of DATE] [--scheme ID|FILE] [--json]")
        .args([
            file(w),
            as_of(w),
            scheme(w.of(
                "改用这个方案：内置方案的代号，或方案 JSON 文件",
                "judge by this scheme instead: the id of a built-in one, or a scheme JSON file",
            )),
        ])
        .after_help(w.of(
            "\n无论判定如何，退出码都是 0。\n",
            "\nExits 0 whatever the verdict.\n",
        ))
}

fn plan(w: Words) -> Command {
    Command::new("plan")
        .about(w.of(
            "计划：还差的授课、查房排在哪些日期；可写成手机日历",
            "Plan: the dates for what is still needed; also as a calendar file",
        ))
        .override_usage("xxz plan FILE [--as-of DATE] [--scheme ID|FILE] [-o OUT.ics] [--json]")
        .args([
            file(w),
            as_of(w),
            scheme(w.of(
                "改用这个方案：内置方案的代号，或方案 JSON 文件",
                "plan by this scheme instead: the id of a built-in one, or a scheme JSON file",
            )),
            output(w.of("写入的日历文件 .ics", "the calendar file to write"), w).required(false),
        ])
        .after_help(w.of(
            "\n日期取工作日，避开请假，间隔足够，不晚于最后期限。记录不改动。\n",
            "\nWorkdays, not on leave, gaps kept, in time. The records are not changed.\n",
        ))
}

fn days(w: Words) -> Command {
    Command::new("days")
        .about(w.of(
            "累计天数：同一个人几次派驻一共多少天",
            "Days in all: how long one physician was posted, over several postings",
        ))
        .override_usage("xxz days FILE... [--as-of DATE] [--json]")
        .args([file(w).num_args(1..).allow_hyphen_values(false), as_of(w)])
        .after_help(w.of(
            "\n算日历上的天数：结束的算满，还在派驻的算到这一天，重叠的日子只算一次。只是天数，不说明够不够晋升条件。\n",
            "\nCalendar days: ended postings whole, running ones up to the date, a day of two once. Nothing is said of a promotion.\n",
        ))
}

fn export(w: Words) -> Command {
    Command::new("export")
        .about(w.of("导出考核表等表格", "Export forms"))
        .override_usage("xxz export FILE --to DIR [--as-of DATE] [--forms sheet,attendance,…] [--formats pdf,docx,xlsx] [--month YYYY-MM] [--blank] [--layout table|pages] [--template DOCX] [--also FILE]... [--json]")
        .args([
            file(w),
            option("to", "DIR", w).required(true).help(w.of("写到这个文件夹", "the folder to write to")),
            as_of(w),
            option("forms", "FORMS", w).help(w.of(
                "sheet 任务考核表、attendance 月考勤表、appraisal 服务鉴定表、summary 下乡总结、daily 工作日志、lectures 讲座、rounds 查房、leave 请假单、activities 义诊与健康教育、diary 帮扶日记；records 为后六种；用逗号分开，省略为全部",
                "sheet, attendance, appraisal, summary, daily, lectures, rounds, leave, activities, diary, separated by commas; records: the last six; all if left out",
            )),
            option("formats", "FORMATS", w).help(w.of(
                "pdf、docx、xlsx，用逗号分开；省略为全部",
                "pdf, docx, xlsx, separated by commas; all if left out",
            )),
            option("month", "YYYY-MM", w).help(w.of(
                "月考勤表只出这个月，如 2026-03；省略为派驻期的每个月",
                "the attendance sheet of this month only, such as 2026-03; every month of the posting if left out",
            )),
            Arg::new("blank")
                .long("blank")
                .action(ArgAction::SetTrue)
                .help_heading(w.of("选项", "Options"))
                .help(w.of(
                    "月考勤表出空白的，供手写：有日历和姓名、单位，没有符号和合计",
                    "the attendance sheet blank, to be filled in by hand: with calendar and names, without marks and totals",
                )),
            option("layout", "table|pages", w).help(w.of(
                "讲座、查房、请假单、义诊与健康教育、帮扶日记：table 汇总一张表，pages 一条记录一页；省略时请假单一页一张，其余汇总",
                "lectures, rounds, leave, activities, diary: table, all in one; pages, a page for each record; if left out, pages for leave and a table for the others",
            )),
            option("also", "FILE", w).action(ArgAction::Append).help(w.of(
                "同一个人的另一次派驻，供服务鉴定表和单位表格写累计天数；可重复",
                "another posting of the same physician, for the days in all of the appraisal form and of the hospital's own; may be repeated",
            )),
            option("template", "DOCX", w).conflicts_with_all(["month", "blank", "layout"]).help(w.of(
                "用单位自己的 .docx 填写一种表格（--forms 只写一种）：如 {{physician.name}}；含 {{lectures.date}} 的表格行每次讲座一行",
                "fill a .docx of the hospital's own for one form (name it with --forms): {{physician.name}}; a table row with {{lectures.date}} comes once a lecture",
            )),
        ])
        .after_help(w.of(
            "\n文件名由姓名、受援单位、起止月份和表名组成。没有字体能印的字会点名，不会印成空白；DOCX、XLSX 用的是打开它的电脑的字体，少见的字写到标准错误提醒。\n没有记录可印的表、按方案不予出具的服务鉴定表不出，并说明原因。\n",
            "\nFiles are named by physician, unit, months and form. A character that no font can print is named, never left blank;
DOCX and XLSX use the fonts of whoever opens them, so uncommon characters are named on standard error.\nForms without a record to print, and a service appraisal form that the scheme withholds, are left out and said so.\n",
        ))
}

fn pack(w: Words) -> Command {
    Command::new("pack")
        .about(w.of("把记录 JSON 打包成审核文件 .xxz", "Pack a records JSON into a review file .xxz"))
        .override_usage("xxz pack FILE -o OUT.xxz [--as-of DATE] [--key FILE] [--attach PATH]... [--json]")
        .args([
            file(w),
            output(w.of("写入的审核文件", "the review file to write"), w),
            as_of(w),
            option("key", "FILE", w).help(w.of(
                "签名用的私钥文件（64 个十六进制数字）；没有则生成并存到这里；省略则只用一次",
                "the file of the private key that signs (64 hexadecimal digits); made if it is not there; if left out, a key for once",
            )),
            option("attach", "PATH", w).action(ArgAction::Append).help(w.of(
                "一并打包的附件，其 sha256 须写在某条活动的 attachments 里；可重复",
                "a file to send along, whose sha256 an activity names in its attachments; may be repeated",
            )),
        ])
        .after_help(w.of(
            "\n由记录打包的文件没有填写经过，核验时会说明。\n",
            "\nA file packed from records has no history; verify says so.\n",
        ))
}

fn unpack(w: Words) -> Command {
    Command::new("unpack")
        .about(w.of(
            "拆开审核文件：记录、清单、日志、附件",
            "Take a review file apart: records, manifest, log, attachments",
        ))
        .override_usage("xxz unpack FILE.xxz --to DIR [--json]")
        .args([
            positional("FILE", w)
                .required(true)
                .help(w.of("审核文件 .xxz 或 -", "a review file .xxz or -")),
            option("to", "DIR", w).required(true).help(w.of(
                "写到这个文件夹；已有同名文件则不写",
                "the folder to write to; nothing is written over",
            )),
        ])
}

fn verify(w: Words) -> Command {
    Command::new("verify")
        .about(w.of(
            "核验审核文件：签名、链、散列",
            "Verify a review file: signature, chain, hashes",
        ))
        .override_usage("xxz verify FILE.xxz [--against EARLIER.xxz] [--code CODE] [--json]")
        .args([
            positional("FILE", w)
                .required(true)
                .help(w.of("审核文件 .xxz 或 -", "a review file .xxz or -")),
            option("against", "EARLIER", w).help(w.of(
                "以前收到的同一份派驻的文件：还核验过去是否被改写",
                "an earlier file of the same posting: also whether the past was rewritten",
            )),
            option("code", "CODE", w).help(w.of(
                "纸上印的封存码：还核对它是不是这份文件、或它以前某一条的；空格、大小写和形似的字母不论",
                "the code printed on a form: also whether it is of this file or of an earlier state of its log; spaces, case and look-alike letters do not matter",
            )),
        ])
        .after_help(w.of(
            "\n退出码：0 真实（用了 --code 时，还要对得上）；1 否；2 用法有误或读不了文件。\n",
            "\nExit status: 0 genuine (and, with --code, the code is of it); 1 no; 2 bad use or unreadable file.\n",
        ))
}

fn calendar(w: Words) -> Command {
    Command::new("calendar")
        .about(w.of("一年的放假和调休安排，以及所依据的通知", "A year's holidays and make-up workdays, with the notices they come from"))
        .override_usage("xxz calendar YEAR [--json]\n      xxz calendar --notice FILE [--json]")
        .args([
            positional("YEAR", w).required_unless_present("notice").help(w.of(
                "2004 至 2100；2026 年以后尚未公布，按周末和 13 天法定节假日推算并注明",
                "2004 to 2100; years after 2026 are not published: weekends plus the 13 statutory days, marked provisional",
            )),
            option("notice", "FILE", w).conflicts_with("YEAR").help(w.of(
                "读国务院办公厅的放假通知（文字），逐日列出；- 表示标准输入",
                "read the State Council's holiday notice (text), day by day; - for standard input",
            )),
        ])
        .after_help(w.of(
            "\n--notice 加 --json 里的 calendar_overrides 可以放进记录 JSON，也可以在程序里打开。\n",
            "\nThe calendar_overrides of --notice with --json go into a records JSON, or are opened in the program.\n",
        ))
}

fn schemes(w: Words) -> Command {
    Command::new("schemes")
        .about(w.of("内置的考核方案；给出代号则显示全文", "The built-in schemes; with an id, one of them whole"))
        .override_usage("xxz schemes [ID] [--json]")
        .arg(positional("ID", w).help(w.of("方案代号，如 rotation_3m", "a scheme's id, such as rotation_3m")))
        .after_help(w.of(
            "\n--json 加代号打印的就是方案文件：存成文件、改数字，即可用于 --scheme。\n",
            "\nWith an id, --json prints the scheme file itself: save it, change the numbers, use it with --scheme.\n",
        ))
}

fn schema(w: Words) -> Command {
    Command::new("schema")
        .about(w.of(
            "打印文件格式的 JSON Schema",
            "Print the JSON Schema of a document",
        ))
        .override_usage("xxz schema records|scheme|assessment|calendar|rollup")
        .arg(
            positional("DOCUMENT", w)
                .required(true)
                .value_parser(["records", "scheme", "assessment", "calendar", "rollup"])
                .hide_possible_values(true)
                .help(w.of(
                    "records 记录，scheme 方案，assessment 考核结果，calendar 年历，rollup 汇总的一行",
                    "records, scheme, assessment (the answer of assess), calendar (the answer of calendar) or rollup (a line of rollup)",
                )),
        )
}

fn sample(w: Words) -> Command {
    Command::new("sample")
        .about(w.of(
            "生成一份可信的示例下乡记录（虚构的人和单位）",
            "Make a believable demo posting (invented people and places)",
        ))
        .override_usage("xxz sample [--seed N] [--scheme ID] -o FILE")
        .args([
            option("seed", "N", w).help(w.of(
                "同样的数字得到同样的记录；省略为 1",
                "the same number gives the same records; 1 if left out",
            )),
            scheme(w.of(
                "按这个方案生成；省略为 rotation_3m",
                "made for this scheme; rotation_3m if left out",
            )),
            output(
                w.of(
                    "写入的文件；- 表示标准输出",
                    "the file to write; - for standard output",
                ),
                w,
            ),
        ])
}

fn file(w: Words) -> Arg {
    positional("FILE", w).required(true).help(w.of(
        "记录 JSON、.xxz 或 -（标准输入）",
        "a records JSON, a .xxz or - (standard input)",
    ))
}

fn as_of(w: Words) -> Arg {
    option("as-of", "DATE", w).help(w.of(
        "考核截至的日期，如 2026-04-06；省略为中国的今天，最晚到结束次日",
        "the date of the assessment, such as 2026-04-06; if left out, today in China, at most the day after the end",
    ))
}

fn scheme(help: &'static str) -> Arg {
    Arg::new("scheme").long("scheme").value_name("ID|FILE").help(help)
}

fn output(help: &'static str, w: Words) -> Arg {
    option("output", "FILE", w).short('o').required(true).help(help)
}

fn positional(name: &'static str, w: Words) -> Arg {
    Arg::new(name)
        .value_name(name)
        .allow_hyphen_values(name == "FILE")
        .help_heading(w.of("参数", "Arguments"))
}

fn option(name: &'static str, value: &'static str, w: Words) -> Arg {
    Arg::new(name)
        .long(name)
        .value_name(value)
        .help_heading(w.of("选项", "Options"))
}

/// What every command has: `--json`, `--lang`, `--help`, and headings in the language.
fn finish(command: Command, w: Words) -> Command {
    let heading = w.of("选项", "Options");
    let version = command.get_version().is_some();
    let names: Vec<String> = command
        .get_subcommands()
        .map(|sub| sub.get_name().to_owned())
        .collect();
    let mut command = command
        .help_template(w.of(TEMPLATE_ZH, TEMPLATE_EN))
        .disable_help_flag(true)
        .disable_version_flag(true)
        .mut_args(move |arg| {
            if arg.get_help_heading().is_some() {
                arg
            } else {
                arg.help_heading(heading)
            }
        })
        .args([
            Arg::new("json")
                .long("json")
                .action(ArgAction::SetTrue)
                .help_heading(heading)
                .help(w.of("以 JSON 回答", "answer in JSON")),
            Arg::new("lang")
                .long("lang")
                .value_name("zh|en")
                .value_parser(["zh", "en"])
                .hide_possible_values(true)
                .help_heading(heading)
                .help(w.of("语言：zh 中文，en 英文", "language: zh Chinese, en English")),
            Arg::new("help")
                .short('h')
                .long("help")
                .action(ArgAction::Help)
                .help_heading(heading)
                .help(w.of("显示帮助", "show this help")),
        ]);
    if version {
        command = command.arg(
            Arg::new("version")
                .short('V')
                .long("version")
                .action(ArgAction::Version)
                .help_heading(heading)
                .help(w.of("显示版本", "show the version")),
        );
    }
    for name in names {
        command = command.mut_subcommand(name, |sub| finish(sub, w));
    }
    command
}

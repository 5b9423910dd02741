"""Reads the figures of exported papers with python-docx and openpyxl, and compares them with what `xxz assess --json` says.

Arguments: the folder of the papers, the assessment, the records. Prints one JSON document: how many figures of which paper
agreed in which format, what differs, and every cell that openpyxl read, for a third program to compare with.
"""

import datetime
import json
import re
import sys
from collections import Counter
from pathlib import Path

import openpyxl
from docx import Document
from docx.table import Table, _Cell

folder, assessment, records = Path(sys.argv[1]), *(json.loads(Path(name).read_text()) for name in sys.argv[2:4])
attendance, outcome = assessment["attendance"], assessment["consequences"]
tallies, posting = assessment["tallies"], records["posting"]
leaves = [leave for group in assessment["leave_groups"] for leave in group["leaves"]]
requirements = {"授课": "teaching", "查房": "rounds", "考勤": "attendance"}
requirements = {title: next(r for r in assessment["requirements"] if r["id"] == key) for title, key in requirements.items()}
excluded = Counter(half["reason"] for half in attendance["excluded"])
days = (datetime.date.fromisoformat(posting["end"]) - datetime.date.fromisoformat(posting["start"])).days + 1
# What the scheme lets the papers show, then what the records hold besides.
SHOWN = {
    "outpatient_visits": "门诊",
    "referrals_up": "上转",
    "ward_patients_seen": "查房诊视",
    "consultations": "会诊",
    "free_clinic_visits": "义诊",
    "health_education_audience": "健康教育听众",
    "leaflets": "发放宣传资料",
}
LABELS = SHOWN | {
    "health_records_created": "建立健康档案",
    "hypertension_found": "检出高血压",
    "referrals_down": "下转",
    "rescued_critical_patients": "抢救危重患者",
}
LEAVES = {"personal_leave": "事假", "sick_leave": "病假", "annual_leave": "年休假"}


def rate(part, whole):
    return f"{part * 1000 // whole // 10}.{part * 1000 // whole % 10}" if whole else None


def number(text):
    return int(text.replace(",", ""))


def fen(text):
    return round(float(text.replace(",", "")) * 100)


class Paper:
    """A paper as rows of texts, whichever program read it."""

    def __init__(self, rows, differ):
        self.rows = rows
        self.text = "\n".join("¦".join(row) for row in rows)
        self.differ = differ
        self.agreed = 0

    def same(self, what, said, wanted):
        if said == wanted:
            self.agreed += 1
        else:
            self.differ.append(f"{what}: {said!r} on paper, {wanted!r} in the assessment")

    def says(self, pattern, *wanted, least=1, read=number):
        """Every place where the pattern stands holds the wanted figures."""
        found = re.findall(pattern, self.text)
        if len(found) < least:
            self.differ.append(f"{pattern} is not on the paper")
        for one in found:
            one = (one,) if isinstance(one, str) else one
            for said, figure in zip(one, wanted, strict=True):
                self.same(pattern, read(said), figure)

    def row(self, *begins):
        """The first row that begins so."""
        for row in self.rows:
            if tuple(row[: len(begins)]) == begins:
                return row
        self.differ.append(f"no row {begins}")
        return [""] * 12

    def workload(self, text):
        """门诊1,345人次　上转14例: the tallies, in whatever order."""
        said = sorted(map(number, re.findall(r"(\d[\d,]*)\D", text + " ")))
        self.same("工作量", said, sorted(tallies[key] for key in SHOWN if key in tallies))

    def half_days(self, shares=1):
        self.says(r"应出勤([\d,]+)个半天", attendance["scheduled_half_days"])
        self.says(r"实出勤([\d,]+)个半天", attendance["attended_half_days"])
        share = rate(attendance["attended_half_days"], attendance["scheduled_half_days"])
        self.says(r"考勤率([\d.]+)%", share, least=shares, read=str)


def sheet(paper):
    a = attendance
    paper.says(r"共(\d+)天；应出勤(\d+)个半天", days, a["scheduled_half_days"])
    row = paper.row("考勤")
    paper.same("完成", row[2].split("\n")[0], f"{a['attended_half_days']}/{a['scheduled_half_days']}")
    paper.same("考勤率", row[2].split("\n")[1], rate(a["attended_half_days"], a["scheduled_half_days"]) + "%")
    paper.says(r"（(\d+)个半天）", a["needed_half_days"])
    present = a["attended_half_days"] - a["official_duty_half_days"] - a["compensatory_rest_half_days"]
    paper.says(r"按半天计：出勤(\d+)", present)
    paper.says(r"旷工(\d+)、未填(\d+)", a["absent_half_days"], a["unrecorded_half_days"])
    for pattern, figure in [
        (r"公差(\d+)", a["official_duty_half_days"]),
        (r"补休(\d+)", a["compensatory_rest_half_days"]),
        (r"擅自调回(\d+)(?=[、¦\n])", a["recalled_half_days"]),
        (r"无工作记录不计(\d+)", excluded["no_work_recorded"]),
        (r"补休无可抵不计(\d+)", excluded["no_rest_day_work"]),
        (r"尚余(\d+)", a["remaining_half_days"]),
    ]:
        paper.says(pattern, figure, least=1 if figure else 0)
    for title in ("授课", "查房"):
        duty, row = requirements[title], paper.row(title)
        paper.same(title, row[2], f"{len(duty['counted'])}次")
        paper.same(title, number(re.search(r"不少于(\d+)次", row[1])[1]), duty["minimum"])
        if duty["minimum_gap_days"]:
            paper.same(title, number(re.search(r"相隔不少于(\d+)天", row[1])[1]), duty["minimum_gap_days"])
            gaps = [number(gap) for gap in re.findall(r"隔(\d+)天）", row[3])]
            paper.same(title, gaps, [gap["days"] for gap in duty["gaps"]])
        said = re.search(r"不计入(\d+)次", row[3])
        paper.same(title, number(said[1]) if said else 0, len(duty["excluded"]))
    paper.workload(paper.row("工作量")[1])
    said = re.search(r"共(\d+)次(\d+)个半天", paper.row("请假")[1])
    half_days = sum(leave["half_days"] for leave in leaves)
    paper.same("请假", tuple(map(number, said.groups())) if said else (0, 0), (len(leaves), half_days))
    paper.says(r"未达标(\d+)项", len(assessment["failed"]), least=1 if assessment["failed"] else 0)
    if assessment["phase"] == "ended":
        paper.says(r"实发([\d,.]+)元", outcome["payable_fen"], read=fen)
    for pattern, figure in [
        (r"应发([\d,.]+)元", outcome["subsidy_fen"]),
        (r"扣减([\d,.]+)元", outcome["deducted_fen"]),
        (r"科室奖励([\d,.]+)元", outcome["department_reward_fen"]),
        (r"科室处罚([\d,.]+)元", outcome["department_fine_fen"]),
        (r"处罚个人([\d,.]+)元", outcome["recall_fine_physician_fen"]),
    ]:
        paper.says(pattern, figure, least=0, read=fen)


MONTH = {
    "应出勤": "scheduled_half_days",
    "实出勤": "attended_half_days",
    "其中公差": "official_duty_half_days",
    "其中补休": "compensatory_rest_half_days",
    "旷工": "absent_half_days",
    "未填": "unrecorded_half_days",
    "擅自调回": "recalled_half_days",
    "尚余": "remaining_half_days",
}


def half_days_of(label):
    """What the assessment says of a column of the attendance sheet, over the whole posting."""
    if label in MONTH:
        return attendance[MONTH[label]]
    if label in ("无记录不计", "补休不计"):
        return excluded["no_work_recorded" if label == "无记录不计" else "no_rest_day_work"]
    kinds = [kind for kind, name in LEAVES.items() if name == label]
    return sum(leave["half_days"] for leave in leaves if leave["kind"] in kinds) if kinds else None


def months(paper):
    paper.half_days()
    sums = Counter()
    for heads, figures in zip(paper.rows, paper.rows[1:]):
        if "应出勤" in heads and "考勤率" in heads:
            of = dict(zip(reversed(heads), reversed(figures)))
            share = of.pop("考勤率")
            paper.same("考勤率", share.rstrip("%"), rate(number(of["实出勤"]), number(of["应出勤"])) or "—")
            sums.update({label: number(of[label]) for label in heads if label in of and not label.startswith("合计")})
    for label, count in sums.items():
        paper.same(f"各月{label}", count, half_days_of(label))


def appraisal(paper):
    paper.half_days()
    paper.says(r"累计(\d+)天", days)
    paper.workload(paper.row("工作量")[1])
    paper.says(
        r"请假共(\d+)次(\d+)个半天", len(leaves), sum(leave["half_days"] for leave in leaves), least=bool(leaves)
    )


def summary(paper):
    # While a posting runs its share says nothing yet, and a leave to come is not told as one that was taken.
    paper.half_days(shares=int(assessment["phase"] == "ended"))
    own = {leave["id"]: leave for leave in records["leaves"]}
    taken = [leave for leave in leaves if own[leave["id"]]["from"] <= assessment["as_of"]]
    paper.says(r"共(\d+)天。派驻期", days)
    for pattern, key in [(r"门诊患者([\d,]+)人次", "outpatient_visits"), (r"上转患者([\d,]+)例", "referrals_up")]:
        paper.says(pattern, tallies.get(key), least=key in tallies)
    paper.says(r"派驻期间请假(\d+)次", len(taken), least=bool(taken))
    paper.says(r"发现问题(\d+)项", len(records.get("problems", [])), least=0)


def activities(title):
    def read(paper):
        rows = [row for row in paper.rows if len(row) == 9 and row[0].isdigit()]
        if title:
            duty = requirements[title]
            said = [row for row in rows if row[2].startswith(title) or row[2] == "教学查房"]
            paper.same(title, len(said), len(duty["counted"]) + len(duty["excluded"]))
            spoken = [f"{date.month}月{date.day}日" for date in map(datetime.date.fromisoformat, duty["counted"])]
            spoken += [f"{date.year}.{date.month}.{date.day}" for date in map(datetime.date.fromisoformat, duty["counted"])]
            paper.same(title, len({row[1] for row in said} & set(spoken)), len(duty["counted"]))
        dated = {row[0]: number(row[6]) for row in rows if row[6]}
        held = sum(one.get("participants") or 0 for one in records["activities"] if one["kind"] in KINDS[title])
        paper.same("人数", sum(dated.values()), held)
        spent = sum(one.get("minutes") or 0 for one in records["activities"] if one["kind"] in KINDS[title])
        paper.same("时长", sum(number(row[7].removesuffix("分钟")) for row in rows if row[7]), spent)

    return read


KINDS = {
    "授课": ("lecture", "training", "surgical_demonstration", "case_discussion", "mentoring"),
    "查房": ("ward_round", "teaching_round", "consultation"),
}
KINDS[None] = {one["kind"] for one in records.get("activities", [])} - set(KINDS["授课"]) - set(KINDS["查房"])


def daily(paper):
    """The counts of the days, and those of the activities with them, are the assessment's."""
    counts = "\n".join(row[-1] for row in paper.rows)
    for key, sum_ in tallies.items():
        said = sum(map(number, re.findall(rf"(?:^|、){LABELS[key]}([\d,]+)", counts, re.MULTILINE)))
        held = sum((one.get("tallies") or {}).get(key) or 0 for one in records["activities"])
        paper.same(LABELS[key], said + held, sum_)


def slips(paper):
    said = [number(half_days) for half_days in re.findall(r"（(\d+)个半天）", paper.text)]
    paper.same("时长", said, [leave["half_days"] for leave in leaves if leave["half_days"]])


def diary(paper):
    said = [row for row in paper.rows if len(row) > 3 and row[0].isdigit()]
    paper.same("行数", len(said), len(records["problems"]))


PAPERS = {
    "任务考核表": sheet,
    "月考勤表": months,
    "服务鉴定表": appraisal,
    "下乡总结": summary,
    "工作日志": daily,
    "讲座记录": activities("授课"),
    "查房记录": activities("查房"),
    "请假单": slips,
    "义诊与健康教育记录": activities(None),
    "帮扶日记": diary,
}


def data(kind, rows, differ):
    """The sheet 数据: each line is a figure of the assessment, and none is left over."""
    paper = Paper([], differ)
    listed = {}
    for group, label, value, *_ in rows:
        value = value.date().isoformat() if isinstance(value, datetime.datetime) else value
        listed.setdefault((group, label), []).append(value)
    a = attendance
    if kind == "任务考核表":
        known = {
            ("派驻", "开始日期"): [posting["start"]],
            ("派驻", "结束日期"): [posting["end"]],
            ("派驻", "考核日期"): [assessment["as_of"]],
            ("派驻", "阶段"): None,
            ("出勤", "其中出勤"): [
                a["attended_half_days"] - a["official_duty_half_days"] - a["compensatory_rest_half_days"]
            ],
            ("出勤", "无工作记录不计"): [excluded["no_work_recorded"]],
            ("出勤", "补休无可抵不计"): [excluded["no_rest_day_work"]],
            ("处理", "未达标"): [len(assessment["failed"])],
            ("处理", "补助应发"): [outcome["subsidy_fen"] / 100],
            ("处理", "扣减"): [outcome["deducted_fen"] / 100],
            ("处理", "实发"): [outcome["payable_fen"] / 100],
            ("处理", "科室奖励"): [outcome["department_reward_fen"] / 100],
            ("处理", "科室处罚"): [outcome["department_fine_fen"] / 100],
            ("处理", "擅自调回处罚（个人）"): [outcome["recall_fine_physician_fen"] / 100],
            ("处理", "擅自调回处罚（科室）"): [outcome["recall_fine_department_fen"] / 100],
            ("处理", "服务鉴定表"): None,
            ("处理", "重新下乡"): ["是" if outcome["repeat_posting"] else "否"],
        }
        for title, duty in requirements.items():
            counted = duty["counted"]
            known[title, "要求不少于"] = [duty["minimum"]]
            known[title, "相隔不少于"] = [duty["minimum_gap_days"]]
            known[title, "完成"] = [len(counted) if counted is not None else a["attended_half_days"]]
            known[title, "结论"] = None
            known[title, "计入"] = counted
            known[title, "不计入"] = [one["date"] for one in duty["excluded"] or []]
        for key, label in SHOWN.items():
            known["工作量", label] = [tallies.get(key)]
        own = {leave["id"]: leave for leave in records["leaves"]}
        for kind_, name in LEAVES.items():
            of = [leave for leave in leaves if leave["kind"] == kind_]
            known["请假", f"{name}从"] = [own[leave["id"]]["from"] for leave in of]
            known["请假", f"{name}到"] = [own[leave["id"]]["to"] for leave in of]
            known["请假", f"{name}时长"] = [leave["half_days"] for leave in of]
        for (group, label), values in listed.items():
            if (group, label) not in known and group == "出勤":
                known[group, label] = [half_days_of(label)]
            if (group, label) not in known:
                differ.append(f"{group} {label} is not known")
            elif known[group, label] is not None:
                paper.same(f"{group} {label}", values, known[group, label])
    else:
        sums = Counter()
        for (group, label), values in listed.items():
            if label == "考勤率":
                of = [listed[group, part][0] for part in ("实出勤", "应出勤")]
                paper.same(f"{group} {label}", values, [f"{rate(*of)}%" if of[1] else "—"])
            elif group == "派驻期合计":
                paper.same(f"{group} {label}", values, [half_days_of(label)])
            else:
                sums[label] += sum(values)
        for label, count in sums.items():
            paper.same(f"各月 {label}", count, half_days_of(label))
    return paper.agreed


def shown(cell):
    """A cell as a person reads it: a number with its unit."""
    if isinstance(cell.value, (int, float)):
        unit = "".join(re.findall(r'"([^"]*)"', cell.number_format))
        return f"{cell.value:,}{unit}"
    return str(cell.value)


def rows_of_document(path):
    document, rows = Document(path), []
    for child in document.element.body.iterchildren():
        if child.tag.endswith("}p"):
            rows.append(["".join(node.text or "" for node in child.iter() if node.tag.endswith("}t"))])
        elif child.tag.endswith("}tbl"):
            for row in Table(child, document).rows:
                # Each cell of the row once; those that continue one from above are empty.
                rows.append([_Cell(cell, document).text for cell in row._tr.tc_lst])
    return rows


def rows_of_sheet(worksheet):
    """The rows with an entry for each cell that begins in them, merged ones once."""
    covered = {cell for area in worksheet.merged_cells.ranges for cell in list(area.cells)[1:]}
    return [
        ["" if cell.value is None else shown(cell) for cell in row if (cell.row, cell.column) not in covered]
        for row in worksheet.iter_rows()
    ]


agreed, differ, cells = {}, [], {}
for path in sorted(folder.iterdir()):
    kind, kind_differs = path.stem.split("-")[-1].removesuffix("（草稿）"), []
    if path.suffix == ".docx":
        paper = Paper(rows_of_document(path), kind_differs)
        PAPERS[kind](paper)
        agreed.setdefault(kind, {})["docx"] = paper.agreed
    elif path.suffix == ".xlsx":
        book = openpyxl.load_workbook(path)
        paper = Paper(
            [row for name in book.sheetnames if name != "数据" for row in rows_of_sheet(book[name])], kind_differs
        )
        PAPERS[kind](paper)
        agreed.setdefault(kind, {})["xlsx"] = paper.agreed
        if "数据" in book.sheetnames:
            rows = list(book["数据"].iter_rows(min_row=2, values_only=True))
            agreed[kind]["data"] = data(kind, rows, kind_differs)
        cells[path.name] = [
            [
                worksheet.title,
                cell.row - 1,
                cell.column - 1,
                cell.value.date().isoformat() if isinstance(cell.value, datetime.datetime) else cell.value,
            ]
            for worksheet in book
            for row in worksheet.iter_rows()
            for cell in row
            if cell.value is not None
        ]
    differ += [f"{path.name}: {one}" for one in kind_differs]
print(json.dumps({"agreed": agreed, "differ": differ, "cells": cells}, ensure_ascii=False))

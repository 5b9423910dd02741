"""Rolls up workbooks with pandas and openpyxl, once for each line on standard input, and prints the seconds it took.

The workbooks hold the same days and activities as the review files they stand for; making them is not timed. What is worked out
is less than the program does: counts of half-days, lectures and rounds, and a workbook with a row for each.
"""

import io
import json
import os
import sys
import time

import openpyxl
import pandas


def workbook(records, path):
    book = openpyxl.Workbook()
    days = book.active
    days.title = "days"
    days.append(["date", "morning", "afternoon", "note", "visits"])
    for day in records["days"]:
        visits = (day.get("tallies") or {}).get("outpatient_visits")
        days.append([day["date"], day.get("morning"), day.get("afternoon"), day.get("note"), visits])
    activities = book.create_sheet("activities")
    activities.append(["date", "kind", "title"])
    for activity in records["activities"]:
        activities.append([activity["date"], activity["kind"], activity.get("title")])
    posting = book.create_sheet("posting")
    posting.append(["name", "department", "unit", "start", "end"])
    told = records["posting"]
    posting.append(
        [told["physician"]["name"], told["home_department"], told["recipient_unit"], told["start"], told["end"]]
    )
    book.save(path)


def line(path):
    sheets = pandas.read_excel(path, sheet_name=None, engine="openpyxl")
    days, activities, posting = sheets["days"], sheets["activities"], sheets["posting"].iloc[0]
    attended = int((days[["morning", "afternoon"]] == "present").sum().sum())
    lectures = activities[activities["kind"] == "lecture"]["date"].nunique()
    rounds = activities[activities["kind"].str.endswith("round")]["date"].nunique()
    return [*posting, attended, lectures, rounds, float(days["visits"].sum())]


def main():
    folder, *records = sys.argv[1:]
    paths = []
    for path in records:
        with open(path, encoding="utf-8") as file:
            target = os.path.join(folder, os.path.basename(path) + ".xlsx")
            workbook(json.load(file), target)
            paths.append(target)
    print("ready", flush=True)
    for _ in sys.stdin:
        start = time.perf_counter()
        table = pandas.DataFrame([line(path) for path in paths])
        table.to_excel(io.BytesIO(), index=False, engine="openpyxl")
        print(time.perf_counter() - start, flush=True)


main()

"""What can be undone and what was entered late, by src-tauri/core/FORMAT.md 1.5 alone: `python3 steps.py FILE.xxz`."""
import json, sys
from datetime import date, datetime, timedelta

from reader import ENTITIES, entries_of, lines

DATED = {"calendar_override": "date", "day": "date", "activity": "date", "problem": "date", "leave": "from"}

def day_of(entity, key, value):
    field = DATED.get(entity)
    return key if field and ENTITIES[entity][0] == field else value.get(field) if field else None

class Steps:
    def __init__(self, events):
        self.records, self.order, self.undo, self.redo, self.last = {}, [], [], [], None
        for event in events:
            if event.get("set"): self.take(event)
            if event.get("created"): self.created = event["id"]

    def take(self, event):
        slot, batch = (event["set"], event.get("key") or ""), event.get("batch")
        if slot not in self.order: self.order.append(slot)
        before = self.records.get(slot)
        after = None
        if event["value"] is not None:
            day = day_of(*slot, event["value"])
            same = before and before["day"] == day
            after = {"value": event["value"], "texts": event.get("texts", {}), "first": before["first"] if before else event["at"],
                     "last": event["at"], "dated": before["dated"] if same else event["at"], "day": day}
        for word, source, target, side in (("undoes", self.undo, self.redo, "before"), ("redoes", self.redo, self.undo, "after")):
            step = event.get(word)
            if step is None: continue
            going_on = batch is not None and self.last == (word, step, batch)
            if not going_on and (not source or source[-1]["id"] != step): break
            if not going_on:
                target.append(source.pop())
                self.last = word, step, batch
            former = target[-1]["touched"].get(slot, {}).get(side)
            if former and after and (former["value"], former["texts"]) == (after["value"], after["texts"]): after = former
            self.records[slot] = after
            return
        self.records[slot] = after
        if batch is not None and batch == self.created: return
        self.redo.clear()
        self.last = None
        if batch is None or not self.undo or self.undo[-1]["id"] != batch: self.undo.append({"id": batch or event["id"], "touched": {}})
        self.undo[-1]["touched"].setdefault(slot, {"before": before})["after"] = after

    def entered(self):
        for slot in self.order:
            record = self.records[slot]
            if record is None: continue
            at = (datetime.strptime(record["dated"], "%Y-%m-%dT%H:%M:%SZ") + timedelta(hours=8)).date()
            late = max(0, (at - date.fromisoformat(record["day"])).days) if record["day"] else 0
            yield {"entity": slot[0], "key": slot[1], "first_at": record["first"], "last_at": record["last"], "late_days": late}

def name(steps, side):
    if not steps: return None
    touched = steps[-1]["touched"]
    slot, first = next(iter(touched.items()))
    return {"entity": slot[0], "key": slot[1], "records": len(touched), "stays": first[side] is not None}

if __name__ == "__main__":
    steps = Steps(json.loads(line) for line in lines(entries_of(open(sys.argv[1], "rb").read())["events.jsonl"]))
    print(json.dumps({"entered": list(steps.entered()), "undo": name(steps.undo, "before"), "redo": name(steps.redo, "after")}))

//! From JSON to records, record by record.

use super::check;
use super::faults::{BadRecords, Fault, Problem};
use super::fields::{Fields, Found};
use super::kinds::{DocumentKind, Half, LeaveKind};
use super::node::Node;
use super::records::{
    Activity, Approval, Attachment, CalendarOverride, Day, Document, Extra, Leave, Notification, Physician,
    Posting, Problem as DiaryProblem, Records, Summary, TallyItem, WrittenExplanation,
};
use super::tallies::tally_of;
use super::{FIRST_DATE, FORMAT, LONGEST_POSTING, VERSION};
use crate::scheme::Scheme;
use chrono::{Days, NaiveDate};
use serde_json::Value;
use uuid::Uuid;

/// The last year whose arrangement can be loaded.
const LAST_ARRANGED: u64 = 2100;

impl Records {
    /// Reads a records document.
    ///
    /// # Errors
    /// All faults together, each with its place; nothing of the document is kept.
    pub fn from_json(json: &str) -> Result<Self, BadRecords> {
        let json = json.strip_prefix('\u{FEFF}').unwrap_or(json);
        let node = serde_json::from_str::<Node>(json).map_err(|error| BadRecords {
            faults: vec![Fault {
                pointer: String::new(),
                value: None,
                problem: Problem::NotJson {
                    detail: error.to_string(),
                },
            }],
        })?;
        read(node)
    }

    /// Reads a records document that is already parsed, as the fold of a log is.
    ///
    /// # Errors
    /// As [`Records::from_json`].
    pub fn from_value(value: Value) -> Result<Self, BadRecords> {
        read(Node::from(value))
    }

    /// Whether `key` names a built-in tally or one of this posting's own.
    pub fn knows_tally(&self, key: &str) -> bool {
        tally_of(key).is_some() || self.tally_items.iter().any(|item| item.key == key)
    }
}

fn read(node: Node) -> Result<Records, BadRecords> {
    let mut found = Found::default();
    let records = Fields::open(node, String::new(), &mut found).and_then(document);
    if let Some(records) = records {
        check::between(&records, &mut found);
        if found.all.is_empty() {
            return Ok(records);
        }
    }
    Err(BadRecords { faults: found.all })
}

fn document(mut f: Fields<'_>) -> Option<Records> {
    f.require("format");
    f.require("version");
    // Another format or a newer version is refused by that alone: its other fields mean something else.
    let format = f.name("format")?;
    if format != FORMAT {
        f.push(
            "format",
            &Node::Text(format),
            Problem::UnknownFormat { allowed: FORMAT },
        );
        return None;
    }
    let version = f.count("version")?;
    if version != VERSION {
        let problem = if version > VERSION {
            Problem::NewerVersion { newest: VERSION }
        } else {
            Problem::OutOfRange {
                least: VERSION.to_string(),
                most: VERSION.to_string(),
            }
        };
        f.push("version", &Node::Number(version.into()), problem);
        return None;
    }
    f.require("posting");
    let posting = f.object("posting", posting);
    let tally_items = f.list("tally_items", tally_item);
    let known = |key: &str| tally_of(key).is_some() || tally_items.iter().any(|item| item.key == key);
    let calendar_overrides = f.list("calendar_overrides", calendar_override);
    let days = f.list("days", |f| day(f, &known));
    let activities = f.list("activities", |f| activity(f, &known));
    let leaves = f.list("leaves", leave);
    let documents = f.list("documents", document_record);
    let problems = f.list("problems", problem);
    let summary = f.object("summary", summary).unwrap_or_default();
    let scheme_document = scheme_document(&mut f);
    let extra = f.finish();
    Some(Records {
        format,
        version,
        posting: posting.unwrap_or_else(unreadable),
        calendar_overrides,
        days,
        activities,
        leaves,
        documents,
        problems,
        summary,
        tally_items,
        scheme_document,
        extra,
    })
}

fn scheme_document(f: &mut Fields<'_>) -> Option<Box<Scheme>> {
    let node = f.take("scheme_document")?;
    match Scheme::from_value(node.clone().into()) {
        Ok(scheme) => Some(Box::new(scheme)),
        Err(error) => {
            f.push(
                "scheme_document",
                &node,
                Problem::BadScheme {
                    detail: error.to_string(),
                },
            );
            None
        }
    }
}

fn posting(mut f: Fields<'_>) -> Option<Posting> {
    for key in ["id", "start", "end", "scheme"] {
        f.require(key);
    }
    let id = f.id("id");
    let physician = f.object("physician", physician).unwrap_or_default();
    let supporting_hospital = f.name("supporting_hospital");
    let home_department = f.name("home_department");
    let recipient_unit = f.name("recipient_unit");
    let county_health_authority = f.name("county_health_authority");
    let medical_team = f.name("medical_team");
    let team_leader = f.name("team_leader");
    let station = f.kind("station");
    let (start, end) = (f.date("start"), f.date("end"));
    period(&mut f, start, end);
    let scheme = f.name("scheme");
    let extra = f.finish();
    Some(Posting {
        id: id?,
        physician,
        supporting_hospital,
        home_department,
        recipient_unit,
        county_health_authority,
        medical_team,
        team_leader,
        station,
        start: start?,
        end: end?,
        scheme: scheme?,
        extra,
    })
}

fn period(f: &mut Fields<'_>, start: Option<NaiveDate>, end: Option<NaiveDate>) {
    let (Some(start), Some(end)) = (start, end) else {
        return;
    };
    let last = start + Days::new(LONGEST_POSTING - 1);
    let problem = if end < start {
        Problem::EndsBeforeStart
    } else if end > last {
        Problem::OutOfRange {
            least: start.to_string(),
            most: last.to_string(),
        }
    } else {
        return;
    };
    f.push("end", &Node::Text(end.to_string()), problem);
}

/// Stands in for a posting that could not be read, so that the faults between the other records are still found.
fn unreadable() -> Posting {
    Posting {
        id: Uuid::nil(),
        physician: Physician::default(),
        supporting_hospital: None,
        home_department: None,
        recipient_unit: None,
        county_health_authority: None,
        medical_team: None,
        team_leader: None,
        station: None,
        start: FIRST_DATE,
        end: FIRST_DATE,
        scheme: String::new(),
        extra: Extra::new(),
    }
}

fn physician(mut f: Fields<'_>) -> Option<Physician> {
    Some(Physician {
        name: f.name("name"),
        sex: f.kind("sex"),
        birth_date: f.any_date("birth_date"),
        education: f.name("education"),
        specialty: f.name("specialty"),
        title: f.name("title"),
        licence_number: f.name("licence_number"),
        promotion_target: f.name("promotion_target"),
        extra: f.finish(),
    })
}

fn tally_item(mut f: Fields<'_>) -> Option<TallyItem> {
    f.require("key");
    f.require("label");
    let (key, label, unit) = (f.name("key"), f.name("label"), f.name("unit"));
    let extra = f.finish();
    Some(TallyItem {
        key: key?,
        label: label?,
        unit,
        extra,
    })
}

fn calendar_override(mut f: Fields<'_>) -> Option<CalendarOverride> {
    f.require("date");
    f.require("kind");
    let (date, kind, reason) = (f.date("date"), f.kind("kind"), f.note("reason"));
    let (holiday, arrangement_year) = (f.name("holiday"), f.number("arrangement_year", LAST_ARRANGED));
    let extra = f.finish();
    Some(CalendarOverride {
        date: date?,
        kind: kind?,
        reason,
        holiday,
        arrangement_year: arrangement_year.and_then(|year| u32::try_from(year).ok()),
        extra,
    })
}

fn day(mut f: Fields<'_>, known: &dyn Fn(&str) -> bool) -> Option<Day> {
    f.require("date");
    let date = f.date("date");
    let (morning, afternoon) = (f.kind("morning"), f.kind("afternoon"));
    let note = f.note("note");
    let tallies = f.tallies("tallies", known);
    let extra = f.finish();
    Some(Day {
        date: date?,
        morning,
        afternoon,
        note,
        tallies,
        extra,
    })
}

fn activity(mut f: Fields<'_>, known: &dyn Fn(&str) -> bool) -> Option<Activity> {
    f.require("kind");
    f.require("date");
    let (id, kind, date) = (f.id("id"), f.kind("kind"), f.date("date"));
    let (title, place) = (f.name("title"), f.name("place"));
    let (minutes, participants) = (f.count("minutes"), f.count("participants"));
    let (audience, note) = (f.name("audience"), f.note("note"));
    let counts_toward_assessment = f.flag("counts_toward_assessment").unwrap_or(true);
    let tallies = f.tallies("tallies", known);
    let attachments = f.list("attachments", attachment);
    let extra = f.finish();
    Some(Activity {
        id,
        kind: kind?,
        date: date?,
        title,
        place,
        minutes,
        participants,
        audience,
        note,
        counts_toward_assessment,
        tallies,
        attachments,
        extra,
    })
}

fn attachment(mut f: Fields<'_>) -> Option<Attachment> {
    f.require("sha256");
    let (sha256, name) = (f.name("sha256"), f.name("name"));
    let (media_type, length) = (f.name("media_type"), f.number("length", 100_000_000));
    let extra = f.finish();
    Some(Attachment {
        sha256: sha256?,
        name,
        media_type,
        length,
        extra,
    })
}

fn leave(mut f: Fields<'_>) -> Option<Leave> {
    for key in ["id", "kind", "from", "from_half", "to", "to_half"] {
        f.require(key);
    }
    let (id, kind) = (f.id("id"), f.kind::<LeaveKind>("kind"));
    let (from, from_half) = (f.date("from"), f.kind::<Half>("from_half"));
    let (to, to_half) = (f.date("to"), f.kind::<Half>("to_half"));
    let reason = f.note("reason");
    let recipient_approval = f.object("recipient_approval", |mut f| {
        Some(Approval {
            by: f.name("by"),
            on: f.date("on"),
            extra: f.finish(),
        })
    });
    let notification = f.object("notification", |mut f| {
        Some(Notification {
            to: f.name("to"),
            on: f.date("on"),
            extra: f.finish(),
        })
    });
    let written_explanation = f.object("written_explanation", |mut f| {
        f.require("on");
        let on = f.date("on");
        let extra = f.finish();
        Some(WrittenExplanation { on: on?, extra })
    });
    let returned_on = f.date("returned_on");
    let extra = f.finish();
    Some(Leave {
        id: id?,
        kind: kind?,
        from: from?,
        from_half: from_half?,
        to: to?,
        to_half: to_half?,
        reason,
        recipient_approval,
        notification,
        written_explanation,
        returned_on,
        extra,
    })
}

fn document_record(mut f: Fields<'_>) -> Option<Document> {
    f.require("kind");
    let (kind, submitted_on) = (f.kind::<DocumentKind>("kind"), f.date("submitted_on"));
    let extra = f.finish();
    Some(Document {
        kind: kind?,
        submitted_on,
        extra,
    })
}

fn problem(mut f: Fields<'_>) -> Option<DiaryProblem> {
    Some(DiaryProblem {
        id: f.id("id"),
        date: f.date("date"),
        problem: f.note("problem"),
        guidance: f.note("guidance"),
        corrective_action: f.note("corrective_action"),
        responsible: f.name("responsible"),
        due: f.date("due"),
        status: f.kind("status"),
        rechecked_on: f.date("rechecked_on"),
        result: f.note("result"),
        extra: f.finish(),
    })
}

fn summary(mut f: Fields<'_>) -> Option<Summary> {
    Some(Summary {
        self_appraisal: f.note("self_appraisal"),
        suggestions: f.note("suggestions"),
        basics: f.note("basics"),
        conduct: f.note("conduct"),
        medical_work: f.note("medical_work"),
        teaching: f.note("teaching"),
        public_health: f.note("public_health"),
        reflections: f.note("reflections"),
        extra: f.finish(),
    })
}

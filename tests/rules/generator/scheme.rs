//! Random schemes: every mechanism that a scheme can use, in any mixture that is valid.
//!
//! Like the postings, they are drawn as small plain numbers and written out as the document that everybody exchanges.

use proptest::collection::vec;
use proptest::option;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Value, json};
use xiaxiangzhi_core::scheme::built_in;

use super::records::{DOCUMENTS, KINDS, LEAVE_KINDS, TALLIES};

fn clause() -> Value {
    json!({"number": "一", "quote": "按本单位规定"})
}

fn title(id: &str) -> Value {
    json!({"zh": format!("要求 {id}"), "en": format!("Requirement {id}")})
}

/// The default scheme, or one shaped like it with other numbers.
pub(crate) fn rotations() -> impl Strategy<Value = Value> {
    let duty = || {
        let gap = prop_oneof![2 => Just(0), 2 => Just(7), 4 => 0..=14_u32];
        let short_gap = select(vec!["fail", "not_counted"]);
        (0..=6_u32, gap, short_gap, option::of(1..=2_u32))
    };
    let default =
        || serde_json::to_value(built_in("rotation_3m").expect("the default scheme")).expect("JSON");
    let variant = ([duty(), duty()], 1..=100_u32, any::<bool>()).prop_map(move |(duties, percent, note)| {
        let mut scheme = default();
        for (index, (minimum, gap, short_gap, most)) in duties.into_iter().enumerate() {
            let duty = &mut scheme["duties"][index];
            duty["minimum"] = json!(minimum);
            duty["minimum_gap_days"] = json!(gap);
            duty["short_gap"] = json!(short_gap);
            duty["max_per_day"] = json!(most);
        }
        scheme["attendance"]["minimum_percent"] = json!(percent);
        scheme["attendance"]["work_note_required"] = json!(note);
        scheme
    });
    prop_oneof![Just(default()), variant]
}

/// Any scheme.
pub(crate) fn schemes() -> impl Strategy<Value = Value> {
    let asked = (
        vec(duty(), 0..4),
        vec(quota(), 0..3),
        option::of((1..=4_u32, mostly_judged())),
        attendance(),
    );
    let rest = (
        period(),
        (0..=10_u32, any::<bool>()),
        consequences(),
        vec(document(), 0..4),
        vec((select(LEAVE_KINDS.to_vec()), 1..=3_u32), 0..3),
        option::of(points()),
    );
    (asked, rest).prop_map(|((duties, quotas, minimum, attendance), rest)| {
        let (mut period, leave, consequences, documents, allowances, points) = rest;
        let duties = named("duty", duties);
        let quotas = named("quota", quotas);
        if let Some((months, judged)) = minimum {
            period["minimum"] = json!({"id": "duration", "title": title("duration"), "months": months, "judged": judged,
                "clause": clause()});
        }
        let allowances: Vec<Value> = allowances
            .into_iter()
            .map(|(leave, times)| json!({"leave": leave, "per_posting_month": times, "clause": clause()}))
            .collect();
        // Points come from what asks a number or windows.
        let asks = |one: &&Value| one["minimum"] != 0 || one["cadence"]["rule"] == "required";
        let measured = duties.iter().chain(&quotas).filter(asks).map(|one| one["id"].clone());
        let mut known: Vec<Value> = measured.collect();
        known.extend(period.get("minimum").map(|rule| rule["id"].clone()));
        if attendance["minimum_percent"] != 0 {
            known.push(json!("attendance"));
        }
        let mut scheme = json!({
            "format": "xiaxiangzhi.scheme", "version": 1, "id": "our_own",
            "title": title("our_own"), "summary": title("our_own"),
            "source": {"document": "本院卫生下乡办法", "section": "一", "readings": []},
            "period": period,
            "duties": duties,
            "quotas": quotas,
            "attendance": attendance,
            "leave": {"written_from_half_days": leave.0, "group_adjacent": leave.1, "clause": clause()},
            "consequences": consequences,
            "documents": documents,
            "allowances": named("allowance", allowances),
            "tallies": [TALLIES[0]],
            "noted": [],
        });
        if let Some(sheet) = points {
            scheme["points"] = sheet_of(sheet, &known);
        }
        scheme
    })
}

/// Any scheme in which about half of what can be asked by the year is.
pub(crate) fn by_years() -> impl Strategy<Value = Value> {
    (schemes(), any::<u32>()).prop_map(|(mut scheme, draws)| {
        let mut drawn = (0..32).map(|place| draws >> place & 1 == 1);
        let mut yes = || drawn.next().unwrap_or(false);
        for duty in scheme["duties"].as_array_mut().into_iter().flatten() {
            if yes() && duty["cadence"].is_object() {
                let years = if yes() { 1 } else { 2 };
                duty["cadence"]["window"] = json!({"posting_years": years});
            }
        }
        for quota in scheme["quotas"].as_array_mut().into_iter().flatten() {
            if yes() {
                quota["per"] = json!("posting_year");
            }
        }
        scheme
    })
}

/// The list with ids of their own and titles.
fn named(what: &str, mut list: Vec<Value>) -> Vec<Value> {
    for (number, one) in list.iter_mut().enumerate() {
        let id = format!("{what}_{number}");
        one["title"] = title(&id);
        one["id"] = json!(id);
    }
    list
}

fn mostly_judged() -> impl Strategy<Value = bool> {
    prop_oneof![6 => Just(true), 1 => Just(false)]
}

fn person_or_team() -> impl Strategy<Value = &'static str> {
    prop_oneof![6 => Just("person"), 1 => Just("team")]
}

fn station() -> impl Strategy<Value = Option<&'static str>> {
    prop_oneof![4 => Just(None), 1 => Just(Some("resident")), 1 => Just(Some("visiting"))]
}

fn period() -> impl Strategy<Value = Value> {
    prop_oneof![
        (1..=4_u32).prop_map(
            |quarters| json!({"starts": "first_monday_of_quarter", "quarters": quarters, "clause": clause()})
        ),
        (1..=12_u32).prop_map(|months| json!({"starts": "any_day", "months": months, "clause": clause()})),
    ]
}

fn duty() -> impl Strategy<Value = Value> {
    let gap = prop_oneof![3 => Just(0), 2 => Just(7), 3 => 1..=16_u32];
    let minutes = prop_oneof![3 => Just(None), 1 => select(vec![Some(1), Some(45), Some(90)])];
    let rule = (
        (0..=5_u32, gap, select(vec!["fail", "not_counted"])),
        option::of(1..=3_u32),
        minutes,
    );
    let kinds = proptest::sample::subsequence(KINDS.to_vec(), 1..=3);
    (kinds, rule, option::of(cadence()), mostly_judged(), person_or_team(), station()).prop_map(
        |(kinds, ((minimum, gap, short_gap), most, minutes), cadence, judged, duty_of, station)| {
            let mut duty = json!({
                "kinds": kinds, "minimum": minimum, "minimum_gap_days": gap, "short_gap": short_gap,
                "max_per_day": most, "cadence": cadence, "judged": judged, "duty_of": duty_of, "clause": clause(),
            });
            if let Some(minutes) = minutes {
                duty["minimum_minutes"] = json!(minutes);
            }
            if let Some(station) = station {
                duty["station"] = json!(station);
            }
            duty
        },
    )
}

fn cadence() -> impl Strategy<Value = Value> {
    let window = prop_oneof![
        (1..=30_u32).prop_map(|days| json!({"days": days})),
        Just(json!({"days": 14})),
        Just(json!("calendar_week")),
        (1..=2_u32).prop_map(|months| json!({"posting_months": months})),
        (1..=2_u32).prop_map(|months| json!({"calendar_months": months})),
    ];
    (window, any::<bool>(), any::<bool>()).prop_map(|(window, skip, required)| {
        let rule = if required { "required" } else { "finding" };
        json!({"window": window, "skip_without_workday": skip, "rule": rule, "clause": clause()})
    })
}

fn quota() -> impl Strategy<Value = Value> {
    let minimum = prop_oneof![1 => Just(0), 4 => 0..=300_u32, 1 => Just(1_000_000)];
    (select(TALLIES.to_vec()), minimum, mostly_judged(), person_or_team()).prop_map(
        |(tally, minimum, judged, duty_of)| {
            json!({"tally": tally, "minimum": minimum, "judged": judged, "duty_of": duty_of, "clause": clause()})
        },
    )
}

fn attendance() -> impl Strategy<Value = Value> {
    let percent = prop_oneof![1 => Just(0), 1 => Just(80), 1 => Just(100), 4 => 0..=100_u32];
    (percent, any::<bool>(), mostly_judged(), station()).prop_map(|(percent, note, judged, station)| {
        let mut rule = json!({"id": "attendance", "title": title("attendance"), "minimum_percent": percent,
            "work_note_required": note, "judged": judged, "clause": clause()});
        if let Some(station) = station {
            rule["station"] = json!(station);
        }
        rule
    })
}

fn consequences() -> impl Strategy<Value = Value> {
    let fen = || prop_oneof![1 => Just(0), 4 => 0..=500_000_u32, 1 => Just(u32::MAX)];
    let step = (any::<u32>(), any::<bool>(), any::<bool>(), fen());
    let subsidy = (
        0..=31_u32,
        prop_oneof![4 => 0..=20_000_u32, 1 => Just(100_000_000)],
        0..=120_u32,
    );
    (subsidy, vec(step, 1..7), [fen(), fen(), fen(), fen()]).prop_map(|((days, day, months), steps, fixed)| {
        let steps: Vec<Value> = steps
            .into_iter()
            .enumerate()
            .map(|(failed, (deducted, withheld, repeat, fine))| {
                json!({"failed": failed, "months_deducted": deducted % (months + 1), "appraisal_withheld": withheld,
                    "repeat_posting": repeat, "department_fine_fen": fine})
            })
            .collect();
        json!({
            "subsidy": {"days_per_month": days, "fen_per_day": day, "months": months, "clause": clause()},
            "steps": steps,
            "department_reward_fen": fixed[0],
            "refusal_fine_fen": fixed[1],
            "recall_fine_physician_fen": fixed[2],
            "recall_fine_department_fen": fixed[3],
            "clause": clause(), "recall_clause": clause(), "department_clause": clause(),
        })
    })
}

fn document() -> impl Strategy<Value = Value> {
    let due = option::of(prop_oneof![8 => 0..=130_u32, 1 => Just(u32::MAX)]);
    let opens = prop_oneof![8 => 0..=30_u32, 1 => Just(u32::MAX)];
    (
        select(DOCUMENTS.to_vec()),
        opens,
        due,
        option::of(select(KINDS.to_vec())),
    )
        .prop_map(|(kind, opens, due, only_with)| {
            let mut document = json!({"kind": kind, "opens_days_before_end": opens, "clause": clause()});
            if let Some(due) = due {
                document["due_days_after_start"] = json!(due);
            }
            if let Some(kind) = only_with {
                document["only_with"] = json!(kind);
            }
            document
        })
}

type RawItem = (u32, u8, usize, u32, bool);
type RawSheet = (Vec<RawItem>, u32, Vec<u32>, bool);

fn points() -> impl Strategy<Value = RawSheet> {
    let item = (1..=40_u32, 0..7_u8, 0..100_usize, 1..=60_u32, any::<bool>());
    let grades = proptest::sample::subsequence((0..=100_u32).collect::<Vec<_>>(), 0..=3);
    (vec(item, 1..6), 0..=100_u32, grades, mostly_judged())
}

fn sheet_of((items, pass_mark, grades, judged): RawSheet, known: &[Value]) -> Value {
    // What is left of the 100 points goes to the last item; what is too much is left out.
    let mut left = 100;
    let last = items.len() - 1;
    let mut of_sheet = Vec::new();
    for (number, (weight, from, which, full, partial)) in items.into_iter().enumerate() {
        let weight = if number == last { left } else { weight.min(left) };
        if weight == 0 {
            continue;
        }
        left -= weight;
        let from = match from {
            0 => json!("office"),
            _ if from > 2 && !known.is_empty() => json!({"requirement": known[which % known.len()]}),
            1 => json!({"document": DOCUMENTS[which % DOCUMENTS.len()]}),
            _ => json!({"tally": {"key": TALLIES[which % TALLIES.len()], "full": full}}),
        };
        of_sheet.push(json!({"weight": weight, "from": from, "partial": partial}));
    }
    let grades: Vec<Value> = grades
        .into_iter()
        .rev()
        .map(|from| json!({"from": from, "title": {"zh": format!("{from} 分起"), "en": format!("From {from}")}}))
        .collect();
    json!({"id": "points", "title": title("points"), "items": named("item", of_sheet), "pass_mark": pass_mark,
        "grades": grades, "judged": judged, "clause": clause()})
}

//! What a physician's days hold.

use chrono::{Datelike, Days, NaiveDate, Weekday};
use serde_json::{Value, json};

/// How a physician's days go, in percent: nothing on a workday, nothing at a weekend, and then the half-days' statuses.
struct Profile {
    empty_workday: u32,
    empty_weekend: u32,
    statuses: [(Option<&'static str>, u32); 6],
}

const fn statuses(percent: [u32; 5]) -> [(Option<&'static str>, u32); 6] {
    [
        (Some("present"), percent[0]),
        (Some("official_duty"), percent[1]),
        (Some("compensatory_rest"), percent[2]),
        (Some("absent"), percent[3]),
        (Some("recalled"), percent[4]),
        (None, 100),
    ]
}

const PROFILES: [Profile; 4] = [
    Profile {
        empty_workday: 2,
        empty_weekend: 90,
        statuses: statuses([94, 2, 2, 0, 1]),
    },
    Profile {
        empty_workday: 8,
        empty_weekend: 80,
        statuses: statuses([82, 4, 4, 4, 3]),
    },
    Profile {
        empty_workday: 10,
        empty_weekend: 30,
        statuses: statuses([55, 8, 20, 6, 6]),
    },
    Profile {
        empty_workday: 50,
        empty_weekend: 50,
        statuses: statuses([40, 10, 20, 10, 10]),
    },
];

pub(super) fn day_list(start: NaiveDate, length: i64, profile: usize, numbers: &[u32]) -> Vec<Value> {
    let profile = &PROFILES[profile];
    let status = |percent: u32| {
        let mut sum = 0;
        let of = |(status, share): &(Option<&'static str>, u32)| {
            sum += share;
            (percent < sum).then_some(*status)
        };
        profile.statuses.iter().find_map(of).flatten()
    };
    // Some entries lie outside the posting, on either side.
    let dates = (start - Days::new(6))
        .iter_days()
        .take(usize::try_from(length + 12).expect("a short posting"));
    let mut days = Vec::new();
    for (date, number) in dates.zip(numbers) {
        let weekend = matches!(date.weekday(), Weekday::Sat | Weekday::Sun);
        let empty = if weekend {
            profile.empty_weekend
        } else {
            profile.empty_workday
        };
        if number % 100 < empty {
            continue;
        }
        let morning = status(number / 100 % 100);
        let afternoon = if number / 10_000 % 10 < 7 {
            morning
        } else {
            status(number / 100_000 % 100)
        };
        let mut day = json!({"date": date, "morning": morning, "afternoon": afternoon});
        match number / 10_000_000 % 20 {
            0 => day["note"] = json!(""),
            1 => day["note"] = json!("　　"),
            2 => day["note"] = json!(" \n "),
            3 => day["note"] = Value::Null,
            4 => {}
            _ => day["note"] = json!("门诊"),
        }
        match number / 200_000_000 % 5 {
            0 => {}
            1 => day["tallies"] = json!({"outpatient_visits": 0}),
            2 => day["tallies"] = json!({"outpatient_visits": 12, "referrals_up": 0}),
            3 => day["tallies"] = json!({"referrals_up": 1, "outpatient_visits": 3}),
            _ => day["tallies"] = json!({}),
        }
        days.push(day);
    }
    days
}

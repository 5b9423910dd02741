//! Which backups are kept.

use std::collections::HashSet;

use chrono::{DateTime, Datelike, Duration, TimeZone, Utc};
use xiaxiangzhi_core::log::china_date;
use xiaxiangzhi_store::superfluous_backups;

#[test]
fn a_year_of_half_hours_leaves_what_is_promised() {
    let now = Utc.with_ymd_and_hms(2026, 12, 31, 12, 0, 0).unwrap();
    let mut kept: Vec<DateTime<Utc>> = Vec::new();
    for half_hour in (0..365 * 48).rev() {
        kept.insert(0, now - Duration::minutes(30 * half_hour));
        let gone = superfluous_backups(&kept);
        let mut gone = gone.iter();
        kept.retain(|_| !gone.next().unwrap());
    }
    assert!((kept.len()) <= 10 + 14 + 8 + 13, "{}", kept.len());
    assert!(
        kept[..10]
            .windows(2)
            .all(|pair| pair[0] - pair[1] == Duration::minutes(30))
    );
    let days: HashSet<_> = kept.iter().map(|at| china_date(*at)).collect();
    assert!((0..14).all(|back| days.contains(&(china_date(now) - Duration::days(back)))));
    let months: HashSet<_> = kept.iter().map(|at| china_date(*at).month()).collect();
    assert_eq!(months.len(), 12);
    // Of a month long past the very last backup is kept.
    assert!(
        kept.contains(&Utc.with_ymd_and_hms(2026, 3, 31, 15, 30, 0).unwrap()),
        "China's midnight ends the month"
    );
}

#[test]
fn few_backups_all_stay() {
    let now = Utc.with_ymd_and_hms(2026, 1, 5, 0, 0, 0).unwrap();
    let made: Vec<_> = (0..10).map(|minutes| now - Duration::minutes(minutes)).collect();
    assert!(superfluous_backups(&made).iter().all(|gone| !gone));
    assert!(superfluous_backups(&[]).is_empty());
}

//! Scheme documents from outside.

use chrono::NaiveDate;
use xiaxiangzhi_core::assess::assess;
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::{Scheme, built_in};

use super::mutate;
use super::records::base;
use super::{Fuzz, Read};
use crate::support::{Dice, Tried, amount, caught};

fn read(input: &[u8], case: u64, records: &Records) -> Read {
    let Ok(text) = std::str::from_utf8(input) else {
        return Ok(false);
    };
    match Scheme::from_json(text) {
        Err(error) => {
            let words = error.to_string();
            if words.contains("line ") || words.starts_with('/') {
                Ok(false)
            } else {
                Err(format!("it is refused without a place: {words}"))
            }
        }
        Ok(scheme) => {
            let written = serde_json::to_string(&scheme).map_err(|error| error.to_string())?;
            if Scheme::from_json(&written).as_ref() != Ok(&scheme) {
                return Err("it is taken, but reads otherwise when written".to_owned());
            }
            if case.is_multiple_of(8) {
                let as_of = NaiveDate::from_ymd_opt(2026, 4, 6).unwrap();
                assess(&scheme, records, Calendar::built_in(), as_of).map_err(|error| error.to_string())?;
            }
            Ok(true)
        }
    }
}

#[test]
fn mutated_schemes_are_taken_whole_or_refused_with_a_place() {
    let tried = Tried::start("fuzz-scheme");
    let text = serde_json::to_string(built_in("rotation_3m").unwrap()).unwrap();
    let records = Records::from_value(base()).unwrap();
    let count = amount(100_000, 10_000_000);
    let make = |dice: &mut Dice| mutate::json(text.as_bytes(), dice);
    let read = |input: &[u8], case| read(input, case, &records);
    let fuzz = Fuzz {
        make: &make,
        read: &read,
    };
    let taken = fuzz.run(count).unwrap_or_else(|fault| panic!("{fault}"));
    assert!(taken > count / 50 && taken < count / 2, "{taken} taken");
    let outcome = format!(
        "0 panics; {taken} taken and read back the same, {} refused with a place",
        count - taken
    );
    tried.held(count, "documents", &outcome);
}

/// The control: arithmetic that does not expect large numbers must be caught.
#[test]
fn a_planted_overflow_is_found() {
    let text = serde_json::to_string(built_in("rotation_3m").unwrap()).unwrap();
    let make = |dice: &mut Dice| mutate::json(text.as_bytes(), dice);
    let narrow = |input: &[u8], _| {
        if let Ok(scheme) = Scheme::from_json(&String::from_utf8_lossy(input)) {
            for duty in &scheme.duties {
                let product = u8::try_from(duty.minimum * duty.minimum_gap_days);
                assert!(product.is_ok(), "overflow");
            }
        }
        Ok(true)
    };
    let fuzz = Fuzz {
        make: &make,
        read: &narrow,
    };
    let fault = fuzz.run(100_000).unwrap_err();
    assert!(fault.contains("it panicked: overflow"), "{fault}");
    caught("fuzz-scheme", "a product of 8 bits");
}

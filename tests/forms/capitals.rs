//! Money in capitals.

use xiaxiangzhi_forms::in_capitals;

#[test]
fn amounts_are_said_as_banks_want_them() {
    for (fen, said) in [
        (0, "零元整"),
        (1, "壹分"),
        (5, "伍分"),
        (50, "伍角整"),
        (99, "玖角玖分"),
        (100, "壹元整"),
        (105, "壹元零伍分"),
        (150, "壹元伍角整"),
        (1_000, "壹拾元整"),
        (1_001, "壹拾元零壹分"),
        (1_100, "壹拾壹元整"),
        (10_000, "壹佰元整"),
        (10_100, "壹佰零壹元整"),
        (11_000, "壹佰壹拾元整"),
        (44_000, "肆佰肆拾元整"),
        (88_000, "捌佰捌拾元整"),
        (100_000, "壹仟元整"),
        (100_100, "壹仟零壹元整"),
        (101_000, "壹仟零壹拾元整"),
        (110_000, "壹仟壹佰元整"),
        (132_000, "壹仟叁佰贰拾元整"),
        (132_099, "壹仟叁佰贰拾元玖角玖分"),
        (200_200, "贰仟零贰元整"),
        (1_000_000, "壹万元整"),
        (1_000_100, "壹万零壹元整"),
        (1_000_005, "壹万元零伍分"),
        (1_050_000, "壹万零伍佰元整"),
        (1_200_000, "壹万贰仟元整"),
        (10_000_000, "壹拾万元整"),
        (10_500_000, "壹拾万伍仟元整"),
        (10_005_000, "壹拾万零伍拾元整"),
        (100_000_000, "壹佰万元整"),
        (100_010_000, "壹佰万零壹佰元整"),
        (101_010_100, "壹佰零壹万零壹佰零壹元整"),
        (999_999_999, "玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ] {
        assert_eq!(in_capitals(fen).unwrap(), said, "{fen} fen");
    }
}

/// Reads the capitals back, by a way of its own: the value of each place is added up.
fn read_back(said: &str) -> u64 {
    let digits = "零壹贰叁肆伍陆柒捌玖";
    let (mut fen, mut group, mut digit) = (0, 0, 0);
    for character in said.chars() {
        if let Some(at) = digits.chars().position(|known| known == character) {
            digit = at as u64;
            continue;
        }
        match character {
            '仟' => group += digit * 1000,
            '佰' => group += digit * 100,
            '拾' => group += digit * 10,
            '万' => {
                fen += (group + digit) * 10_000 * 100;
                group = 0;
            }
            '元' => {
                fen += (group + digit) * 100;
                group = 0;
            }
            '角' => fen += digit * 10,
            '分' => fen += digit,
            '整' => {}
            other => panic!("{other} in {said}"),
        }
        digit = 0;
    }
    fen
}

#[test]
fn every_amount_reads_back_as_itself() {
    // Every amount to 100,000 fen, then a stride that visits every digit in every place.
    for fen in (0..=100_000).chain((100_001..=999_999_999).step_by(7_919)) {
        let said = in_capitals(fen).unwrap();
        assert_eq!(read_back(&said), fen, "{said}");
        assert!(
            !said.contains("零零") && !said.contains("零元整") || fen == 0,
            "{said}"
        );
    }
}

#[test]
fn a_larger_amount_is_refused() {
    let error = in_capitals(1_000_000_000).unwrap_err();
    assert_eq!(error.code(), "amount_out_of_range");
    assert!(error.to_string().contains("1000000000"), "{error}");
}

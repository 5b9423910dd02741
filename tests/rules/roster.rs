//! Who is sent when: what the source's principles make one ask.

use uuid::Uuid;
use xiaxiangzhi_core::roster::{Batch, RosterCode, RosterEntry, RosterStatus, questions};

/// Department, name, title, promotion target, quarter of 2026, status.
type Person<'a> = (&'a str, &'a str, &'a str, Option<&'a str>, u32, RosterStatus);

fn roster(people: &[Person<'_>]) -> Vec<RosterEntry> {
    let entries =
        (1..).zip(people).map(
            |(id, (department, name, title, target, quarter, status))| RosterEntry {
                id: Uuid::from_u128(id),
                physician: (*name).to_owned(),
                home_department: (*department).to_owned(),
                title: Some((*title).to_owned()),
                promotion_target: target.map(str::to_owned),
                recipient_unit: Some("青石镇卫生院".to_owned()),
                batch: Batch {
                    year: 2026,
                    quarter: *quarter,
                },
                status: *status,
            },
        );
    entries.collect()
}

#[test]
fn each_principle_is_a_question_and_a_good_roster_asks_none() {
    use RosterStatus::{Deferred, Done, Planned};
    let good: [Person<'_>; 3] = [
        ("内科", "甲", "主治医师", None, 1, Planned),
        ("外科", "乙", "主管护师", None, 1, Planned),
        ("儿科", "丙", "副主任医师", None, 1, Planned),
    ];
    let with = |more: &[Person<'_>]| {
        let people: Vec<Person<'_>> = good.iter().chain(more).copied().collect();
        let asked = questions(&roster(&people));
        for each in &asked {
            assert!(
                each.question.zh.ends_with('？') && each.question.en.ends_with('?'),
                "{each:?}"
            );
        }
        asked.iter().map(|each| each.code).collect::<Vec<_>>()
    };
    assert_eq!(with(&[]), []);
    for (more, expected) in [
        (
            &[("妇科", "丁", "住院医师", None, 1, Planned)][..],
            &[RosterCode::NotThree][..],
        ),
        (
            &[("妇科", "丁", "住院医师", None, 2, Planned)],
            &[RosterCode::NotThree, RosterCode::FewIntermediate],
        ),
        // Whoever is put off goes with no batch, and once is in order.
        (&[("内科", "丁", "住院医师", None, 1, Deferred)], &[]),
        (
            &[
                ("内科", "丁", "住院医师", None, 1, Deferred),
                ("内科", "丁", "住院医师", None, 1, Deferred),
            ],
            &[RosterCode::DeferredAgain],
        ),
        (
            &[
                ("内科", "丁", "主治医师", Some("副主任医师"), 2, Planned),
                ("外科", "戊", "主治医师", Some("副主任医师"), 2, Done),
                ("儿科", "己", "主治医师", None, 2, Planned),
            ],
            &[RosterCode::PromotionWaits],
        ),
        (
            &[
                ("内科", "甲", "主治医师", None, 2, Planned),
                ("外科", "戊", "主治医师", None, 2, Planned),
                ("儿科", "己", "主治医师", None, 2, Planned),
            ],
            &[RosterCode::Twice],
        ),
    ] {
        assert_eq!(with(more), expected, "{more:?}");
    }
}

#[test]
fn a_department_may_defer_again_once_all_have_served() {
    use RosterStatus::{Deferred, Done};
    let people = [
        ("内科", "甲", "主治医师", None, 1, Done),
        ("内科", "乙", "主治医师", None, 1, Deferred),
        ("内科", "丙", "主治医师", None, 1, Deferred),
        ("外科", "丁", "主治医师", None, 1, Done),
        ("儿科", "戊", "主治医师", None, 1, Done),
    ];
    assert_eq!(questions(&roster(&people)), []);
}

//! The numbers of a scheme shaped like `rotation_3m`, as a plain struct.

/// What happens to an activity too close to the one before it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum ShortGap {
    /// It counts, and the requirement fails.
    Fail,
    /// It is left out.
    NotCounted,
}

/// The windows in which one counted activity is expected.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Cadence {
    /// Windows of so many days from the start of the posting.
    Days(u64),
    /// Calendar weeks, Monday to Sunday.
    Weeks,
}

/// A counted duty.
#[derive(Clone, Debug)]
pub(crate) struct Duty {
    pub(crate) id: &'static str,
    pub(crate) kinds: Vec<&'static str>,
    pub(crate) minimum: usize,
    /// The least number of days between counted ones; 0 when no distance is asked for.
    pub(crate) gap_days: i64,
    pub(crate) short_gap: ShortGap,
    pub(crate) max_per_day: Option<usize>,
    pub(crate) cadence: Cadence,
}

/// A scheme's numbers.
#[derive(Clone, Debug)]
pub(crate) struct Params {
    pub(crate) minimum_percent: usize,
    pub(crate) work_note_required: bool,
    pub(crate) duties: Vec<Duty>,
    pub(crate) documents: Vec<&'static str>,
    /// A group of leaves from this many half-days on is explained in writing.
    pub(crate) written_from_half_days: usize,
    pub(crate) subsidy_fen: i64,
    /// By the number of failed requirements.
    pub(crate) deducted_fen: [i64; 4],
    pub(crate) withheld: [bool; 4],
    pub(crate) repeat_posting: [bool; 4],
    pub(crate) department_fine_fen: [i64; 4],
    pub(crate) department_reward_fen: i64,
    pub(crate) recall_fine_fen: i64,
}

impl Params {
    /// The default scheme: a rotation of three months.
    pub(crate) fn rotation_3m() -> Self {
        Self {
            minimum_percent: 80,
            work_note_required: true,
            duties: vec![
                Duty {
                    id: "teaching",
                    kinds: vec!["lecture"],
                    minimum: 4,
                    gap_days: 7,
                    short_gap: ShortGap::Fail,
                    max_per_day: None,
                    cadence: Cadence::Days(14),
                },
                Duty {
                    id: "rounds",
                    kinds: vec!["ward_round", "teaching_round"],
                    minimum: 8,
                    gap_days: 0,
                    short_gap: ShortGap::Fail,
                    max_per_day: Some(1),
                    cadence: Cadence::Weeks,
                },
            ],
            documents: vec!["task_assessment_sheet", "posting_summary"],
            written_from_half_days: 6,
            subsidy_fen: 132_000,
            deducted_fen: [0, 44_000, 88_000, 88_000],
            withheld: [false, false, true, true],
            repeat_posting: [false, false, false, true],
            department_fine_fen: [0, 0, 0, 50_000],
            department_reward_fen: 100_000,
            recall_fine_fen: 4_000,
        }
    }
}

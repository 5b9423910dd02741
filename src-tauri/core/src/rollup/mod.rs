//! 汇总: many review files, a line each.
//!
//! [`Line`] holds what one file says in under a kilobyte; the file itself is dropped once it is made. [`standings`] tells
//! which file of each log counts, [`Sums`] adds up what is to be paid, and [`Row`] is what a program or a page reads. A file
//! that cannot be relied on is a line with its reason, never an end of the work.

mod line;
mod order;
mod row;
mod standing;
mod sums;
mod whole;
mod words;

pub use line::{
    AttendanceFigures, FindingFigure, Line, PostingFigures, RequirementFigure, RequirementName, SchemeFacts,
    Schemes,
};
pub use order::{Outcome, failures_first, outcome};
pub use row::{FileRow, Row, RowAmong, RowAttendance, RowFinding, RowQuestion, RowRequirement, RowVerdict};
pub use standing::{Contest, FileFacts, Standing, contests, standings};
pub use sums::{Failing, Money, MoneyLine, Share, Sums};
pub use whole::{Decide, RollUp, lost, odd_across, questions_of};
pub use words::{finding_sentence, finding_title, standing_word, verdict_word};

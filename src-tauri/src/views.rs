//! What the commands take and answer: the contract with the interface, exported to `ui/src/api/types`.
//!
//! Names are the same in Rust, JSON and TypeScript. Dates are China's local dates (`2026-03-02`), instants UTC
//! (`2026-03-02T09:41:07Z`), money fen, attendance half-days.

mod app;
mod arrangement;
mod backups;
mod deciding;
mod error;
mod habits;
mod history;
mod import;
mod keeping;
mod office;
mod pictures;
mod plan;
mod posting;
mod receipts;
mod recovery;
mod review;
mod rollup;
mod roster;
mod schemes;
mod templates;

pub use app::{
    AppState, BackupTrouble, OfficeProfile, OtherComputer, PeriodFacts, PhysicianChoice, PostingSummary,
    Profile, RecentFile, Role, SettingsChange, Theme,
};
pub use arrangement::ArrangementView;
pub use backups::{BackupContents, BackupFile, BackupPlace, BackupPlaceKind, BackupPosting, BackupReading};
pub use deciding::{DecisionsMade, FileToDecide, MadeDecision, ReviewComment, ReviewDraft};
pub use error::{CommandError, FaultView};
pub use habits::{DayOffer, OwnPhrase, Reminders, RemindersTo};
pub use history::{CopiesElsewhere, RecordHistory, RecordVersion, RemovedRecord, TextWarning, VersionHow};
pub use import::{ImportPreview, SheetView, WorkbookView};
pub use keeping::{
    Becomes, DeletedPosting, MovedAway, PostingRestore, RecordChange, RestorePreview, RestoreRelation,
    RestoreStep, Restored, SecondCopy, SecondPlace,
};
pub use office::{
    KnownOfficeView, OfferedScheme, OfferedYear, OfficeFileOffer, OfficeFileView, OfficeKey,
    OfficeSchemeView, OfficeTemplateView, SchemeTaken,
};
pub use pictures::{BlackArea, LookedAt, PictureData, PictureRoom};
pub use plan::{ExportedPlan, Trial};
pub use posting::{
    BackupInfo, Change, DiaryRow, DiaryStep, Draft, DraftSaved, Entered, ExportedForms, ExportedReviewFile,
    FormFormat, FormKind, FormLayout, FormOptions, FormPages, FormState, Head, LeftOutForm, PostingView,
    Step,
};
pub use receipts::{
    AmendedRecord, AmendmentView, AnswerView, ChangedAfterApproval, CommentView, LookedAtReceipt,
    ReceiptView, ReceiptWords, ReviewOfPosting,
};
pub use recovery::{
    AppNotice, ForeseenRestore, LaterRecord, OpenProblem, ProblemChoice, ReadOnlyReason, SavedEverything,
};
pub use review::{
    ChangedHow, ChangedRecord, ChangesSince, CheckInMade, CheckInView, CodeFound, ConfirmedKind,
    ConfirmedStep, FirstSeen, KeyView, PinView, ReviewVerdict, ReviewView, ReviewedFile, SeemsToBe,
};
pub use rollup::{
    RollUpDecision, RollUpFailing, RollUpFigure, RollUpFormat, RollUpLine, RollUpMoney, RollUpOutcome,
    RollUpRequirement, RollUpScheme, RollUpSums, RollUpView,
};
pub use roster::RosterView;
pub use schemes::{KnownScheme, KnownSchemes, SchemeFault, SchemeMove, SchemeTrial, SideBySide, UsualMark};
pub use templates::{PlaceholderView, TemplateReading, TemplateView, UnknownName};
pub use xiaxiangzhi_core::search::{FoundPage, SearchResults};

//! What each command is called with; a name that is not here, or one too many, is refused.

use crate::views::{
    BlackArea, Change, FileToDecide, FormFormat, FormKind, FormOptions, ProblemChoice, Profile, RemindersTo,
    RestoreStep, ReviewDraft, RollUpFormat, SettingsChange,
};
use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeSet;
use uuid::Uuid;
use xiaxiangzhi_core::reviewfile::Decision;
use xiaxiangzhi_core::roster::RosterEntry;
use xiaxiangzhi_import::Mapping;

macro_rules! arguments {
    ($($name:ident { $($(#[$meta:meta])* $field:ident: $type:ty,)* })+) => {
        $(
            #[derive(Deserialize)]
            #[serde(rename_all = "camelCase", deny_unknown_fields)]
            pub(super) struct $name { $($(#[$meta])* pub(super) $field: $type,)* }
        )+
    };
}

arguments! {
    Nothing {}
    Settings { change: SettingsChange, }
    Choice { choice: ProblemChoice, }
    SchemeName { scheme: String, }
    SchemeDraft { scheme: Value, }
    TwoSchemes { before: Value, after: Value, }
    OtherScheme { scheme: String, version: u32, reason: String, }
    Period { start: NaiveDate, end: NaiveDate, }
    NewPosting { profile: Profile, }
    OpenPosting { log_id: Uuid, }
    Changes { changes: Vec<Change>, }
    Draft { entity: String, key: String, value: Option<Value>, }
    DraftName { entity: String, key: String, }
    Planned { requirement: String, date: NaiveDate, except_id: Option<Uuid>, }
    Moved { requirement: String, from: Option<NaiveDate>, to: Option<NaiveDate>, }
    Form { form: FormKind, options: Option<FormOptions>, }
    Template { form: FormKind, }
    ReadTemplate { form: FormKind, id: Uuid, }
    Papers { forms: Vec<FormKind>, formats: Vec<FormFormat>, options: Option<FormOptions>, }
    File { path: Option<String>, }
    ReceivedFile { sha256: String, }
    CheckInMonth { month: NaiveDate, }
    Fingerprint { fingerprint: String, }
    TypedCode { code: String, }
    NotedQuestion { log_id: Uuid, question: String, known: bool, }
    Paths { paths: Option<Vec<String>>, }
    From { from: usize, }
    Saved { format: RollUpFormat, }
    Roster { entries: Vec<RosterEntry>, }
    Approving { lines: Vec<usize>, grade: Option<String>, }
    Steps { steps: Vec<RestoreStep>, }
    Deletion { log_id: Uuid, typed: String, }
    Backup { path: String, }
    Date { date: NaiveDate, }
    Notice { code: String, }
    Version { entity: String, key: String, n: u64, }
    OwnTally { key: Option<String>, name: String, unit: String, }
    Key { key: String, }
    Text { text: String, }
    Dates { dates: Vec<NaiveDate>, }
    PhraseWanted { text: String, wanted: bool, }
    Reminding { to: RemindersTo, }
    Query { query: String, }
    Pages { query: String, pages: Vec<Vec<String>>, }
    Looking { path: Option<String>, base64: Option<String>, }
    Keeping { id: Uuid, areas: Vec<BlackArea>, }
    Looked { id: Uuid, }
    KeptPicture { sha256: String, thumbnail: bool, }
    ErasedPicture { sha256: String, }
    Importing { id: Uuid, mappings: Vec<Mapping>, replace: BTreeSet<String>, }
    AnyFile { path: String, }
    Receipt { path: String, fingerprint: Option<String>, }
    Answering { comment: Uuid, text: String, corrected: bool, }
    Reason { reason: String, }
    ReviewOf { log_id: Uuid, head: String, }
    Reviewing { log_id: Uuid, head: String, draft: ReviewDraft, }
    Deciding { sha256: String, draft: ReviewDraft, }
    DecidingMany { files: Vec<FileToDecide>, decision: Decision, opinion: Option<String>, }
    DecisionName { sha256: String, }
    OfficeFile { schemes: Vec<String>, }
    TakenOffice { id: Uuid, fingerprint: Option<String>, }
    Leaving { #[serde(default)] pictures: Vec<String>, }
}

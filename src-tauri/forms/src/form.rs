//! What a form holds: fields, tables with spans, texts, signature boxes. No layout.

use crate::kind::FormKind;
use chrono::{Datelike, NaiveDate};
use serde::{Deserialize, Serialize};

/// One paper, ready for any writer.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Form {
    /// Which paper it is.
    pub kind: FormKind,
    /// Its title as printed.
    pub title: String,
    /// Whom it is about; names the file.
    pub subject: Subject,
    /// The date of the assessment it shows; stands in for the clock in every file.
    pub as_of: NaiveDate,
    /// Whether it is for looking over only: made before it is due. Its title and its file's name say so.
    pub draft: bool,
    /// Whether it is to be filled in by hand: its file's name says so.
    #[serde(default)]
    pub blank: bool,
    /// How the page lies.
    pub orientation: Orientation,
    /// What stands on it, from top to bottom. Tables that follow each other share a rule.
    pub blocks: Vec<Block>,
    /// What stands at the foot of every page.
    pub footer: Footer,
    /// The figures of the form for calculating with: the second sheet of a workbook.
    pub figures: Vec<Figure>,
}

/// Whom a form is about.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// The physician.
    pub physician: Option<String>,
    /// The recipient unit.
    pub recipient_unit: Option<String>,
    /// First and last day.
    pub period: Option<(NaiveDate, NaiveDate)>,
}

/// How the page lies. Paper is always A4.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Orientation {
    /// Upright.
    #[default]
    Portrait,
    /// On its side, for a month's days in one row.
    Landscape,
}

/// One piece of a form.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "block")]
pub enum Block {
    /// A ruled table.
    Table(Table),
    /// A paragraph across the page.
    Paragraph {
        /// Its words.
        text: String,
        /// How it is set.
        role: Role,
        /// Where it stands.
        align: Align,
    },
    /// What follows begins on a new page.
    PageBreak,
    /// What follows begins on a new page under a title of its own, and in a workbook on a sheet of its own.
    Sheet {
        /// What the workbook calls it: at most 31 characters, each name once.
        name: String,
        /// Its title as printed.
        title: String,
    },
}

/// A ruled table.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Table {
    /// The columns' shares of the width. The sums of a form's tables should agree, so that their rules meet.
    pub columns: Vec<u16>,
    /// How many of the first rows come again at the top of each page.
    pub header_rows: usize,
    /// Its rows.
    pub rows: Vec<Row>,
}

/// A row: the cells that begin in it, from left to right.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// The cells. Those that reach down from rows above are not repeated.
    pub cells: Vec<Cell>,
}

/// A cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Cell {
    /// What stands in it.
    pub content: Content,
    /// How many columns it covers, 1 or more.
    pub columns: u16,
    /// How many rows it covers, 1 or more.
    pub rows: u16,
    /// How it is set.
    pub role: Role,
    /// Where its text stands.
    pub align: Align,
    /// Shaded, as weekends and holidays are.
    pub shaded: bool,
}

/// What stands in a cell.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "content")]
pub enum Content {
    /// Words; a line feed begins a new line.
    Text {
        /// The words.
        text: String,
    },
    /// A figure that a workbook can calculate with.
    Figure {
        /// The figure.
        value: Value,
        /// The same in words.
        text: String,
    },
    /// Room for a signature or a seal.
    Signature(Signature),
}

/// Room for a signature, and for a seal of 42 mm where `seal` says so.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Signature {
    /// What is signed to; stands at the top.
    pub statement: String,
    /// What stands before the room for the name.
    pub signer: String,
    /// Whether it is sealed.
    pub seal: bool,
}

/// How a text is set.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// 宋体
    #[default]
    Body,
    /// 黑体: the name of a field or of a column.
    Label,
    /// Smaller 宋体: sources, legends.
    Note,
    /// 黑体, a little larger: the heading of a section.
    Heading,
    /// 宋体, a little larger, its first line set in by two characters; each line feed begins a new paragraph.
    Prose,
}

/// Where a text stands.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Align {
    /// Left.
    #[default]
    Start,
    /// Centred.
    Center,
    /// Right.
    End,
}

/// The foot of every page.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Footer {
    /// What stands at the left: the log's head.
    pub text: String,
}

/// The state of the log that a form was made from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// 封存码, as it is shown: groups of characters.
    pub code: String,
    /// The number of the last event.
    pub n: u64,
}

/// A figure of the form, for calculating with.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Figure {
    /// What it belongs to.
    pub group: String,
    /// What it is.
    pub label: String,
    /// The figure.
    pub value: Value,
    /// What explains it.
    pub note: String,
}

/// A figure.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case", tag = "type")]
pub enum Value {
    /// A number of things.
    Count {
        /// How many.
        count: i64,
        /// Of what: 次, 人次, 个半天.
        unit: String,
    },
    /// A date.
    Date {
        /// The date.
        date: NaiveDate,
    },
    /// Money in fen.
    Money {
        /// How much.
        fen: u64,
    },
    /// Words.
    Words {
        /// The words.
        text: String,
    },
}

impl Value {
    /// A number of things.
    pub fn count(count: impl Into<i64>, unit: &str) -> Self {
        Self::Count {
            count: count.into(),
            unit: unit.to_owned(),
        }
    }

    /// The figure as a form prints it.
    pub fn text(&self) -> String {
        match self {
            Self::Count { count, unit } => format!("{}{unit}", crate::wording::grouped(*count)),
            Self::Date { date } => format!("{}年{}月{}日", date.year(), date.month(), date.day()),
            Self::Money { fen } => crate::money::yuan(*fen),
            Self::Words { text } => text.clone(),
        }
    }
}

impl Cell {
    fn new(content: Content) -> Self {
        Self {
            content,
            columns: 1,
            rows: 1,
            role: Role::Body,
            align: Align::Start,
            shaded: false,
        }
    }

    /// A cell of words.
    pub fn text(text: impl Into<String>) -> Self {
        Self::new(Content::Text { text: text.into() })
    }

    /// A cell that names a field or a column.
    pub fn label(text: impl Into<String>) -> Self {
        Self {
            role: Role::Label,
            align: Align::Center,
            ..Self::text(text)
        }
    }

    /// A cell with a figure.
    pub fn figure(value: Value) -> Self {
        Self {
            align: Align::Center,
            ..Self::new(Content::Figure {
                text: value.text(),
                value,
            })
        }
    }

    /// A cell to sign or seal.
    pub fn signature(signature: Signature) -> Self {
        Self::new(Content::Signature(signature))
    }

    /// A cell to sign to a statement, with room for a seal where `seal` says so.
    pub(crate) fn to_sign(statement: impl Into<String>, signer: &str, seal: bool) -> Self {
        Self::signature(Signature {
            statement: statement.into(),
            signer: signer.to_owned(),
            seal,
        })
    }

    /// Covers `columns` columns.
    #[must_use]
    pub fn across(self, columns: u16) -> Self {
        Self { columns, ..self }
    }

    /// Covers `rows` rows.
    #[must_use]
    pub fn down(self, rows: u16) -> Self {
        Self { rows, ..self }
    }

    /// Stands in the middle.
    #[must_use]
    pub fn centred(self) -> Self {
        Self {
            align: Align::Center,
            ..self
        }
    }

    /// Is shaded, as weekends and holidays are.
    #[must_use]
    pub fn shaded_if(self, shaded: bool) -> Self {
        Self { shaded, ..self }
    }

    /// Is set smaller.
    #[must_use]
    pub fn as_note(self) -> Self {
        Self {
            role: Role::Note,
            ..self
        }
    }

    /// The words of the cell, all of them.
    pub fn words(&self) -> String {
        match &self.content {
            Content::Text { text } | Content::Figure { text, .. } => text.clone(),
            Content::Signature(signature) => format!("{}{}", signature.statement, signature.signer),
        }
    }
}

impl Block {
    /// A paragraph that begins at the left.
    pub fn paragraph(text: impl Into<String>, role: Role) -> Self {
        Self::Paragraph {
            text: text.into(),
            role,
            align: Align::Start,
        }
    }
}

impl Table {
    /// A table whose first `header_rows` rows come again on every page.
    pub fn new(columns: &[u16], header_rows: usize, rows: Vec<Row>) -> Self {
        Self {
            columns: columns.to_vec(),
            header_rows,
            rows,
        }
    }
}

impl From<Vec<Cell>> for Row {
    fn from(cells: Vec<Cell>) -> Self {
        Self { cells }
    }
}

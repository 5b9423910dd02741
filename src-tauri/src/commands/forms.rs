//! The papers of the posting: looked at, written to files, and the summary's draft.

use super::export::{shown, write};
use super::review::nothing_shown;
use super::templates;
use super::view::{assessment_of, days_in_all_of, scheme_of};
use crate::app::App;
use crate::desk::{Ask, Desk};
use crate::files;
use crate::refusal::bad_request;
use crate::views::{
    CommandError, ExportedForms, FormFormat, FormKind, FormLayout, FormOptions, FormPages, FormState,
    LeftOutForm,
};
use std::collections::BTreeSet;
use xiaxiangzhi_core::assess::{Assessment, default_as_of, half_days};
use xiaxiangzhi_core::calendar::Calendar;
use xiaxiangzhi_core::drafting::{self, DraftedPassage};
use xiaxiangzhi_core::posting::{DaysInAll, Records};
use xiaxiangzhi_core::scheme::Scheme;
use xiaxiangzhi_forms::{
    self as papers, FileType, Form, Ground, Head, Layout, MissingGlyph, Options, docx, file_name,
    missing_glyphs, paper, pdf, svg_pages, together, uncommon_characters, xlsx,
};

/// The posting that is open, with its verdict as of today.
pub(super) struct Posting {
    records: Records,
    scheme: Scheme,
    assessment: Assessment,
    head: Head,
    days_in_all: Option<DaysInAll>,
}

impl Posting {
    pub(super) fn open(app: &App) -> Result<Self, CommandError> {
        let (store, log_id) = app.posting()?;
        let folded = store.folded(log_id)?;
        let records = Records::from_value(folded.document)?;
        let as_of = default_as_of(&records, app.clock().today());
        Ok(Self {
            scheme: scheme_of(&records)?,
            assessment: assessment_of(&records, as_of)?,
            days_in_all: days_in_all_of(&store, &records, as_of),
            records,
            head: Head {
                code: folded.head_code,
                n: folded.n,
            },
        })
    }

    /// The posting of the review file that is shown, with its verdict as of the file's own date: what a supervisor signs.
    pub(super) fn reviewed(app: &App) -> Result<Self, CommandError> {
        let reviewed = app.reviewed().ok_or_else(nothing_shown)?;
        let file = &reviewed.file;
        let records = Records::from_value(file.document())?;
        // A verified manifest holds an existing date.
        let as_of = file.manifest.as_of.parse().map_err(bad_request)?;
        let head = file.head();
        Ok(Self {
            scheme: scheme_of(&records)?,
            assessment: assessment_of(&records, as_of)?,
            // Other postings of a physician are not kept here.
            days_in_all: None,
            records,
            head: Head {
                code: head.code(),
                n: head.n,
            },
        })
    }

    pub(super) fn ground(&self) -> Result<Ground<'_>, CommandError> {
        let (records, scheme, assessment) = (&self.records, &self.scheme, &self.assessment);
        let head = Some(&self.head);
        Ok(
            Ground::new(records, scheme, assessment, Calendar::built_in(), head)?
                .with_days_in_all(self.days_in_all),
        )
    }
}

pub(super) fn form_preview(
    posting: &Posting,
    kind: FormKind,
    options: FormOptions,
) -> Result<FormPages, CommandError> {
    let form = paper(kind.into(), &posting.ground()?, options.into())?;
    let missing = missing_glyphs(&form);
    // A page with a blank where a name belongs would be signed unseen: the characters are named instead.
    let pages = if missing.is_empty() {
        svg_pages(&form)?
    } else {
        Vec::new()
    };
    Ok(FormPages {
        pages,
        missing_glyphs: each_once(missing),
    })
}

fn each_once(glyphs: Vec<MissingGlyph>) -> Vec<String> {
    let characters: BTreeSet<char> = glyphs.into_iter().map(|glyph| glyph.character).collect();
    characters.into_iter().map(String::from).collect()
}

pub(super) fn states(posting: &Posting) -> Result<Vec<FormState>, CommandError> {
    let ground = posting.ground()?;
    let states = FormKind::ALL.into_iter().map(|form| {
        let kind = papers::FormKind::from(form);
        let uncommon = paper(kind, &ground, Options::default()).map(|form| uncommon_characters(&form));
        FormState {
            form,
            name: kind.name().to_owned(),
            has_layouts: kind.has_layouts(),
            left_out: papers::left_out(kind, &ground).map(|why| CommandError::from(why).what),
            uncommon: each_once(uncommon.unwrap_or_default()),
        }
    });
    Ok(states.collect())
}

pub(super) fn draft_summary(app: &App) -> Result<Vec<DraftedPassage>, CommandError> {
    let Posting {
        records,
        scheme,
        assessment,
        ..
    } = Posting::open(app)?;
    let days = half_days(&scheme, &records, Calendar::built_in(), assessment.as_of)?;
    Ok(drafting::draft(&records, &assessment, &days))
}

/// All files are made before anybody is asked where to: a form that cannot be made leaves nothing half done. A form that
/// the records do not allow is left out and said so, unless it was the only one.
pub(super) fn export_forms(
    app: &App,
    desk: &dyn Desk,
    posting: &Posting,
    forms: &[FormKind],
    formats: &[FormFormat],
    options: FormOptions,
) -> Result<Option<ExportedForms>, CommandError> {
    let ground = posting.ground()?;
    let mut wanted = Vec::new();
    let mut left_out = Vec::new();
    for kind in forms {
        match paper((*kind).into(), &ground, options.into()) {
            Ok(form) => wanted.push((*kind, form)),
            Err(why) if why.is_of_the_records() && forms.len() > 1 => left_out.push(LeftOutForm {
                form: *kind,
                why: CommandError::from(why).what,
            }),
            Err(why) => return Err(why.into()),
        }
    }
    let wanted: Vec<_> = wanted
        .iter()
        .flat_map(|(kind, form)| formats.iter().map(move |format| (*kind, form, *format)))
        .collect();
    let made: Vec<_> = together(&wanted, |(kind, form, format)| {
        file(app, &ground, *kind, form, *format)
    })
    .into_iter()
    .collect::<Result<_, _>>()?;
    let language = app.settings().language;
    let paths = match made.as_slice() {
        [] => return Err(bad_request("nothing to export")),
        [(name, extension, bytes)] => {
            let Some(path) = desk.save_file(&Ask {
                title: language.pick("导出表格", "Export the form").to_owned(),
                file_name: name.clone(),
                kind: extension.to_uppercase(),
                extension,
            }) else {
                return Ok(None);
            };
            let path = files::with_extension(path, extension);
            write(&path, bytes)?;
            vec![path]
        }
        several => {
            let title = language.pick("选一个文件夹，放导出的表格", "Choose a folder for the forms");
            let Some(folder) = desk.choose_folder(title) else {
                return Ok(None);
            };
            let mut paths = Vec::new();
            for (name, _, bytes) in several {
                // Nobody was asked about these names, so nothing is replaced.
                let path = files::free(folder.join(name));
                write(&path, bytes)?;
                paths.push(path);
            }
            paths
        }
    };
    Ok(Some(ExportedForms {
        paths: paths.iter().map(|path| shown(path)).collect(),
        left_out,
    }))
}

/// One form as a file; as a document on the hospital's own form where the scheme has one.
fn file(
    app: &App,
    ground: &Ground<'_>,
    kind: FormKind,
    form: &Form,
    format: FormFormat,
) -> Result<(String, &'static str, Vec<u8>), CommandError> {
    let (file_type, bytes) = match format {
        FormFormat::Pdf => (FileType::Pdf, pdf(form)?),
        FormFormat::Docx => match templates::filled(app, kind, ground)? {
            Some(own) => (FileType::Docx, own),
            None => (FileType::Docx, docx(form)?),
        },
        FormFormat::Xlsx => (FileType::Xlsx, xlsx(form)?),
    };
    Ok((file_name(form, file_type), file_type.extension(), bytes))
}

impl FormKind {
    /// All of them, in the order in which an office files them.
    pub(super) const ALL: [Self; 10] = [
        Self::Sheet,
        Self::Attendance,
        Self::Appraisal,
        Self::Summary,
        Self::Daily,
        Self::Lectures,
        Self::Rounds,
        Self::Leave,
        Self::Activities,
        Self::Diary,
    ];
}

impl From<FormKind> for papers::FormKind {
    fn from(kind: FormKind) -> Self {
        match kind {
            FormKind::Sheet => Self::TaskAssessmentSheet,
            FormKind::Attendance => Self::MonthlyAttendanceSheet,
            FormKind::Appraisal => Self::ServiceAppraisalForm,
            FormKind::Summary => Self::PostingSummary,
            FormKind::Daily => Self::DailyLog,
            FormKind::Lectures => Self::LectureRecords,
            FormKind::Rounds => Self::RoundRecords,
            FormKind::Leave => Self::LeaveSlips,
            FormKind::Activities => Self::ActivityRecords,
            FormKind::Diary => Self::SupportDiary,
        }
    }
}

impl From<FormOptions> for Options {
    fn from(options: FormOptions) -> Self {
        Self {
            month: options.month,
            blank: options.blank,
            layout: match options.layout {
                FormLayout::Usual => Layout::Usual,
                FormLayout::Table => Layout::Table,
                FormLayout::OneAPage => Layout::OneAPage,
            },
        }
    }
}

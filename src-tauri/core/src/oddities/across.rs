//! Many files looked at together.

use super::facts::{Facts, Lecture, Photo, kind_said};
use super::sketch::BANDS;
use super::words::{Said, both};
use super::{Oddity, OddityCode, OddityRule, OtherFile, activity_record, day_record};
use crate::language::Label;
use chrono::{Datelike, NaiveDate};
use std::collections::BTreeSet;

/// Of those that are alike, so many neighbours are compared: enough to find one to name, and a thousand copies of one text
/// take no longer than a thousand times that.
const NEIGHBOURS: usize = 32;

/// Collects files and finds what is odd between them.
#[derive(Debug)]
pub struct Across<Id> {
    rule: OddityRule,
    files: Vec<(Id, Facts)>,
}

impl<Id: Clone> Across<Id> {
    /// None so far; from where on something is worth a question is the office's to say, not each file's.
    pub fn new(rule: &OddityRule) -> Self {
        Self {
            rule: rule.clone(),
            files: Vec::new(),
        }
    }

    /// Takes a file in, by whatever the caller calls it. Of two files of one log nothing is asked between them.
    pub fn add(&mut self, id: Id, facts: Facts) {
        self.files.push((id, facts));
    }

    /// What is odd: in the order in which the files were taken in, each oddity once for each of the two files it is about. Of
    /// several others that would do, one is named.
    pub fn finish(self) -> Vec<(Id, Oddity)> {
        let files: Vec<&Facts> = self.files.iter().map(|(_, facts)| facts).collect();
        let mut found = Vec::new();
        if self.rule.two_places {
            two_places(&files, &mut found);
        }
        if self.rule.same_photo {
            same_photos(&files, &mut found);
        }
        if self.rule.same_text_percent > 0 {
            same_texts(&files, self.rule.same_text_percent, &mut found);
        }
        found.sort_by(|(one, a), (two, b)| (one, a.code, &a.dates).cmp(&(two, b.code, &b.dates)));
        let named = |(file, oddity): (usize, Oddity)| Some((self.files.get(file)?.0.clone(), oddity));
        found.into_iter().filter_map(named).collect()
    }
}

type Found = Vec<(usize, Oddity)>;

fn other(facts: &Facts, record: Option<(uuid::Uuid, NaiveDate)>) -> OtherFile {
    OtherFile {
        log_id: facts.log,
        physician: facts.physician.as_deref().map(str::to_owned),
        recipient_unit: facts.recipient_unit.as_deref().map(str::to_owned),
        record: record.map(|(id, _)| activity_record(id)),
        date: record.map(|(_, date)| date),
    }
}

fn who(facts: &Facts) -> Label {
    match &facts.physician {
        Some(name) => both(&**name, &**name),
        None => both("另一位医师", "another physician"),
    }
}

fn said(facts: &Facts) -> Said {
    Said {
        year: facts.start.year(),
    }
}

/// One person in two places. Whoever comes for the day may be posted to several: only the same half-day at both is odd then.
fn two_places(files: &[&Facts], found: &mut Found) {
    let mut of_persons: Vec<_> = files
        .iter()
        .enumerate()
        .flat_map(|(file, facts)| {
            facts
                .persons
                .iter()
                .map(move |person| (*person, facts.start, file))
        })
        .collect();
    of_persons.sort_unstable();
    let mut seen: BTreeSet<(usize, usize)> = BTreeSet::new();
    for (at, (person, _, one)) in of_persons.iter().enumerate() {
        let later = of_persons[at + 1..].iter().take(NEIGHBOURS);
        let same = later.take_while(|(other, start, _)| other == person && *start <= files[*one].end);
        for (.., two) in same {
            let (first, second) = (files[*one], files[*two]);
            if first.log == second.log || !seen.insert((*one.min(two), *one.max(two))) {
                continue;
            }
            let (dates, half_days) = first.both_present(second);
            if dates.is_empty() && (first.comes_for_the_day || second.comes_for_the_day) {
                continue;
            }
            for (file, facts, with) in [(*one, first, second), (*two, second, first)] {
                found.push((file, in_two_places(facts, with, &dates, half_days)));
            }
        }
    }
}

fn in_two_places(facts: &Facts, with: &Facts, dates: &[NaiveDate], half_days: usize) -> Oddity {
    let (from, to) = (facts.start.max(with.start), facts.end.min(with.end));
    let span = said(facts).span(from, to);
    let unit = |facts: &Facts| {
        let unit = facts.recipient_unit.as_deref();
        both(unit.unwrap_or("一处"), unit.unwrap_or("one place"))
    };
    let same_unit = facts.recipient_unit.is_some() && facts.recipient_unit == with.recipient_unit;
    let question = if same_unit {
        both(
            format!("{} 在{}有两份派驻记录。以哪一份为准？", span.zh, unit(facts).zh),
            format!(
                "{}: two postings to {} are on record. Which of them holds?",
                span.en,
                unit(facts).en
            ),
        )
    } else if half_days > 0 {
        both(
            format!(
                "{} 同时派驻{}和{}，有 {half_days} 个半天两处都记了出勤。这些天在哪里？",
                span.zh,
                unit(facts).zh,
                unit(with).zh
            ),
            format!(
                "{}: posted to {} and to {} at a time, present at both on {half_days} half-days. Where were these days spent?",
                span.en,
                unit(facts).en,
                unit(with).en
            ),
        )
    } else {
        both(
            format!(
                "{} 同时派驻{}和{}。这段时间在哪里？",
                span.zh,
                unit(facts).zh,
                unit(with).zh
            ),
            format!(
                "{}: posted to {} and to {} at a time. Where was this time spent?",
                span.en,
                unit(facts).en,
                unit(with).en
            ),
        )
    };
    let all = if dates.is_empty() {
        vec![from, to]
    } else {
        dates.to_vec()
    };
    Oddity {
        records: dates.iter().map(|date| day_record(*date)).collect(),
        other: Some(other(with, None)),
        ..Oddity::new(OddityCode::TwoPlaces, all, question)
    }
}

fn same_photos(files: &[&Facts], found: &mut Found) {
    let mut photos: Vec<(&Photo, usize)> = files
        .iter()
        .enumerate()
        .flat_map(|(file, facts)| facts.photos.iter().map(move |photo| (photo, file)))
        .collect();
    photos.sort_unstable_by_key(|(photo, file)| (photo.mark, *file, photo.date, photo.id));
    for shown in photos.chunk_by(|(one, _), (two, _)| one.mark == two.mark) {
        for of_file in shown.chunk_by(|(_, one), (_, two)| one == two) {
            let [(photo, file), ..] = of_file else { continue };
            let facts = files[*file];
            let elsewhere = shown.iter().find(|(_, other)| files[*other].log != facts.log);
            let Some((twin, with)) = elsewhere.map(|(twin, with)| (*twin, files[*with])) else {
                continue;
            };
            let (own, theirs, who) = (
                said(facts).label(photo.date),
                said(facts).label(twin.date),
                who(with),
            );
            let question = both(
                format!(
                    "{} 的照片与{} {} 的是同一张。是一起办的活动吗？",
                    own.zh, who.zh, theirs.zh
                ),
                format!(
                    "The photo of {} is the same as that of {} of {}. Was it one event of both?",
                    own.en, who.en, theirs.en
                ),
            );
            let oddity = Oddity {
                records: of_file
                    .iter()
                    .map(|(photo, _)| activity_record(photo.id))
                    .collect(),
                other: Some(other(with, Some((twin.id, twin.date)))),
                ..Oddity::new(
                    OddityCode::SamePhoto,
                    of_file.iter().map(|(photo, _)| photo.date).collect(),
                    question,
                )
            };
            found.push((*file, oddity));
        }
    }
}

/// A text in a file: the file's place, the lecture.
type Text<'a> = (usize, &'a Lecture);

fn same_texts(files: &[&Facts], percent: u32, found: &mut Found) {
    let texts: Vec<Text<'_>> = files
        .iter()
        .enumerate()
        .flat_map(|(file, facts)| facts.lectures.iter().map(move |lecture| (file, lecture)))
        .collect();
    // The other text that is most alike to each, so far.
    let mut twins: Vec<Option<(u32, usize)>> = vec![None; texts.len()];
    let mut order: Vec<usize> = (0..texts.len()).collect();
    for band in 0..BANDS {
        order.sort_unstable_by_key(|text| (texts[*text].1.sketch.band(band), texts[*text].1.sketch, *text));
        let in_band = |text: &usize| texts[*text].1.sketch.band(band);
        for bucket in order.chunk_by(|one, two| in_band(one) == in_band(two)) {
            for (at, one) in bucket.iter().enumerate() {
                for two in bucket[at + 1..].iter().take(NEIGHBOURS) {
                    compare(files, &texts, percent, (*one, *two), &mut twins);
                }
            }
        }
    }
    for ((file, lecture), twin) in texts.iter().zip(&twins) {
        if let Some((alike, with)) = twin {
            found.push((*file, same_text(files, (*file, lecture), texts[*with], *alike)));
        }
    }
}

fn compare(
    files: &[&Facts],
    texts: &[Text<'_>],
    percent: u32,
    (one, two): (usize, usize),
    twins: &mut [Option<(u32, usize)>],
) {
    let (first, second) = (files[texts[one].0], files[texts[two].0]);
    // One's own lecture may be given again at the next place.
    if first.log == second.log || first.same_person(second) {
        return;
    }
    let alike = texts[one].1.sketch.alike(&texts[two].1.sketch);
    if alike < percent {
        return;
    }
    for (text, with) in [(one, two), (two, one)] {
        let closer = twins[text].is_none_or(|(so_far, twin)| {
            let date = |text: usize| texts[text].1.date;
            (alike, date(twin)) > (so_far, date(with))
        });
        if closer {
            twins[text] = Some((alike, with));
        }
    }
}

fn same_text(files: &[&Facts], (file, lecture): Text<'_>, (with, twin): Text<'_>, alike: u32) -> Oddity {
    let (facts, with) = (files[file], files[with]);
    let (own, theirs, who) = (
        said(facts).label(lecture.date),
        said(facts).label(twin.date),
        who(with),
    );
    let (kind_zh, kind_en) = kind_said(lecture.kind);
    let (title_zh, title_en) = match &*lecture.title {
        "" => (format!("的{kind_zh}"), String::new()),
        title => (format!("「{title}」"), format!(" “{title}”")),
    };
    let (same_zh, same_en) = if alike == 100 {
        ("相同", "the same text as")
    } else {
        ("大半相同", "mostly the same text as")
    };
    let question = both(
        format!(
            "{}{title_zh}与{} {} 的{kind_zh}记录文字{same_zh}。是两人合讲吗？",
            own.zh, who.zh, theirs.zh
        ),
        format!(
            "{kind_en}{title_en} of {} has {same_en} that of {} of {}. Was it given by both together?",
            own.en, who.en, theirs.en
        ),
    );
    Oddity {
        records: vec![activity_record(lecture.id)],
        other: Some(other(with, Some((twin.id, twin.date)))),
        ..Oddity::new(OddityCode::SameText, vec![lecture.date], question)
    }
}

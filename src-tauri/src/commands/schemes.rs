//! Assessment schemes: those that came with the program and the hospital's own, changed, tried, passed on as files.

use super::changes;
use super::templates::{copy_templates, refuse_where_only_read};
use super::trial_sample::just_enough;
use super::view::{assessment_by, posting_view, scheme_of};
use crate::app::App;
use crate::refusal::{bad_request, label, refusal};
use crate::settings::Settings;
use crate::views::{
    CommandError, FaultView, KnownScheme, KnownSchemes, PostingView, SchemeFault, SchemeTrial, SideBySide,
    UsualMark,
};
use serde_json::{Value, json};
use xiaxiangzhi_core::assess::default_as_of;
use xiaxiangzhi_core::language::{Label, Language};
use xiaxiangzhi_core::log::{Change, Entity};
use xiaxiangzhi_core::posting::Records;
use xiaxiangzhi_core::scheme::{Scheme, SchemeError, built_in, built_in_ids, marks};
use xiaxiangzhi_store::{Store, new_id};

/// The least characters that can say why a running posting is judged by another scheme.
const LEAST_REASON: usize = 4;

/// What keys of a hospital's own schemes end with.
const OWN: &str = "own";

pub(super) fn schemes(app: &App) -> KnownSchemes {
    let came_along = built_in_ids().into_iter().filter_map(built_in);
    let usual = built_in_ids().into_iter().find_map(built_in).map(|scheme| {
        let mut plain = scheme.clone();
        plain.attendance.symbols.clear();
        let mark = |mark: xiaxiangzhi_core::scheme::Mark| UsualMark {
            key: mark.key.to_owned(),
            symbol: mark.symbol,
        };
        marks(&plain).into_iter().map(mark).collect()
    });
    let known = |built_in| move |scheme| KnownScheme { scheme, built_in };
    // The built-in ones are there even where the records cannot be opened.
    let own = app.store().map(|store| own_schemes(&store)).unwrap_or_default();
    KnownSchemes {
        schemes: came_along
            .cloned()
            .map(known(true))
            .chain(own.into_iter().map(known(false)))
            .collect(),
        usual_marks: usual.unwrap_or_default(),
    }
}

/// The hospital's own schemes, the newest version of each, by id.
fn own_schemes(store: &Store) -> Vec<Scheme> {
    let mut newest: Vec<Scheme> = Vec::new();
    for scheme in Settings::schemes(store) {
        match newest.iter_mut().find(|known| known.id == scheme.id) {
            Some(known) if known.version < scheme.version => *known = scheme,
            Some(_) => {}
            None => newest.push(scheme),
        }
    }
    newest
}

/// The scheme of an id, in its newest version.
pub(super) fn known_scheme(app: &App, id: &str) -> Result<Scheme, CommandError> {
    let own = || {
        let store = app.store().ok()?;
        own_schemes(&store).into_iter().find(|scheme| scheme.id == id)
    };
    built_in(id)
        .cloned()
        .or_else(own)
        .ok_or_else(|| unknown_scheme(id))
}

pub(super) fn unknown_scheme(id: &str) -> CommandError {
    refusal(
        "unknown_scheme",
        label(
            format!("没有名为“{id}”的考核方案。"),
            format!("There is no scheme “{id}”."),
        ),
        label("换一个考核方案。", "Choose another scheme."),
    )
}

/// Everything that cannot stand in a scheme that is being changed.
pub(super) fn check(scheme: Value) -> Vec<SchemeFault> {
    let faults = Scheme::examined(scheme).err().unwrap_or_default();
    faults
        .iter()
        .map(|fault| SchemeFault {
            place: fault.place().to_owned(),
            what: said(fault),
        })
        .collect()
}

/// Keeps a changed scheme: the next version of a hospital's own one, or the first of a copy where it came with the program.
pub(super) fn keep(app: &App, scheme: Value) -> Result<Scheme, CommandError> {
    let mut scheme = examined(scheme)?;
    let store = app.store()?;
    refuse_where_only_read(app)?;
    let kept = Settings::schemes(&store);
    let versions = |id: &str| {
        let of_id = kept.iter().filter(|known| known.id == id);
        of_id.map(|known| known.version).max()
    };
    let before = scheme.id.clone();
    if built_in(&before).is_some() {
        scheme.id = free_id(&before, |id| versions(id).is_none() && built_in(id).is_none());
        scheme.version = 1;
    } else {
        // One that only a posting brought along is followed by the next.
        scheme.version = versions(&before).unwrap_or(0).max(scheme.version) + 1;
    }
    let same_title = |known: &Scheme| known.id != scheme.id && known.title.zh == scheme.title.zh;
    if schemes(app).schemes.iter().any(|known| same_title(&known.scheme)) {
        return Err(placed(
            "scheme_title_taken",
            label(
                format!("已经有叫“{}”的方案了。", scheme.title.zh),
                format!("There is a scheme called “{}” already.", scheme.title.en),
            ),
            label("换一个名称再启用。", "Give it another title, then put it to use."),
            vec![(
                "/title",
                label("名称和别的方案相同", "Another scheme has this title"),
            )],
        ));
    }
    Settings::keep_scheme(&store, &scheme)?;
    copy_templates(&store, &before, &scheme.id)?;
    Ok(scheme)
}

/// The first id that no scheme has.
fn free_id(of: &str, is_free: impl Fn(&str) -> bool) -> String {
    let mut id = format!("{of}_{OWN}");
    let mut number = 2_u32;
    while !is_free(&id) {
        id = format!("{of}_{OWN}_{number}");
        number += 1;
    }
    id
}

pub(super) fn examined(scheme: Value) -> Result<Scheme, CommandError> {
    Scheme::examined(scheme).map_err(|faults| {
        placed(
            "invalid_scheme",
            label(
                format!("方案里有 {} 处不行，还不能用。", faults.len()),
                format!("{} places in the scheme cannot stand yet.", faults.len()),
            ),
            label("改好标出的地方。", "Correct what is marked."),
            faults.iter().map(|fault| (fault.place(), said(fault))).collect(),
        )
    })
}

pub(super) fn said(fault: &SchemeError) -> Label {
    label(
        fault.describe(Language::Chinese),
        fault.describe(Language::English),
    )
}

pub(super) fn placed(code: &str, what: Label, next: Label, faults: Vec<(&str, Label)>) -> CommandError {
    CommandError {
        faults: faults
            .into_iter()
            .map(|(place, what)| FaultView {
                entity: None,
                key: None,
                field: place.to_owned(),
                what,
            })
            .collect(),
        ..refusal(code, what, next)
    }
}

/// What a change would do to a posting that just meets the former scheme, and to the one that is open.
pub(super) fn try_out(app: &App, before: Value, after: Value) -> Result<SchemeTrial, CommandError> {
    let (before, after) = (examined(before)?, examined(after)?);
    let open = app
        .posting()
        .ok()
        .map(|(store, log_id)| store.folded(log_id))
        .transpose()?;
    let open = open
        .map(|folded| Records::from_value(folded.document))
        .transpose()?;
    let side_by_side = |records: &Records, as_of| {
        Ok::<_, CommandError>(SideBySide {
            start: records.posting.start,
            end: records.posting.end,
            before: assessment_by(&before, records, as_of)?,
            after: assessment_by(&after, records, as_of)?,
        })
    };
    let sample = just_enough(&before)?;
    let over = sample.posting.end.succ_opt().unwrap_or(sample.posting.end);
    let today = app.clock().today();
    Ok(SchemeTrial {
        sample: side_by_side(&sample, over)?,
        posting: open
            .map(|records| side_by_side(&records, default_as_of(&records, today)))
            .transpose()?,
    })
}

/// Judges the running posting by another scheme from now on. The log keeps the reason, and the one before.
pub(super) fn move_to(app: &App, id: &str, version: u32, reason: &str) -> Result<PostingView, CommandError> {
    let (store, log_id) = app.posting()?;
    let reason = reason.trim();
    if reason.chars().count() < LEAST_REASON {
        return Err(placed(
            "reason_needed",
            label(
                "还没有写换方案的原因。",
                "It does not say yet why the scheme is changed.",
            ),
            label(
                "写几个字，例如「医务部 3月1日通知改版」。",
                "Write a few words, such as “notice of the office, 1 March”.",
            ),
            vec![("/reason", label("至少 4 个字", "At least 4 characters"))],
        ));
    }
    let scheme = built_in(id)
        .filter(|scheme| scheme.version == version)
        .cloned()
        .or_else(|| {
            let mut kept = Settings::schemes(&store).into_iter();
            kept.find(|known| known.id == id && known.version == version)
        })
        .ok_or_else(|| unknown_scheme(id))?;
    let document = store.folded(log_id)?.document;
    if scheme_of(&Records::from_value(document.clone())?)? == scheme {
        return Err(refusal(
            "already_judged_by_it",
            label(
                "派驻已经按这一版考核。",
                "The posting is judged by this version already.",
            ),
            label("不用再换。", "There is nothing to change."),
        ));
    }
    let now = app.clock().now();
    let mut value = serde_json::to_value(&scheme).map_err(bad_request)?;
    value["reason"] = json!(reason);
    let mut posting = document["posting"].clone();
    let other = posting["scheme"] != json!(id);
    let batch = if other { Some(new_id(now)?) } else { None };
    let mut sets = vec![(Entity::Scheme, value)];
    if other {
        posting["scheme"] = json!(id);
        sets.push((Entity::Posting, posting));
    }
    let changes = sets.into_iter().map(|(entity, value)| {
        Ok(Change {
            event_id: new_id(now)?,
            entity,
            key: String::new(),
            value: Some(value),
            batch,
        })
    });
    changes::enter(&store, log_id, changes.collect::<Result<_, CommandError>>()?, now)?;
    posting_view(app, &store, log_id)
}

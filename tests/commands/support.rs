//! A clinic PC: a data folder, a clock, and somebody who answers dialogs.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicU64, Ordering};
use tempfile::TempDir;
use xiaxiangzhi::{App, Ask, Clock, Desk, call};

/// Thursday, 2026-03-19, 17:32:08 in China.
pub(crate) const NOW: &str = "2026-03-19T09:32:08Z";

#[derive(Default)]
pub(crate) struct Answers {
    pub(crate) path: Mutex<Option<PathBuf>>,
    pub(crate) asked: Mutex<Vec<String>>,
}

impl Answers {
    fn answer(&self, asked: &str) -> Option<PathBuf> {
        self.asked.lock().unwrap().push(asked.to_owned());
        self.path.lock().unwrap().clone()
    }
}

impl Desk for Answers {
    fn save_file(&self, ask: &Ask) -> Option<PathBuf> {
        self.answer(&ask.file_name)
    }
    fn choose_folder(&self, title: &str) -> Option<PathBuf> {
        self.answer(title)
    }
    fn open_file(&self, ask: &Ask) -> Option<PathBuf> {
        self.answer(&ask.title)
    }
    fn print(&self) -> bool {
        self.answer("print").is_some()
    }
    fn show_window(&self) {}
    fn quit(&self) {
        self.asked.lock().unwrap().push("quit".to_owned());
    }
}

pub(crate) struct Clinic {
    pub(crate) folder: TempDir,
    pub(crate) app: App,
    pub(crate) desk: Answers,
}

/// No two changes of any clinic are the same event.
static IDS: AtomicU64 = AtomicU64::new(0);

impl Clinic {
    pub(crate) fn new() -> Self {
        Self::in_folder(TempDir::new().unwrap(), NOW)
    }

    pub(crate) fn in_folder(folder: TempDir, now: &str) -> Self {
        let app = App::open(&folder.path().join("data"), clock(now));
        Self {
            folder,
            app,
            desk: Answers::default(),
        }
    }

    /// With a posting of the first quarter of 2026.
    pub(crate) fn with_posting() -> Self {
        let clinic = Self::new();
        clinic.ok("create_posting", json!({"profile": profile()}));
        clinic
    }

    /// Closes the window and opens it again, at another time.
    pub(crate) fn restart(self, now: &str) -> Self {
        self.app.leave();
        let Self { folder, app, .. } = self;
        drop(app);
        Self::in_folder(folder, now)
    }

    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    pub(crate) fn answer(&self, path: &Path) {
        *self.desk.path.lock().unwrap() = Some(path.to_owned());
    }

    pub(crate) fn call(&self, name: &str, arguments: Value) -> Result<Value, Value> {
        call(&self.app, &self.desk, name, arguments).map_err(|refusal| serde_json::to_value(refusal).unwrap())
    }

    pub(crate) fn ok(&self, name: &str, arguments: Value) -> Value {
        self.call(name, arguments)
            .unwrap_or_else(|refusal| panic!("{name} was refused: {refusal:#}"))
    }

    pub(crate) fn refused(&self, name: &str, arguments: Value) -> Value {
        match self.call(name, arguments) {
            Err(refusal) => refusal,
            Ok(answer) => panic!("{name} was not refused: {answer:#}"),
        }
    }

    #[expect(clippy::unused_self, reason = "asked of a clinic like everything else")]
    pub(crate) fn id(&mut self) -> String {
        let number = u128::from(IDS.fetch_add(1, Ordering::Relaxed));
        uuid::Uuid::from_u128(0x0199_0000_0000_7000_8000_0000_0000_0000 + number).to_string()
    }

    pub(crate) fn change(&mut self, entity: &str, key: &str, value: Value) -> Value {
        json!({"event_id": self.id(), "entity": entity, "key": key, "value": value})
    }

    pub(crate) fn save(&mut self, entity: &str, key: &str, value: Value) -> Value {
        let change = self.change(entity, key, value);
        self.ok("save", json!({"changes": [change]}))
    }

    pub(crate) fn day(&mut self, date: &str, visits: u32) -> Value {
        self.save(
            "day",
            date,
            json!({"date": date, "morning": "present", "afternoon": "present", "note": "内科门诊",
                   "tallies": {"outpatient_visits": visits}}),
        )
    }

    pub(crate) fn activity(&mut self, kind: &str, date: &str) -> Value {
        let id = self.id();
        self.save(
            "activity",
            &id,
            json!({"id": id, "kind": kind, "date": date, "title": "高血压分级管理"}),
        )
    }
}

pub(crate) fn clock(now: &str) -> Clock {
    let now: DateTime<Utc> = xiaxiangzhi_core::log::parse_instant(now).unwrap();
    Clock::fixed(now)
}

pub(crate) fn profile() -> Value {
    json!({
        "physician": {"name": "李晓梅", "sex": "female", "birth_date": "1986-05-14", "education": "硕士",
                      "specialty": "心血管内科", "title": "主治医师", "licence_number": null,
                      "promotion_target": "副主任医师"},
        "supporting_hospital": "市第一人民医院", "home_department": "心内科",
        "recipient_unit": "河口镇中心卫生院", "county_health_authority": null, "station": "resident",
        "start": "2026-01-05", "end": "2026-04-05", "scheme": "rotation_3m"
    })
}

/// The requirement of an assessment.
pub(crate) fn requirement<'a>(assessment: &'a Value, id: &str) -> &'a Value {
    assessment["requirements"]
        .as_array()
        .unwrap()
        .iter()
        .find(|requirement| requirement["id"] == id)
        .unwrap()
}

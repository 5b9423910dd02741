//! Settings, kept with the data so that a backup or a move carries them.

use crate::kept_plan::KeptPlan;
use crate::refusal::{label, refusal};
use crate::views::{BackupTrouble, CommandError, OfficeProfile, RecentFile, Role, SettingsChange, Theme};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use uuid::Uuid;
use xiaxiangzhi_core::language::Language;
use xiaxiangzhi_core::posting::CalendarOverride;
use xiaxiangzhi_core::roster::RosterEntry;
use xiaxiangzhi_core::scheme::Scheme;
use xiaxiangzhi_store::{Store, StoreError};

/// The least and the most type size, in per cent.
const TYPE_SIZES: std::ops::RangeInclusive<u32> = 100..=200;

/// How many of the files opened lately are remembered.
const MOST_RECENT: usize = 8;

/// How the names of the hospital's own schemes begin; id and version follow.
const SCHEMES: &str = "scheme/";

/// What the settings are.
#[derive(Debug, Clone)]
pub(crate) struct Settings {
    pub(crate) role: Option<Role>,
    pub(crate) language: Language,
    pub(crate) theme: Theme,
    pub(crate) type_size: u32,
    pub(crate) office: OfficeProfile,
}

/// A document of the hospital's own, as it was loaded.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub(crate) struct KeptTemplate {
    /// The name of its file.
    pub(crate) name: String,
    /// Its bytes: settings are texts.
    base64: String,
}

impl KeptTemplate {
    pub(crate) fn new(name: String, bytes: &[u8]) -> Self {
        Self {
            name,
            base64: STANDARD.encode(bytes),
        }
    }

    /// The file as it was loaded.
    pub(crate) fn bytes(&self) -> Option<Vec<u8>> {
        STANDARD.decode(&self.base64).ok()
    }
}

fn template_key(scheme: &str, form: &str) -> String {
    format!("template/{scheme}/{form}")
}

fn known_questions_key(log_id: Uuid) -> String {
    format!("review/{log_id}/known_questions")
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            role: None,
            language: Language::Chinese,
            theme: Theme::System,
            type_size: *TYPE_SIZES.start(),
            office: OfficeProfile::default(),
        }
    }
}

impl Settings {
    /// Reads them; one that is missing or not understood is as if never set.
    pub(crate) fn read(store: &Store) -> Self {
        let default = Self::default();
        Self {
            role: get(store, "role"),
            language: get(store, "language").unwrap_or(default.language),
            theme: get(store, "theme").unwrap_or(default.theme),
            type_size: get(store, "type_size")
                .filter(|size| TYPE_SIZES.contains(size))
                .unwrap_or(default.type_size),
            office: get(store, "office").unwrap_or(default.office),
        }
    }

    /// The posting that was open last.
    pub(crate) fn current(store: &Store) -> Option<Uuid> {
        get(store, "current_posting")
    }

    pub(crate) fn remember_current(store: &Store, log_id: Uuid) -> Result<(), StoreError> {
        set(store, "current_posting", &log_id)
    }

    /// Who is sent when.
    pub(crate) fn roster(store: &Store) -> Vec<RosterEntry> {
        get(store, "roster").unwrap_or_default()
    }

    pub(crate) fn keep_roster(store: &Store, entries: &[RosterEntry]) -> Result<(), StoreError> {
        set(store, "roster", &entries)
    }

    /// The review files opened lately, the last one first.
    pub(crate) fn recent_files(store: &Store) -> Vec<RecentFile> {
        get(store, "recent_files").unwrap_or_default()
    }

    pub(crate) fn remember_file(store: &Store, file: RecentFile) -> Result<(), StoreError> {
        let mut files = Self::recent_files(store);
        files.retain(|other| other.path != file.path);
        files.insert(0, file);
        files.truncate(MOST_RECENT);
        set(store, "recent_files", &files)
    }

    /// What was fixed in a posting's plan. These are intentions, not records: no log and no review file holds them.
    pub(crate) fn plan(store: &Store, log_id: Uuid) -> KeptPlan {
        let kept = store.posting_setting(log_id, "plan").ok().flatten();
        let Some(json) = kept else {
            return KeptPlan::default();
        };
        // Before its steps could be taken back the dates stood alone.
        serde_json::from_str(&json)
            .unwrap_or_else(|_| KeptPlan::of(serde_json::from_str(&json).unwrap_or_default()))
    }

    pub(crate) fn keep_plan(store: &Store, log_id: Uuid, plan: &KeptPlan) -> Result<(), StoreError> {
        store.set_posting_setting(log_id, "plan", &json(plan)?)
    }

    /// The automatic backup that failed when the window closed, if one did.
    pub(crate) fn backup_trouble(store: &Store) -> Option<BackupTrouble> {
        get::<Option<BackupTrouble>>(store, "backup_trouble").flatten()
    }

    pub(crate) fn remember_backup_trouble(
        store: &Store,
        trouble: Option<&BackupTrouble>,
    ) -> Result<(), StoreError> {
        set(store, "backup_trouble", &trouble)
    }

    /// The hospital's own document for a form, kept with the scheme.
    pub(crate) fn template(store: &Store, scheme: &str, form: &str) -> Option<KeptTemplate> {
        get::<Option<KeptTemplate>>(store, &template_key(scheme, form)).flatten()
    }

    /// Keeps such a document in the place of the one before, or none.
    pub(crate) fn keep_template(
        store: &Store,
        scheme: &str,
        form: &str,
        template: Option<&KeptTemplate>,
    ) -> Result<(), StoreError> {
        set(store, &template_key(scheme, form), &template)
    }

    /// The holidays that an office gave, or will give with its file.
    pub(crate) fn office_calendar(store: &Store) -> Vec<CalendarOverride> {
        get(store, "office_calendar").unwrap_or_default()
    }

    pub(crate) fn keep_office_calendar(store: &Store, days: &[CalendarOverride]) -> Result<(), StoreError> {
        set(store, "office_calendar", &days)
    }

    /// The questions about a colleague's log that were taken note of.
    pub(crate) fn known_questions(store: &Store, log_id: Uuid) -> Vec<String> {
        get(store, &known_questions_key(log_id)).unwrap_or_default()
    }

    pub(crate) fn remember_known_questions(
        store: &Store,
        log_id: Uuid,
        questions: &[String],
    ) -> Result<(), StoreError> {
        set(store, &known_questions_key(log_id), &questions)
    }

    /// Every version of the hospital's own schemes, by id.
    pub(crate) fn schemes(store: &Store) -> Vec<Scheme> {
        let kept = store.settings_under(SCHEMES).unwrap_or_default().into_iter();
        kept.filter_map(|(_, json)| Scheme::from_json(&json).ok())
            .collect()
    }

    /// Keeps a version of a scheme beside those before it.
    pub(crate) fn keep_scheme(store: &Store, scheme: &Scheme) -> Result<(), StoreError> {
        set(
            store,
            &format!("{SCHEMES}{}/{}", scheme.id, scheme.version),
            scheme,
        )
    }

    /// With a change, not stored yet.
    pub(crate) fn with(mut self, change: &SettingsChange) -> Result<Self, CommandError> {
        if let Some(size) = change.type_size {
            if !TYPE_SIZES.contains(&size) {
                return Err(refusal(
                    "type_size_out_of_range",
                    label(
                        format!("字号 {size}% 不行。"),
                        format!("A type size of {size} % is not possible."),
                    ),
                    label("在 100% 到 200% 之间选。", "Choose between 100 % and 200 %."),
                ));
            }
            self.type_size = size;
        }
        self.role = change.role.or(self.role);
        self.language = change.language.unwrap_or(self.language);
        self.theme = change.theme.unwrap_or(self.theme);
        if let Some(office) = &change.office {
            self.office = office.clone();
        }
        Ok(self)
    }

    /// Stores what a change names.
    pub(crate) fn store(store: &Store, change: &SettingsChange) -> Result<(), StoreError> {
        if let Some(role) = change.role {
            set(store, "role", &role)?;
        }
        if let Some(language) = change.language {
            set(store, "language", &language)?;
        }
        if let Some(theme) = change.theme {
            set(store, "theme", &theme)?;
        }
        if let Some(size) = change.type_size {
            set(store, "type_size", &size)?;
        }
        if let Some(office) = &change.office {
            set(store, "office", office)?;
        }
        Ok(())
    }
}

fn get<T: DeserializeOwned>(store: &Store, key: &str) -> Option<T> {
    serde_json::from_str(&store.setting(key).ok().flatten()?).ok()
}

fn set<T: Serialize>(store: &Store, key: &str, value: &T) -> Result<(), StoreError> {
    store.set_setting(key, &json(value)?)
}

fn json<T: Serialize>(value: &T) -> Result<String, StoreError> {
    serde_json::to_string(value).map_err(|error| StoreError::Io {
        operation: "writing a setting",
        detail: error.to_string(),
    })
}

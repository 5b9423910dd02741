//! The catalogue of what can be counted: outpatient visits, operations, leaflets.

use crate::language::Language;

/// One thing that is counted, with the unit it is counted in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Tally {
    /// The name in JSON.
    pub key: &'static str,
    zh: &'static str,
    en: &'static str,
    unit_zh: &'static str,
    unit_en: &'static str,
}

impl Tally {
    /// The label on screens and forms.
    pub fn label(&self, language: Language) -> &'static str {
        language.pick(self.zh, self.en)
    }

    /// The unit: 人次, 例, 台, 次, 份.
    pub fn unit(&self, language: Language) -> &'static str {
        language.pick(self.unit_zh, self.unit_en)
    }
}

const fn tally(
    key: &'static str,
    zh: &'static str,
    unit_zh: &'static str,
    en: &'static str,
    unit_en: &'static str,
) -> Tally {
    Tally {
        key,
        zh,
        en,
        unit_zh,
        unit_en,
    }
}

/// Every built-in tally. A posting may add its own as `tally_items`.
pub const TALLIES: &[Tally] = &[
    tally("outpatient_visits", "门诊", "人次", "Outpatient visits", "visits"),
    tally("emergency_visits", "急诊", "人次", "Emergency visits", "visits"),
    tally("admissions", "收治住院", "人次", "Admissions", "patients"),
    tally(
        "ward_patients_seen",
        "查房诊视",
        "人次",
        "Ward patients seen",
        "patients",
    ),
    tally("operations", "手术", "台", "Operations", "operations"),
    tally("anaesthesias", "麻醉", "例", "Anaesthesias", "cases"),
    tally("consultations", "会诊", "例", "Consultations", "cases"),
    tally(
        "rescued_critical_patients",
        "抢救危重患者",
        "例",
        "Critical patients rescued",
        "patients",
    ),
    tally(
        "difficult_deliveries",
        "难产处理",
        "例",
        "Difficult deliveries",
        "cases",
    ),
    tally("referrals_up", "上转", "例", "Referrals up", "patients"),
    tally("referrals_down", "下转", "例", "Referrals down", "patients"),
    tally(
        "rehabilitation_treatments",
        "康复治疗",
        "人次",
        "Rehabilitation treatments",
        "treatments",
    ),
    tally(
        "health_education_audience",
        "健康教育听众",
        "人次",
        "Health education audience",
        "people",
    ),
    tally(
        "health_education_issues",
        "健康教育宣传栏",
        "期",
        "Health education issues",
        "issues",
    ),
    tally("leaflets", "发放宣传资料", "份", "Leaflets", "leaflets"),
    tally(
        "family_planning_guidance",
        "计划生育指导",
        "人次",
        "Family planning guidance",
        "people",
    ),
    tally("immunizations", "预防接种", "人次", "Immunizations", "people"),
    tally(
        "free_clinic_visits",
        "义诊",
        "人次",
        "Free clinic visits",
        "visits",
    ),
    tally(
        "hypertension_found",
        "检出高血压",
        "例",
        "Hypertension found",
        "cases",
    ),
    tally(
        "coronary_heart_disease_found",
        "检出冠心病",
        "例",
        "Coronary heart disease found",
        "cases",
    ),
    tally(
        "uterine_fibroids_found",
        "检出子宫肌瘤",
        "例",
        "Uterine fibroids found",
        "cases",
    ),
    tally(
        "health_records_created",
        "建立健康档案",
        "份",
        "Health records created",
        "records",
    ),
    tally("check_ups", "体检", "人次", "Check-ups", "people"),
    tally(
        "village_doctors_trained",
        "培训乡村医生",
        "人次",
        "Village doctors trained",
        "people",
    ),
    tally("trainees", "带教学员", "人", "Trainees", "people"),
    tally(
        "new_techniques",
        "开展新技术",
        "项",
        "New techniques",
        "techniques",
    ),
    tally("rules_written", "制定规章制度", "项", "Rules written", "rules"),
    tally("papers", "论文", "篇", "Papers", "papers"),
    tally("suggestions", "提出建议", "条", "Suggestions", "suggestions"),
    tally(
        "equipment_donated",
        "捐赠设备",
        "台件",
        "Equipment donated",
        "items",
    ),
    tally("donation_value_fen", "捐赠价值", "分", "Donation value", "fen"),
];

/// The built-in tally of a key.
pub fn tally_of(key: &str) -> Option<&'static Tally> {
    TALLIES.iter().find(|tally| tally.key == key)
}

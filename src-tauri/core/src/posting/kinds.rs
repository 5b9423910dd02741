//! The closed lists of a posting's records: each value with its name in JSON and its label in both languages.

use crate::language::Language;
use serde::{Deserialize, Serialize};

/// A closed list of named values.
pub trait Kind: Copy + Sized + 'static {
    /// Every value, in the order in which it is offered.
    const ALL: &'static [Self];
    /// The name in JSON.
    fn name(self) -> &'static str;
    /// The label on screens and forms.
    fn label(self, language: Language) -> &'static str;
    /// The value of a JSON name.
    fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|kind| kind.name() == name)
    }
}

macro_rules! kinds {
    ($(#[$meta:meta])* $enum:ident { $($value:ident = $name:literal, $zh:literal, $en:literal;)+ }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
            schemars::JsonSchema, ts_rs::TS)]
        pub enum $enum {
            $(#[doc = $zh] #[serde(rename = $name)] $value,)+
        }
        impl Kind for $enum {
            const ALL: &'static [Self] = &[$(Self::$value),+];
            fn name(self) -> &'static str {
                match self { $(Self::$value => $name),+ }
            }
            fn label(self, language: Language) -> &'static str {
                match self { $(Self::$value => language.pick($zh, $en)),+ }
            }
        }
    };
}

kinds! {
    /// What a half-day was, if anything was entered. Leave is not among them: it comes from the leaves.
    HalfDayStatus {
        Present = "present", "出勤", "Present";
        OfficialDuty = "official_duty", "公差", "Official duty";
        CompensatoryRest = "compensatory_rest", "补休", "Compensatory rest";
        Absent = "absent", "旷工", "Absent";
        Recalled = "recalled", "擅自调回", "Recalled without approval";
    }
}

kinds! {
    /// One half of a day.
    Half {
        Morning = "morning", "上午", "Morning";
        Afternoon = "afternoon", "下午", "Afternoon";
    }
}

kinds! {
    /// What a single date is made by an override of the official calendar.
    OverrideKind {
        Workday = "workday", "工作日", "Workday";
        RestDay = "rest_day", "休息日", "Rest day";
    }
}

kinds! {
    /// What was done beside the day's clinic work.
    ActivityKind {
        Lecture = "lecture", "授课", "Lecture";
        WardRound = "ward_round", "查房", "Ward round";
        TeachingRound = "teaching_round", "教学查房", "Teaching round";
        HealthEducation = "health_education", "健康教育", "Health education";
        FreeClinic = "free_clinic", "义诊", "Free clinic";
        Training = "training", "培训", "Training";
        SurgicalDemonstration = "surgical_demonstration", "手术示教", "Surgical demonstration";
        CaseDiscussion = "case_discussion", "病例讨论", "Case discussion";
        Consultation = "consultation", "会诊", "Consultation";
        MobileClinic = "mobile_clinic", "巡回医疗", "Mobile clinic";
        Mentoring = "mentoring", "带教", "Mentoring";
        SupportVisit = "support_visit", "对口支援走访", "Support visit";
        HomeVisit = "home_visit", "入户随访", "Home visit";
        EmergencyResponse = "emergency_response", "突发事件救治", "Emergency response";
        Other = "other", "其他", "Other";
    }
}

kinds! {
    /// Why somebody was on leave.
    LeaveKind {
        PersonalLeave = "personal_leave", "事假", "Personal leave";
        SickLeave = "sick_leave", "病假", "Sick leave";
        AnnualLeave = "annual_leave", "年休假", "Annual leave";
        HomeLeave = "home_leave", "探亲假", "Home leave";
        MarriageLeave = "marriage_leave", "婚假", "Marriage leave";
        MaternityLeave = "maternity_leave", "产假", "Maternity leave";
        PaternityLeave = "paternity_leave", "陪产假", "Paternity leave";
        BereavementLeave = "bereavement_leave", "丧假", "Bereavement leave";
        StudyLeave = "study_leave", "学习假", "Study leave";
        OtherLeave = "other_leave", "其他假", "Other leave";
    }
}

kinds! {
    /// A paper that is handed in.
    DocumentKind {
        TaskAssessmentSheet = "task_assessment_sheet", "任务考核表", "Task assessment sheet";
        PostingSummary = "posting_summary", "下乡总结", "Posting summary";
        MonthlyAttendanceSheet = "monthly_attendance_sheet", "月考勤表", "Monthly attendance sheet";
        ServiceAppraisalForm = "service_appraisal_form", "服务鉴定表", "Service appraisal form";
        WrittenAppraisal = "written_appraisal", "书面考核意见", "Written appraisal";
        SupportAgreement = "support_agreement", "对口支援协议书", "Support agreement";
        WorkPlan = "work_plan", "工作计划", "Work plan";
        SupportDiary = "support_diary", "帮扶日记", "Support diary";
        StatisticsReport = "statistics_report", "统计报表", "Statistics report";
        TrainingSlides = "training_slides", "培训课件", "Training slides";
        MentoringPlan = "mentoring_plan", "带教计划", "Mentoring plan";
        MentoringFocus = "mentoring_focus", "带教主攻方向", "Mentoring focus";
        MentoringTalks = "mentoring_talks", "谈心制度", "Mentoring talks";
        MentoringPaper = "mentoring_paper", "专业论文", "Professional paper";
        MentoringReflection = "mentoring_reflection", "带教心得体会", "Reflection on mentoring";
        MentoringSummary = "mentoring_summary", "带教工作总结", "Summary of mentoring";
        Other = "other", "其他材料", "Other document";
    }
}

kinds! {
    /// As the identity card says.
    Sex {
        Female = "female", "女", "Female";
        Male = "male", "男", "Male";
    }
}

kinds! {
    /// Whether the physician lives at the recipient unit.
    Station {
        Resident = "resident", "驻点", "Resident";
        Visiting = "visiting", "挂点", "Visiting";
    }
}

kinds! {
    /// How far a problem of the support diary has been put right.
    ProblemStatus {
        Open = "open", "待整改", "Open";
        Corrected = "corrected", "已整改", "Corrected";
        Closed = "closed", "已复查", "Closed";
    }
}

//! Invented people and places, and what a posted physician writes in a day's note.

/// A family name, given name and sex.
pub(super) const PEOPLE: &[(&str, &str)] = &[
    ("李晓梅", "female"),
    ("周文涛", "male"),
    ("陈雅琴", "female"),
    ("王立新", "male"),
    ("赵敏华", "female"),
    ("孙志远", "male"),
    ("吴静怡", "female"),
    ("何建平", "male"),
    ("林若云", "female"),
    ("郑海波", "male"),
];

/// County, town and city that are on no map.
pub(super) const PLACES: &[(&str, &str, &str)] = &[
    ("云溪市第一人民医院", "柳泉县", "青杨镇中心卫生院"),
    ("澜江市中心医院", "石桥县", "南坪镇卫生院"),
    ("望山市第二人民医院", "双河县", "白塔镇中心卫生院"),
    ("临湖市人民医院", "长岭县", "枫树乡卫生院"),
];

/// Heads of recipient units and people of the medical affairs office.
pub(super) const HEADS: &[&str] = &["王院长", "刘院长", "张院长", "马院长"];
pub(super) const OFFICE: &[&str] = &["医务部 赵主任", "医务部 钱老师", "医务部 沈主任"];

/// A department with what is taught and done there.
pub(super) struct Department {
    pub(super) name: &'static str,
    pub(super) specialty: &'static str,
    pub(super) lectures: &'static [&'static str],
    pub(super) notes: &'static [&'static str],
    pub(super) rounds: &'static [&'static str],
}

pub(super) const DEPARTMENTS: &[Department] = &[
    Department {
        name: "心内科",
        specialty: "心血管内科",
        lectures: &[
            "高血压分级管理",
            "心电图判读入门",
            "冠心病的识别与转诊",
            "心力衰竭患者的随访",
            "基层常用降压药的选择",
            "胸痛患者的急诊处理",
            "房颤与脑卒中预防",
            "心肺复苏操作要点",
        ],
        notes: &[
            "内科门诊，高血压随访",
            "门诊，指导村医测量血压并登记",
            "门诊并会诊一例",
            "病房查看住院患者，修改医嘱",
            "心电图室带教，讲解典型图形",
            "下村巡诊，慢病建档",
            "门诊，调整降压方案，开展健康宣教",
            "协助转诊一例胸痛患者",
            "门诊，带教处方点评",
        ],
        rounds: &[
            "查看内科住院患者，讨论用药",
            "查房，指导病历书写",
            "查房，讲解心衰患者出入量管理",
        ],
    },
    Department {
        name: "儿科",
        specialty: "儿科学",
        lectures: &[
            "儿童发热的处理",
            "小儿肺炎的识别与转诊",
            "基层儿科合理使用抗菌药物",
            "婴幼儿腹泻与补液",
            "热性惊厥的急救",
            "儿童生长发育监测",
            "新生儿黄疸随访",
            "儿童预防接种与禁忌",
        ],
        notes: &[
            "儿科门诊，呼吸道感染为主",
            "门诊，指导家长退热护理",
            "儿保门诊，生长发育评估",
            "预防接种门诊现场指导",
            "病房查看患儿，调整补液方案",
            "门诊并会诊一例",
            "下村随访新生儿",
            "门诊，带教处方点评",
        ],
        rounds: &[
            "查看住院患儿，讨论补液方案",
            "查房，示范体格检查",
            "查房，指导病历书写",
        ],
    },
    Department {
        name: "普外科",
        specialty: "普通外科",
        lectures: &[
            "急腹症的初步判断",
            "清创缝合的规范操作",
            "围手术期抗菌药物的使用",
            "阑尾炎的诊断与转诊",
            "换药与伤口护理",
            "手术安全核查制度",
            "体表肿物的处理",
            "无菌技术与手卫生",
        ],
        notes: &[
            "外科门诊，清创缝合二例",
            "门诊，换药并指导伤口护理",
            "手术室带教，体表肿物切除",
            "病房查看术后患者",
            "门诊并会诊一例急腹症",
            "整理手术器械，讲解无菌要求",
            "下村巡诊，外伤随访",
            "门诊，带教病历书写",
        ],
        rounds: &[
            "查看术后患者，指导换药",
            "查房，讨论手术指征",
            "查房，检查围手术期用药",
        ],
    },
];

/// Problems found, guidance given, corrective action taken.
pub(super) const PROBLEMS: &[(&str, &str, &str)] = &[
    (
        "病历书写不规范，缺少鉴别诊断",
        "现场修改三份病历并讲评",
        "制定病历书写模板，每周自查",
    ),
    (
        "抢救车药品有过期",
        "指导建立清点登记本",
        "更换过期药品，每月清点并签名",
    ),
    (
        "高血压患者随访记录不全",
        "示范随访表填写",
        "村医补录随访记录，每月核对",
    ),
    (
        "手卫生依从性低",
        "培训七步洗手法",
        "诊室配备快速手消毒剂并张贴流程",
    ),
];

pub(super) const APPRAISALS: &[&str] = &[
    "派驻期间遵守受援单位制度，坚持门诊和病房工作，按计划完成授课和查房，与同事配合良好。对基层常见病的诊治和随访有了更深的体会，仍需加强与村医的联系。",
    "三个月来以门诊、查房和带教为主，帮助规范了病历书写和随访登记。授课内容结合当地病例，反馈较好。今后将继续远程指导，保持双向转诊联系。",
];

pub(super) const SUGGESTIONS: &[&str] = &[
    "建议增配便携式心电图机，建立与上级医院的远程会诊预约。",
    "建议每季度安排一次急救演练，并由派驻医师参与考核。",
    "建议固定双向转诊联系人，转诊单一式两份留存。",
];

/// What is taught to villagers.
pub(super) const TALKS: &[&str] = &[
    "高血压的家庭管理",
    "糖尿病饮食与运动",
    "脑卒中的早期识别",
    "季节性传染病预防",
    "儿童意外伤害预防",
    "合理用药",
];

/// What is done from village to village.
pub(super) const TOURS: &[&str] = &["慢病患者巡诊", "老年人健康检查", "行动不便患者上门诊视"];

pub(super) const VILLAGES: &[&str] = &["柳湾村", "石桥村", "枣林村", "上塘村"];

/// Small operations that a township clinic may do.
pub(super) const OPERATIONS: &[&str] = &[
    "清创缝合示教",
    "体表肿物切除示教",
    "换药与拆线操作示教",
    "脓肿切开引流示教",
];

/// What a visit is about.
pub(super) const SUBJECTS: &[&str] = &[
    "病历书写",
    "抢救车管理",
    "慢病随访",
    "手卫生",
    "处方点评",
    "医疗废物处置",
];

/// A problem for each of the subjects: what was found, guidance, corrective action, the local lead.
pub(super) const FOUND: &[(&str, &str, &str, &str)] = &[
    (
        "门诊病历缺少鉴别诊断",
        "现场修改三份病历并讲评",
        "制定书写模板，每周自查",
        "带头人 内科张医生",
    ),
    (
        "抢救车药品有过期",
        "指导建立清点登记本",
        "更换过期药品，每月清点签名",
        "带头人 护士长",
    ),
    (
        "高血压随访记录不全",
        "示范随访表填写",
        "补录随访记录，每月核对",
        "带头人 公卫科刘医生",
    ),
    (
        "手卫生依从性低",
        "培训七步洗手法",
        "诊室配备快速手消毒剂并张贴流程",
        "带头人 院感专干",
    ),
    (
        "抗菌药物处方未写用药依据",
        "点评十张处方",
        "处方增加诊断依据栏，药房复核",
        "带头人 药房负责人",
    ),
    (
        "医疗废物交接登记缺签名",
        "演示分类和交接流程",
        "双人签名，每周抽查",
        "带头人 后勤负责人",
    ),
];

//! The schemes that come with the program.

use super::Scheme;
use std::sync::LazyLock;

const SOURCES: [&str; 11] = [
    include_str!("../../schemes/rotation_3m.json"),
    include_str!("../../schemes/thousand_doctors.json"),
    include_str!("../../schemes/city_plan_72.json"),
    include_str!("../../schemes/tongyu_year.json"),
    include_str!("../../schemes/yicheng.json"),
    include_str!("../../schemes/beijing_year.json"),
    include_str!("../../schemes/county_tcm.json"),
    include_str!("../../schemes/tcm_agreement.json"),
    include_str!("../../schemes/county_support.json"),
    include_str!("../../schemes/township_outreach.json"),
    include_str!("../../schemes/heze_points.json"),
];

static BUILT_IN: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
    SOURCES
        .into_iter()
        .filter_map(|json| {
            let scheme = Scheme::from_json(json);
            debug_assert!(scheme.is_ok(), "a built-in scheme is faulty: {:?}", scheme.err());
            scheme.ok()
        })
        .collect()
});

/// The built-in scheme of an id.
pub fn built_in(id: &str) -> Option<&'static Scheme> {
    BUILT_IN.iter().find(|scheme| scheme.id == id)
}

/// The ids of all built-in schemes, the default one first.
pub fn built_in_ids() -> Vec<&'static str> {
    BUILT_IN.iter().map(|scheme| scheme.id.as_str()).collect()
}

//! The schemes that come with the program.

use super::Scheme;
use std::sync::LazyLock;

static BUILT_IN: LazyLock<Vec<Scheme>> = LazyLock::new(|| {
    [include_str!("../../schemes/rotation_3m.json")]
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

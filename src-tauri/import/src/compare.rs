//! What a workbook says held against a record that is there: only what it says is compared.

use serde_json::Value;

/// A record with what the workbook says of it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Compared {
    /// The record with all of it.
    pub(crate) value: Value,
    /// Something was blank and is filled.
    pub(crate) adds: bool,
    /// Something is there and differs.
    pub(crate) differs: bool,
}

/// Lays `given` over `here`. Nulls and blanks in `given` say nothing.
pub(crate) fn overlay(here: &Value, given: &Value) -> Compared {
    let mut compared = Compared {
        value: here.clone(),
        adds: false,
        differs: false,
    };
    match (here, given) {
        (_, Value::Null) => {}
        (Value::Object(_), Value::Object(fields)) => {
            for (name, given) in fields {
                let inner = overlay(here.get(name).unwrap_or(&Value::Null), given);
                compared.adds |= inner.adds;
                compared.differs |= inner.differs;
                if let (true, Value::Object(value)) = (inner.adds || inner.differs, &mut compared.value) {
                    value.insert(name.clone(), inner.value);
                }
            }
        }
        (_, Value::Object(fields)) if fields.values().all(Value::is_null) => {}
        (Value::Null, _) => {
            compared.value = given.clone();
            compared.adds = true;
        }
        (Value::String(here), _) if here.trim().is_empty() => {
            compared.value = given.clone();
            compared.adds = true;
        }
        _ if here == given => {}
        _ => {
            compared.value = given.clone();
            compared.differs = true;
        }
    }
    compared
}

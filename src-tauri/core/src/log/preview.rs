//! What the records would be after a save, to be validated before it.

use serde_json::Value;

use super::body::parse_body;
use super::{Beside, Entity, EventKind, Log, LogError, Prepared};

impl Log {
    /// The records document that prepared events would give, cut down to what they can make invalid: the posting, own
    /// statistics, the records they set, and with a leave all leaves. Where the posting or the statistics themselves
    /// change it is the whole document. A save of one day so costs the same in the tenth year as in the first.
    pub fn preview(&self, beside: &Beside, prepared: &Prepared) -> Result<Value, LogError> {
        let mut sets = Vec::new();
        for event in &prepared.events {
            let parsed = parse_body(event.n, &event.body)?;
            if let EventKind::Set(set) = parsed.kind {
                sets.push((event.n, parsed.id, parsed.at, set));
            }
        }
        let touches = |wanted: Entity| sets.iter().any(|(.., set)| set.entity == wanted);
        let whole = touches(Entity::Posting) || touches(Entity::TallyItem) || touches(Entity::Extra);
        let mut probe = Log::new(self.id(), *self.first_key());
        probe.redacted.clone_from(&self.redacted);
        for entity in Entity::ALL {
            let wanted = match entity {
                Entity::Posting | Entity::TallyItem => true,
                Entity::Leave => whole || touches(Entity::Leave),
                _ => whole,
            };
            if wanted {
                for (key, place) in self.records.of(entity) {
                    probe.records.insert(entity, key.clone(), place.clone());
                }
            }
        }
        for (n, id, at, set) in &sets {
            probe.set(*n, *id, *at, set);
        }
        let mut known = Beside::default();
        for (.., place) in probe.records.iter() {
            for hash in place.record.iter().flat_map(|record| record.texts.values()) {
                if let Some(text) = beside.texts.get(hash) {
                    known.texts.insert(*hash, text.clone());
                }
            }
        }
        if let Some((digest, blob)) = probe
            .scheme_digest()
            .and_then(|digest| beside.blobs.get_key_value(&digest))
        {
            known.blobs.insert(*digest, blob.clone());
        }
        known.extend(prepared);
        Ok(probe.document(&known))
    }
}

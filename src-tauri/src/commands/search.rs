//! Finding records of the posting that is open.

use super::changes::editable;
use super::view::key_on_page;
use crate::app::App;
use crate::views::{CommandError, SearchResults};
use std::sync::Arc;
use xiaxiangzhi_core::log::Entity;
use xiaxiangzhi_core::search::Index;

/// The most records that are answered; the page says how many more there are.
const MOST: usize = 100;

pub(super) fn search(app: &App, query: &str) -> Result<SearchResults, CommandError> {
    let (store, log_id) = app.posting()?;
    let folded = store.folded(log_id)?;
    let index = match app.search_index(log_id) {
        Some((n, index)) if n == folded.n => index,
        before => {
            let mut removed = store.recycle_bin(log_id)?;
            removed.retain(|gone| editable(gone.entity.name()).is_ok());
            let index = Arc::new(match before {
                Some((_, index)) => index.renewed(&folded.document, &removed),
                None => Index::new(&folded.document, &removed),
            });
            app.keep_search_index(log_id, folded.n, Arc::clone(&index));
            index
        }
    };
    let language = app.state().settings.language;
    let today = app.clock().today();
    let mut results = index.search(query, language, today, MOST);
    for found in &mut results.found {
        if let Some(entity) = Entity::from_name(&found.entity) {
            found.key = key_on_page(entity, std::mem::take(&mut found.key));
        }
    }
    Ok(results)
}

//! Searches that are kept for all readers under a name.

use axum::http::StatusCode;
use axum::response::Response;
use serde::Deserialize;

use super::super::address::HitsAddress;
use super::super::authentication::see_other;
use super::super::load;
use super::super::pages::forget::ForgetPage;
use super::super::response::{ErrorPage, FormOrQuery, Page};
use super::super::state::{Reader, WebServer};
use super::parameters::address;
use crate::core::digest::clean_line;
use crate::store::web::{SEARCHES_MAX, SaveSearchResult, SavedSearch, forget_search, save_search};

/// Characters of a name.
const NAME_MAX: usize = 80;
/// Bytes of a search, as an address has it.
const KEPT_MAX: usize = 1_000;

/// What keeps a search.
#[derive(Deserialize)]
pub(in super::super) struct SaveSearchForm {
    name: String,
    query: String,
}

/// `POST /searches`.
pub(in super::super) async fn keep(
    server: WebServer,
    reader: Reader,
    FormOrQuery(kept): FormOrQuery<SaveSearchForm>,
) -> Result<Response, ErrorPage> {
    let address = address(Some(&kept.query))?.first();
    let name = clean_line(&kept.name, NAME_MAX);
    if name.is_empty() {
        return Err(ErrorPage::new(
            StatusCode::BAD_REQUEST,
            "It has no name",
            "A search is kept under a name.",
        ));
    }
    let query = address.query();
    if query.is_empty() {
        return Err(ErrorPage::new(
            StatusCode::BAD_REQUEST,
            "It looks for nothing",
            "A search that is kept asks for something. All hits are under Hits.",
        )
        .with_onward("/hits", "All hits"));
    }
    if query.len() > KEPT_MAX {
        return Err(ErrorPage::new(
            StatusCode::BAD_REQUEST,
            "It is too long to be kept",
            format!(
                "A kept search has {KEPT_MAX} bytes at most as an address, and this has {}. It can be a bookmark of \
                 your browser.",
                query.len()
            ),
        )
        .with_onward(address.on("/hits"), "Back to the hits"));
    }
    let search = SavedSearch {
        name: name.clone(),
        query,
        by: reader.name,
        at: server.now(),
    };
    let saving = server
        .write(move |connection| save_search(connection, &search))
        .await?;
    let (heading, sentence) = match saving {
        SaveSearchResult::Kept => return Ok(see_other(&address.on("/hits"))),
        SaveSearchResult::Taken => (
            "The name is taken",
            format!(
                "Another search is kept as “{name}”. Forget that one first, or choose another name."
            ),
        ),
        SaveSearchResult::Full => (
            "No more searches are kept",
            format!(
                "{SEARCHES_MAX} are kept for all readers together, fewer where they are long. Forget one first."
            ),
        ),
    };
    Err(ErrorPage::new(StatusCode::CONFLICT, heading, sentence)
        .with_onward(address.on("/hits"), "Back to the hits"))
}

/// A kept search to be forgotten, and the search that the reader comes from.
#[derive(Deserialize)]
pub(in super::super) struct DeleteSearchForm {
    name: String,
    #[serde(default)]
    query: String,
}

impl DeleteSearchForm {
    /// Where the reader comes from.
    fn back(&self) -> String {
        let from = HitsAddress::read(&self.query).unwrap_or_default();
        from.on("/hits")
    }

    fn is_gone(&self) -> ErrorPage {
        let name = clean_line(&self.name, NAME_MAX);
        ErrorPage::missing(format!("No search is kept as “{name}” any more."))
            .with_onward(self.back(), "Back to the hits")
    }
}

/// `GET /searches/forget`: asks, and forgets nothing.
pub(in super::super) async fn ask_to_forget(
    server: WebServer,
    reader: Reader,
    FormOrQuery(asked): FormOrQuery<DeleteSearchForm>,
) -> Result<Page<ForgetPage>, ErrorPage> {
    let (name, query, back) = (asked.name.clone(), asked.query.clone(), asked.back());
    let page = server.page(reader, move |sources| {
        load::forget(sources, &name, query, back)
    });
    let Page(page) = page.await?;
    page.map(Page).ok_or_else(|| asked.is_gone())
}

/// `POST /searches/forget`.
pub(in super::super) async fn forget(
    server: WebServer,
    FormOrQuery(gone): FormOrQuery<DeleteSearchForm>,
) -> Result<Response, ErrorPage> {
    let name = gone.name.clone();
    let was_there = server.write(move |connection| forget_search(connection, &name));
    if was_there.await? {
        Ok(see_other(&gone.back()))
    } else {
        Err(gone.is_gone())
    }
}

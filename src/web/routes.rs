//! Which path leads where.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{get, post};

use super::authentication::see_other;
use super::handlers::{ATOM, CSV, JSON_LINES, export};
use super::response::{self, ErrorPage, NoQueryParameters, PathSegment};
use super::state::WebServer;
use super::{LONGEST_FORM, authentication, handlers, pages};
use crate::store::hits::{self, HitFilter};

/// All pages.
pub(super) fn routes() -> Router {
    Router::new()
        .route("/style.css", get(style))
        .route("/icon.svg", get(icon))
        .route("/invitation", post(authentication::take_up_invitation))
        .route("/invitation/{secret}", get(authentication::show_invitation))
        .route("/sign-out", post(authentication::sign_out))
        .route("/", get(handlers::overview))
        .route("/hits", get(handlers::hits))
        .route(
            "/hits.csv",
            get(|server, reader, host, query| export(server, reader, host, query, &CSV)),
        )
        .route(
            "/hits.jsonl",
            get(|server, reader, host, query| export(server, reader, host, query, &JSON_LINES)),
        )
        .route(
            "/hits.atom",
            get(|server, reader, host, query| export(server, reader, host, query, &ATOM)),
        )
        .route("/hits/{id}", get(handlers::hit))
        .route("/hits/{id}/judgment", post(handlers::judge))
        .route("/hits/{id}/next", get(handlers::next))
        .route("/items/{id}", get(item))
        .route("/watches", get(handlers::watches))
        .route("/watches/{id}", get(handlers::watch))
        .route("/watches/{id}/sample", get(handlers::sample))
        .route("/feeds", get(handlers::feeds))
        .route("/feeds/{id}", get(handlers::feed))
        .route("/mail", get(handlers::mails))
        .route("/mail/{id}", get(handlers::mail))
        .route("/try", get(handlers::show_trial).post(handlers::try_watch))
        .route("/searches", post(handlers::keep))
        .route(
            "/searches/forget",
            get(handlers::ask_to_forget).post(handlers::forget),
        )
        .fallback(not_found)
        .method_not_allowed_fallback(method_not_allowed)
        .layer(DefaultBodyLimit::max(LONGEST_FORM))
}

/// Whether a path is answered to whoever is nobody yet.
pub(super) fn is_open(path: &str) -> bool {
    let open = ["/style.css", "/icon.svg", "/invitation"];
    open.contains(&path) || path.starts_with("/invitation/")
}

async fn style() -> Response {
    response::text("text/css; charset=utf-8", pages::STYLE)
}

async fn icon() -> Response {
    response::text("image/svg+xml", pages::ICON)
}

/// `GET /items/NUMBER`, as mails have it: leads to the newest hit in an item.
async fn item(
    server: WebServer,
    _: NoQueryParameters,
    PathSegment(id): PathSegment<String>,
) -> Result<Response, ErrorPage> {
    let id = handlers::number(&id)?;
    let filter = HitFilter {
        item: Some(id),
        limit: Some(1),
        ..HitFilter::default()
    };
    let mut found = None;
    let hit = server.read(move |connection| {
        hits::list(connection, &filter, &mut |hit| {
            found = Some(hit.id);
            Ok(())
        })?;
        Ok(found)
    });
    match hit.await? {
        Some(hit) => Ok(see_other(&format!("/hits/{hit}"))),
        None => Err(ErrorPage::missing(format!(
            "Nothing was found in item {id}, or it is not kept any more."
        ))
        .with_onward("/hits", "All hits")),
    }
}

async fn not_found() -> ErrorPage {
    ErrorPage::missing("There is no such page. Perhaps the address was cut when it was copied.")
        .with_onward("/", "To the first page")
}

async fn method_not_allowed() -> ErrorPage {
    ErrorPage::new(
        StatusCode::METHOD_NOT_ALLOWED,
        "That cannot be done here",
        "This address is a page to be read, or a form to be sent, and was asked for as the other.",
    )
    .with_onward("/", "To the first page")
}

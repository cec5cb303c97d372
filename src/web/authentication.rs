//! Who may in: whoever took up an invitation in the last twelve hours.
//!
//! An invitation is a link that works once. It is taken up by a button, since programs that look at links, in
//! mails and chats, would use it up. The cookie is `Lax`: a link in a mail opens the page it leads to, and
//! whatever else another page makes a browser send comes without it, or is refused by [`super::csrf`].

use axum::http::header::{ACCEPT, HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde::Deserialize;
use url::form_urlencoded::{self, byte_serialize};

use super::cookies::{KEPT, SESSION, cookie, given, no_cookie};
use super::host_header::RequestHost;
use super::pages::sign_in::SignInPage;
use super::response::{ErrorPage, FormOrQuery, Page, PathSegment};
use super::state::{Reader, WebServer};
use super::token::RandomSecret;
use crate::store::web;

/// How long an invitation can be taken up.
pub const INVITATION_LASTS: SignedDuration = SignedDuration::from_mins(10);
/// How long a session lasts.
pub const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(12);
/// How long the page is kept that was asked for before signing in: as long as a link, and no longer.
const KEPT_FOR: SignedDuration = INVITATION_LASTS;
/// Bytes of its address.
const KEPT_AT_MOST: usize = 2_000;

/// Who asks; or the page for whoever is nobody yet.
pub(super) async fn reader(
    server: &WebServer,
    request: &Request<Vec<u8>>,
    named: &RequestHost,
) -> Result<Result<Reader, Response>, ErrorPage> {
    let mut secrets = given(request.headers(), named, SESSION).peekable();
    if secrets.peek().is_none() {
        return Ok(Err(sign_in_page(request, named)));
    }
    let hashes: Vec<_> = secrets
        .filter_map(RandomSecret::given)
        .map(|secret| secret.hash())
        .collect();
    let now = server.now();
    let found = server
        .read(move |connection| {
            for session in hashes {
                if let Some(pass) = web::session(connection, &session, now)? {
                    let name = pass.name;
                    return Ok(Some(Reader { name, session }));
                }
            }
            Ok(None)
        })
        .await?;
    if let Some(reader) = found {
        return Ok(Ok(reader));
    }
    server
        .throttle()
        .slow("a session that is none (any more)")
        .await;
    let mut response = sign_in_page(request, named);
    let gone = no_cookie(named, SESSION);
    response.headers_mut().append(SET_COOKIE, gone);
    Ok(Err(response))
}

/// The page for whoever is nobody yet. The browser keeps which page was asked for, until a link is taken up.
fn sign_in_page(request: &Request<Vec<u8>>, named: &RequestHost) -> Response {
    let kept = page_asked_for(request);
    let page = Page(SignInPage {
        leads_on: kept.is_some(),
        is_lost: !is_read(request.method()),
        ..SignInPage::default()
    });
    let mut response = (StatusCode::FORBIDDEN, page).into_response();
    if let Some(path) = kept {
        let path: String = byte_serialize(path.as_bytes()).collect();
        let kept = cookie(named, KEPT, &path, KEPT_FOR);
        response.headers_mut().append(SET_COOKIE, kept);
    }
    response
}

fn is_read(method: &Method) -> bool {
    method == Method::GET || method == Method::HEAD
}

/// The page that a person opens, and no icon that the browser asks for by itself; of a judgment its hit.
fn page_asked_for(request: &Request<Vec<u8>>) -> Option<&str> {
    let accepted = request.headers().get(ACCEPT)?.to_str().ok()?;
    let path = request.uri().path_and_query()?.as_str();
    let path = if is_read(request.method()) {
        path
    } else {
        path.strip_suffix("/judgment")?
    };
    let is_page = accepted.contains("text/html") && path.len() <= KEPT_AT_MOST;
    (is_page && local_path(path) == path).then_some(path)
}

/// The page that was asked for before signing in, if it can be one of ours.
fn kept_page(headers: &HeaderMap, named: &RequestHost) -> Option<String> {
    let kept = given(headers, named, KEPT).next()?;
    let (path, _) = form_urlencoded::parse(kept.as_bytes()).next()?;
    (local_path(&path) == path).then(|| path.into_owned())
}

/// `GET /invitation/SECRET`: shows the button, and uses nothing up.
pub(super) async fn show_invitation(
    server: WebServer,
    named: RequestHost,
    headers: HeaderMap,
    PathSegment(secret): PathSegment<String>,
) -> Result<Page<SignInPage>, ErrorPage> {
    let now = server.now();
    let name = match RandomSecret::given(&secret) {
        Some(secret) => {
            let hash = secret.hash();
            let invited = server.read(move |connection| web::invited(connection, &hash, now));
            invited.await?
        }
        None => None,
    };
    let Some(name) = name else {
        return Err(no_invitation(&server).await);
    };
    Ok(Page(SignInPage {
        invitation: Some(secret),
        name,
        leads_on: kept_page(&headers, &named).is_some(),
        ..SignInPage::default()
    }))
}

/// What the button sends.
#[derive(Deserialize)]
pub(super) struct InvitationForm {
    secret: String,
}

/// `POST /invitation`: begins a session.
pub(super) async fn take_up_invitation(
    server: WebServer,
    named: RequestHost,
    headers: HeaderMap,
    FormOrQuery(taken): FormOrQuery<InvitationForm>,
) -> Result<Response, ErrorPage> {
    let now = server.now();
    let session = RandomSecret::random();
    let name = match RandomSecret::given(&taken.secret) {
        Some(secret) => {
            let (invitation, session) = (secret.hash(), session.hash());
            let until = now.checked_add(SESSION_LASTS).unwrap_or(now);
            // Whoever guesses keeps nobody who writes.
            let invited = server.read(move |connection| web::invited(connection, &invitation, now));
            match invited.await? {
                Some(_) => {
                    server
                        .write(move |connection| {
                            web::begin_session(connection, &invitation, &session, now, until)
                        })
                        .await?
                }
                None => None,
            }
        }
        None => None,
    };
    let Some(name) = name else {
        return Err(no_invitation(&server).await);
    };
    tracing::info!(reader = %name, "{name} has signed in to the reading room");
    let kept = kept_page(&headers, &named);
    let mut response = see_other(kept.as_deref().unwrap_or("/"));
    let session = cookie(&named, SESSION, session.reveal(), SESSION_LASTS);
    response.headers_mut().append(SET_COOKIE, session);
    if kept.is_some() {
        let gone = no_cookie(&named, KEPT);
        response.headers_mut().append(SET_COOKIE, gone);
    }
    Ok(response)
}

async fn no_invitation(server: &WebServer) -> ErrorPage {
    server
        .throttle()
        .slow("an invitation that is none (any more)")
        .await;
    ErrorPage::new(
        StatusCode::NOT_FOUND,
        "This link does not work any more",
        "Each link works once, and for ten minutes. Whoever runs newsvigil makes another, on its machine:",
    )
    .with_detail("newsvigil web invite NAME")
}

/// `POST /sign-out`: ends the session.
pub(super) async fn sign_out(
    server: WebServer,
    named: RequestHost,
    reader: Reader,
) -> Result<Response, ErrorPage> {
    let session = reader.session;
    server
        .write(move |connection| web::end_session(connection, &session))
        .await?;
    let mut response = see_other("/");
    let gone = no_cookie(&named, SESSION);
    response.headers_mut().append(SET_COOKIE, gone);
    Ok(response)
}

/// Leads to another page by GET.
pub(super) fn see_other(path: &str) -> Response {
    let to = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
}

/// A path of ours; the first page where it is none. Browsers read `//` and `/\` as other machines.
fn local_path(to: &str) -> &str {
    let is_ours = to.starts_with('/')
        && !to[1..].starts_with(['/', '\\'])
        && to.bytes().all(|byte| byte.is_ascii_graphic());
    if is_ours { to } else { "/" }
}

#[cfg(test)]
mod tests;

//! Who may in: whoever took up an invitation in the last twelve hours.
//!
//! An invitation is a link that works once. It is taken up by a button, since programs that look at links, in
//! mails and chats, would use it up. The cookie is `Lax`: a link in a mail opens the page it leads to, and
//! whatever else another page makes a browser send comes without it, or is refused by [`super::guard`].

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use axum::http::header::{COOKIE, HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::SignedDuration;
use serde::Deserialize;
use tokio::time::Instant;

use super::answer::{Page, Posted, Refusal, Segment};
use super::hosts::Named;
use super::pages::Frame;
use super::pages::sign_in::SignInPage;
use super::room::{Reader, Room};
use super::secret::Secret;
use crate::store::web;

/// How long an invitation can be taken up.
pub const INVITATION_LASTS: SignedDuration = SignedDuration::from_mins(10);
/// How long a session lasts.
pub const SESSION_LASTS: SignedDuration = SignedDuration::from_hours(12);
/// What a try with a wrong secret waits for its answer.
const SLOWED_BY: Duration = Duration::from_secs(1);
/// Between two lines of the log that tell of such tries.
const TOLD_EVERY: Duration = Duration::from_mins(1);
/// Of the same name, which other pages of this machine may set, too.
const COOKIES_AT_MOST: usize = 4;

/// Keeps count of tries with wrong secrets.
#[derive(Debug, Default)]
pub(super) struct Door {
    failed: Mutex<Failed>,
}

#[derive(Debug, Default)]
struct Failed {
    told_at: Option<Instant>,
    /// Since then.
    tries: u64,
}

impl Door {
    /// Slows a try that failed, and logs it: each minute once, with their number.
    async fn slow(&self, what: &str) {
        let tries = {
            let mut failed = self.failed.lock().unwrap_or_else(PoisonError::into_inner);
            failed.tries += 1;
            let is_quiet = failed.told_at.is_none_or(|at| at.elapsed() >= TOLD_EVERY);
            is_quiet.then(|| {
                failed.told_at = Some(Instant::now());
                std::mem::take(&mut failed.tries)
            })
        };
        match tries {
            Some(0 | 1) => tracing::warn!("the reading room was asked for with {what}"),
            Some(tries) => tracing::warn!(
                "the reading room was asked for with {what}, the last of {tries} failed tries since this was told"
            ),
            None => {}
        }
        tokio::time::sleep(SLOWED_BY).await;
    }
}

/// What the cookie is called. A browser takes one that begins with `__Host-` over HTTPS only, and from no other
/// name.
fn cookie_name(named: &Named) -> &'static str {
    if named.by_proxy {
        "__Host-newsvigil"
    } else {
        "newsvigil"
    }
}

fn cookie(named: &Named, secret: &str, lasts: SignedDuration) -> HeaderValue {
    let secure = if named.by_proxy { "; Secure" } else { "" };
    let text = format!(
        "{}={secret}; Path=/; Max-Age={}; HttpOnly; SameSite=Lax{secure}",
        cookie_name(named),
        lasts.as_secs()
    );
    HeaderValue::try_from(text).expect("a secret is plain ASCII")
}

/// The secrets that a browser gives as that of its session.
fn secrets<'h>(headers: &'h HeaderMap, named: &Named) -> impl Iterator<Item = &'h str> {
    let name = cookie_name(named);
    let lines = headers.get_all(COOKIE).iter();
    let pairs = lines.filter_map(|line| line.to_str().ok());
    let pairs = pairs.flat_map(|line| line.split(';'));
    pairs
        .filter_map(move |pair| {
            let (given, value) = pair.trim().split_once('=')?;
            (given == name).then_some(value)
        })
        .take(COOKIES_AT_MOST)
}

/// Who asks; or the page for whoever is nobody yet.
pub(super) async fn reader(
    room: &Room,
    headers: &HeaderMap,
    named: &Named,
) -> Result<Result<Reader, Response>, Refusal> {
    let mut given = secrets(headers, named).peekable();
    if given.peek().is_none() {
        return Ok(Err(sign_in_page()));
    }
    let hashes: Vec<_> = given
        .filter_map(Secret::given)
        .map(|secret| secret.hash())
        .collect();
    let now = room.now();
    let found = room
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
    room.door().slow("a session that is none (any more)").await;
    let gone = cookie(named, "", SignedDuration::ZERO);
    let mut response = sign_in_page();
    response.headers_mut().append(SET_COOKIE, gone);
    Ok(Err(response))
}

fn sign_in_page() -> Response {
    (StatusCode::FORBIDDEN, Page(SignInPage::default())).into_response()
}

/// `GET /invitation/SECRET`: shows the button, and uses nothing up.
pub(super) async fn show_invitation(
    room: Room,
    Segment(secret): Segment<String>,
) -> Result<Page<SignInPage>, Refusal> {
    let now = room.now();
    let name = match Secret::given(&secret) {
        Some(secret) => {
            let hash = secret.hash();
            let invited = room.read(move |connection| web::invited(connection, &hash, now));
            invited.await?
        }
        None => None,
    };
    let Some(name) = name else {
        return Err(no_invitation(&room).await);
    };
    Ok(Page(SignInPage {
        frame: Frame::default(),
        invitation: Some(secret),
        name,
        to: "/".to_owned(),
    }))
}

/// What the button sends.
#[derive(Deserialize)]
pub(super) struct TakenUp {
    secret: String,
    #[serde(default)]
    to: String,
}

/// `POST /invitation`: begins a session.
pub(super) async fn take_up_invitation(
    room: Room,
    named: Named,
    Posted(taken): Posted<TakenUp>,
) -> Result<Response, Refusal> {
    let now = room.now();
    let session = Secret::random();
    let name = match Secret::given(&taken.secret) {
        Some(secret) => {
            let (invitation, session) = (secret.hash(), session.hash());
            let until = now.checked_add(SESSION_LASTS).unwrap_or(now);
            room.write(move |connection| {
                web::begin_session(connection, &invitation, &session, now, until)
            })
            .await?
        }
        None => None,
    };
    let Some(name) = name else {
        return Err(no_invitation(&room).await);
    };
    tracing::info!(reader = %name, "{name} has signed in to the reading room");
    let cookie = cookie(&named, session.reveal(), SESSION_LASTS);
    let mut response = see_other(local_path(&taken.to));
    response.headers_mut().append(SET_COOKIE, cookie);
    Ok(response)
}

async fn no_invitation(room: &Room) -> Refusal {
    room.door()
        .slow("an invitation that is none (any more)")
        .await;
    Refusal::new(
        StatusCode::NOT_FOUND,
        "This link does not work any more",
        "Each link works once, and for ten minutes. Whoever runs newsvigil makes another, on its machine:",
    )
    .with_detail("newsvigil web invite NAME")
}

/// `POST /sign-out`: ends the session.
pub(super) async fn sign_out(
    room: Room,
    named: Named,
    reader: Reader,
) -> Result<Response, Refusal> {
    let session = reader.session;
    room.write(move |connection| web::end_session(connection, &session))
        .await?;
    let mut response = see_other("/");
    let gone = cookie(&named, "", SignedDuration::ZERO);
    response.headers_mut().append(SET_COOKIE, gone);
    Ok(response)
}

/// Leads to another page by GET.
pub(super) fn see_other(path: &str) -> Response {
    let to = HeaderValue::try_from(path).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, to)]).into_response()
}

/// A path of ours; the first page where it is none. Browsers read `//` and `/\` as other machines.
pub(super) fn local_path(to: &str) -> &str {
    let is_ours = to.starts_with('/')
        && !to[1..].starts_with(['/', '\\'])
        && to.bytes().all(|byte| byte.is_ascii_graphic());
    if is_ours { to } else { "/" }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn named(by_proxy: bool) -> Named {
        Named {
            authority: "newsvigil.localhost:9274".to_owned(),
            by_proxy,
        }
    }

    #[test]
    fn nobody_is_led_to_another_machine() {
        for path in ["/", "/hits?q=a%20b", "/hits/5#judge"] {
            assert_eq!(local_path(path), path);
        }
        for path in [
            "",
            "//example.org/",
            "/\\example.org/",
            "https://example.org/",
            "/\t/example.org",
            "/a b",
            "/é",
            "/hits\r\nSet-Cookie: a=b",
        ] {
            assert_eq!(local_path(path), "/", "{path}");
        }
    }

    #[test]
    fn the_cookie_is_for_our_pages_alone() {
        let text = |by_proxy| {
            let value = cookie(&named(by_proxy), "s", SESSION_LASTS);
            value.to_str().unwrap().to_owned()
        };
        assert_eq!(
            text(false),
            "newsvigil=s; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax"
        );
        assert_eq!(
            text(true),
            "__Host-newsvigil=s; Path=/; Max-Age=43200; HttpOnly; SameSite=Lax; Secure"
        );
    }

    #[test]
    fn only_a_cookie_of_the_very_name_is_read() {
        let mut headers = HeaderMap::new();
        for line in [
            "newsvigil=a; x=y",
            "newsvigil2=b;newsvigil=c",
            "Newsvigil=d; newsvigil",
        ] {
            headers.append(COOKIE, HeaderValue::from_static(line));
        }
        let read: Vec<&str> = secrets(&headers, &named(false)).collect();
        assert_eq!(read, ["a", "c"]);
        assert_eq!(secrets(&headers, &named(true)).count(), 0);
        let many = "newsvigil=a; ".repeat(50);
        headers.insert(COOKIE, HeaderValue::try_from(many).unwrap());
        assert_eq!(secrets(&headers, &named(false)).count(), COOKIES_AT_MOST);
    }

    #[tokio::test]
    async fn a_failed_try_waits_and_others_do_not_wait_for_it() {
        let door = Door::default();
        let began = Instant::now();
        tokio::join!(door.slow("this"), door.slow("this"), door.slow("that"));
        let took = began.elapsed();
        assert!(took >= SLOWED_BY && took < SLOWED_BY * 2, "{took:?}");
        assert_eq!(door.failed.lock().unwrap().tries, 2, "and one was told");
    }
}

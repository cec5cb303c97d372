//! Answers: pages, and sentences in place of pages.

use askama::Template;
use axum::body::Body;
use axum::extract::{Form, FromRequest, FromRequestParts, Path, Request};
use axum::http::header::{ALLOW, CACHE_CONTROL, CONTENT_TYPE, HeaderName, HeaderValue};
use axum::http::request::Parts;
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use serde::de::DeserializeOwned;

use super::pages::Frame;
use super::pages::notice::NoticePage;
use crate::store::StoreError;

/// A page of HTML.
#[derive(Clone, Copy, Debug)]
pub(super) struct Page<T>(pub(super) T);

impl<T: Template> IntoResponse for Page<T> {
    fn into_response(self) -> Response {
        match self.0.render() {
            Ok(text) => {
                let html = HeaderValue::from_static("text/html; charset=utf-8");
                ([(CONTENT_TYPE, html)], text).into_response()
            }
            Err(error) => {
                tracing::error!("a page of the reading room cannot be written: {error}");
                StatusCode::INTERNAL_SERVER_ERROR.into_response()
            }
        }
    }
}

/// Why there is no page, in a sentence.
#[derive(Clone, Debug)]
pub(super) struct ErrorPage {
    status: StatusCode,
    heading: &'static str,
    sentence: String,
    detail: String,
    onward: Option<(String, String)>,
}

impl ErrorPage {
    pub(super) fn new(
        status: StatusCode,
        heading: &'static str,
        sentence: impl Into<String>,
    ) -> Self {
        Self {
            status,
            heading,
            sentence: sentence.into(),
            detail: String::new(),
            onward: None,
        }
    }

    /// With lines to be shown as they stand.
    #[must_use]
    pub(super) fn with_detail(mut self, detail: impl Into<String>) -> Self {
        self.detail = detail.into();
        self
    }

    /// With a page to go on to.
    #[must_use]
    pub(super) fn with_onward(
        mut self,
        address: impl Into<String>,
        name: impl Into<String>,
    ) -> Self {
        self.onward = Some((address.into(), name.into()));
        self
    }

    /// A parameter of a wrong form.
    pub(super) fn wrong(sentence: impl Into<String>) -> Self {
        let heading = "This address cannot be understood";
        Self::new(StatusCode::BAD_REQUEST, heading, sentence)
    }

    /// Nothing is there.
    pub(super) fn missing(sentence: impl Into<String>) -> Self {
        Self::new(StatusCode::NOT_FOUND, "Nothing is here", sentence)
    }

    /// A form that is too large.
    fn too_large() -> Self {
        let most = super::LONGEST_FORM >> 10;
        Self::new(
            StatusCode::PAYLOAD_TOO_LARGE,
            "That is too much",
            format!("A form may have {most} KiB. Nothing of it was kept."),
        )
    }

    /// The page of it, with what is around it.
    fn page(&self, frame: Frame) -> Response {
        let page = Page(NoticePage {
            frame,
            heading: self.heading.to_owned(),
            sentence: self.sentence.clone(),
            detail: self.detail.clone(),
            onward: self.onward.clone(),
        });
        (self.status, page).into_response()
    }
}

impl IntoResponse for ErrorPage {
    fn into_response(self) -> Response {
        let mut response = self.page(Frame::default());
        response.extensions_mut().insert(self);
        response
    }
}

impl From<StoreError> for ErrorPage {
    fn from(error: StoreError) -> Self {
        if let StoreError::TooLong { time } = error {
            return Self::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "That took too long",
                format!(
                    "Looking was stopped after {} seconds, so that others can look as well. Ask for less: fewer days, \
                     one watch, or words that are rarer.",
                    time.as_secs()
                ),
            );
        }
        tracing::warn!("the reading room has no answer: {error}");
        Self::new(
            StatusCode::SERVICE_UNAVAILABLE,
            "The database does not answer",
            "Try again in a moment. Whoever runs newsvigil finds the reason in its log and in `newsvigil status`.",
        )
    }
}

/// The same answer for a reader who is signed in: a refusal has the way back to the other pages.
pub(super) fn with_layout(response: Response, reader: &str) -> Response {
    let Some(refusal) = response.extensions().get::<ErrorPage>() else {
        return response;
    };
    let frame = Frame {
        reader: Some(reader.to_owned()),
        zone: String::new(),
        here: None,
    };
    let mut framed = refusal.page(frame);
    if let Some(allowed) = response.headers().get(ALLOW) {
        framed.headers_mut().insert(ALLOW, allowed.clone());
    }
    framed
}

/// What was sent in a form, or stands behind the question mark of a page.
#[derive(Clone, Copy, Debug)]
pub(super) struct FormOrQuery<T>(pub(super) T);

impl<T: DeserializeOwned, S: Send + Sync> FromRequest<S> for FormOrQuery<T> {
    type Rejection = ErrorPage;

    async fn from_request(request: Request, state: &S) -> Result<Self, ErrorPage> {
        match Form::from_request(request, state).await {
            Ok(Form(value)) => Ok(Self(value)),
            Err(rejection) if rejection.status() == StatusCode::PAYLOAD_TOO_LARGE => {
                Err(ErrorPage::too_large())
            }
            Err(rejection) => Err(ErrorPage::new(
                StatusCode::BAD_REQUEST,
                "This form cannot be understood",
                "What was sent is not what the form on the page sends. Nothing of it was kept.",
            )
            .with_detail(rejection.body_text())),
        }
    }
}

/// The part of an address that a route leaves open.
#[derive(Clone, Copy, Debug)]
pub(super) struct PathSegment<T>(pub(super) T);

impl<T: DeserializeOwned + Send, S: Send + Sync> FromRequestParts<S> for PathSegment<T> {
    type Rejection = ErrorPage;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, ErrorPage> {
        match Path::from_request_parts(parts, state).await {
            Ok(Path(value)) => Ok(Self(value)),
            Err(rejection) => Err(ErrorPage::wrong(
                "There is no such page. Perhaps the address was cut when it was copied.",
            )
            .with_detail(rejection.body_text())
            .with_onward("/", "To the first page")),
        }
    }
}

/// Of this page nothing can be asked.
#[derive(Clone, Copy, Debug)]
pub(super) struct NoQueryParameters;

impl<S: Send + Sync> FromRequestParts<S> for NoQueryParameters {
    type Rejection = ErrorPage;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, ErrorPage> {
        match parts.uri.query() {
            None | Some("") => Ok(Self),
            Some(_) => Err(ErrorPage::wrong("Nothing can be asked for here.")
                .with_onward(parts.uri.path(), "The page itself")),
        }
    }
}

/// What every answer says of itself.
const HEADERS: [(&str, &str); 7] = [
    (
        "content-security-policy",
        "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; \
         frame-ancestors 'none'; base-uri 'none'",
    ),
    ("cross-origin-opener-policy", "same-origin"),
    // A script or picture of another page is refused what a cookie would open.
    ("cross-origin-resource-policy", "same-origin"),
    ("referrer-policy", "no-referrer"),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    // For those who look for pages.
    ("x-robots-tag", "noindex"),
];

/// Adds what an answer says of itself where it says nothing else, and keeps it out of all stores.
pub(super) fn guard(headers: &mut HeaderMap) {
    for (name, value) in HEADERS {
        headers
            .entry(HeaderName::from_static(name))
            .or_insert(HeaderValue::from_static(value));
    }
    headers.insert(CACHE_CONTROL, HeaderValue::from_static("no-store"));
}

/// Text of another kind than HTML.
pub(super) fn text(kind: &'static str, text: impl Into<Body>) -> Response {
    let kind = HeaderValue::from_static(kind);
    ([(CONTENT_TYPE, kind)], text.into()).into_response()
}

//! Every request comes in here: its host and origin are checked, then its session, then its path is routed.

use std::sync::LazyLock;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;

use super::csrf::{is_same_origin_request, lacks_origin_headers};
use super::response::{self, ErrorPage};
use super::state::WebServer;
use super::{authentication, routes};

/// All pages. Each request brings what it works with.
static PAGES: LazyLock<TowerToHyperService<Router>> =
    LazyLock::new(|| TowerToHyperService::new(routes::routes()));

impl WebServer {
    /// Answers a request, whoever sends it.
    pub async fn answer(&self, request: Request<Vec<u8>>) -> Response {
        let mut response = match self.admit(request).await {
            Ok(response) => response,
            Err(refusal) => refusal.into_response(),
        };
        response::guard(response.headers_mut());
        response
    }

    async fn admit(&self, request: Request<Vec<u8>>) -> Result<Response, ErrorPage> {
        let named = self.hosts().named_by(&request).ok_or_else(|| {
            ErrorPage::new(
                StatusCode::MISDIRECTED_REQUEST,
                "No page has this name",
                "This name is neither this machine's own nor one of `hosts` in `[web]` of newsvigil.toml.",
            )
        })?;
        if !is_same_origin_request(request.method(), request.headers(), &named) {
            return Err(cross_origin_refusal(request.method(), request.headers()));
        }
        let is_open = routes::is_open(request.uri().path());
        let reader = if is_open {
            None
        } else {
            match authentication::reader(self, &request, &named).await? {
                Ok(reader) => Some(reader),
                Err(sign_in) => return Ok(sign_in),
            }
        };
        let name = reader.as_ref().map(|reader| reader.name.clone());
        let mut request = request.map(Body::from);
        let extensions = request.extensions_mut();
        extensions.insert(self.clone());
        extensions.insert(named);
        if let Some(reader) = reader {
            extensions.insert(reader);
        }
        let response = match PAGES.call(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        Ok(match name {
            Some(name) => response::with_layout(response, &name),
            None => response,
        })
    }
}

/// A request that another page made, as far as the browser says.
fn cross_origin_refusal(method: &Method, headers: &HeaderMap) -> ErrorPage {
    if method == Method::GET || method == Method::HEAD {
        let sentence = "Another page has asked for this. Other pages may link to pages here, and nothing else.";
        return ErrorPage::new(StatusCode::FORBIDDEN, "That was not asked here", sentence);
    }
    if lacks_origin_headers(headers) {
        let sentence = "A form is taken from pages here only, and your browser does not say where this one comes \
                        from. Nothing was changed. Browsers say so since Chrome and Edge 80, Firefox 90 and Safari \
                        16.4, over HTTPS or to this very machine. Use one of these, and open newsvigil under \
                        https:// or, on its own machine or through the tunnel, under http://newsvigil.localhost with \
                        the port.";
        return ErrorPage::new(
            StatusCode::FORBIDDEN,
            "This browser cannot send forms here",
            sentence,
        );
    }
    let sentence = "A form is taken from pages here only, and another page has sent this one. Nothing was changed.";
    ErrorPage::new(StatusCode::FORBIDDEN, "That was not asked here", sentence)
}

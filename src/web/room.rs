//! The one way in.

use std::convert::Infallible;
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, Request, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::service::Service;
use hyper_util::service::TowerToHyperService;
use jiff::Timestamp;
use jiff::tz::TimeZone;
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::answer::{self, Page, Refusal};
use super::door::{self, Door};
use super::guard::is_readers_own;
use super::hosts::{Hosts, Named};
use super::load::Sources;
use super::routes;
use crate::config::Config;
use crate::core::week::Week;
use crate::store::hits::PlacesOfHits;
use crate::store::{Connection, Readers, Store, StoreError};

/// What tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// Gives the week of all watches, and what needs a person, in sentences.
pub type WeekOf = Arc<
    dyn Fn(&Connection, &Config, Timestamp) -> Result<(Week, Vec<String>), StoreError>
        + Send
        + Sync,
>;

/// Hits whose places are looked up at once, before anybody asks for them.
const LOOKED_AHEAD: usize = 500;

/// What all pages work with. Cheap to clone.
#[derive(Clone)]
pub struct Room {
    config: Arc<Config>,
    hosts: Hosts,
    store: Store,
    readers: Readers,
    clock: Clock,
    week: WeekOf,
    places: Arc<PlacesOfHits>,
    door: Arc<Door>,
    trial: Arc<Semaphore>,
    pages: TowerToHyperService<Router>,
}

/// Who reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// As they were invited.
    pub name: String,
    /// What the database knows the session by.
    pub session: [u8; 32],
}

impl Room {
    /// Over a database, of which `readers` only reads.
    pub fn new(
        config: Arc<Config>,
        store: Store,
        readers: Readers,
        clock: Clock,
        week: WeekOf,
    ) -> Self {
        Self {
            hosts: Hosts::new(&config.web.hosts),
            places: Arc::new(PlacesOfHits::new(config.places.clone())),
            config,
            store,
            readers,
            clock,
            week,
            door: Arc::default(),
            trial: Arc::new(Semaphore::new(1)),
            pages: TowerToHyperService::new(routes::routes()),
        }
    }

    /// Takes up another configuration.
    pub fn configure(&mut self, config: &Arc<Config>) {
        if Arc::ptr_eq(&self.config, config) {
            return;
        }
        self.hosts = Hosts::new(&config.web.hosts);
        self.places = Arc::new(PlacesOfHits::new(config.places.clone()));
        self.config = Arc::clone(config);
    }

    /// Looks up the places of some hits before anybody asks for them. Gives whether there are more.
    pub async fn look_ahead(&self) -> Result<bool, StoreError> {
        let places = self.places();
        let looked = self
            .readers
            .call(move |connection| places.look_ahead(connection, LOOKED_AHEAD));
        Ok(looked.await? > 0)
    }

    /// The configuration in force.
    pub fn config(&self) -> &Config {
        &self.config
    }

    /// The time.
    pub fn now(&self) -> Timestamp {
        (self.clock)()
    }

    pub(super) fn door(&self) -> &Door {
        &self.door
    }

    /// What gives the week of all watches.
    pub(super) fn week(&self) -> WeekOf {
        Arc::clone(&self.week)
    }

    /// What hits are about.
    pub(super) fn places(&self) -> Arc<PlacesOfHits> {
        Arc::clone(&self.places)
    }

    /// The right to try a watch, while nobody else does.
    pub(super) fn place_to_try(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.trial).try_acquire_owned().ok()
    }

    /// In which times are told to a reader: that of the recipient of this name, else of the first.
    fn zone(&self, reader: &str) -> TimeZone {
        let recipients = &self.config.recipients;
        let named = recipients
            .iter()
            .find(|recipient| recipient.id == reader || recipient.name.as_deref() == Some(reader));
        let zone = named.or(recipients.first());
        zone.map_or(TimeZone::UTC, |recipient| recipient.time_zone.clone())
    }

    /// Reads on a connection that only reads, for some seconds at most.
    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        Ok(self.readers.call(work).await?)
    }

    /// The same with all that pages are made of, for nobody in particular.
    pub(super) async fn read_with<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(Sources<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.read_for(String::new(), work).await
    }

    /// Makes a page for a reader.
    pub(super) async fn page<T, F>(&self, reader: Reader, work: F) -> Result<Page<T>, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(Sources<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.read_for(reader.name, work).await.map(Page)
    }

    async fn read_for<T, F>(&self, reader: String, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(Sources<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (config, zone, now) = (Arc::clone(&self.config), self.zone(&reader), self.now());
        self.read(move |connection| {
            work(Sources {
                connection,
                config: &config,
                zone: &zone,
                now,
                reader: &reader,
            })
        })
        .await
    }

    /// Writes, after what the service writes.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, Refusal>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        Ok(self.store.call(work).await?)
    }

    /// Answers a request, whoever sends it.
    pub async fn answer(&self, request: Request<Vec<u8>>) -> Response {
        let mut response = match self.admit(request).await {
            Ok(response) => response,
            Err(refusal) => refusal.into_response(),
        };
        answer::guard(response.headers_mut());
        response
    }

    async fn admit(&self, request: Request<Vec<u8>>) -> Result<Response, Refusal> {
        let named = self.hosts.named_by(&request).ok_or_else(|| {
            Refusal::new(
                StatusCode::MISDIRECTED_REQUEST,
                "No page has this name",
                "This name is neither this machine's own nor one of `hosts` in `[web]` of newsvigil.toml.",
            )
        })?;
        if !is_readers_own(request.method(), request.headers(), &named) {
            return Err(stranger(request.method()));
        }
        let mut request = request.map(Body::from);
        let is_open = routes::is_open(request.uri().path());
        let reader = if is_open {
            None
        } else {
            match door::reader(self, request.headers(), &named).await? {
                Ok(reader) => Some(reader),
                Err(sign_in) => return Ok(sign_in),
            }
        };
        let name = reader.as_ref().map(|reader| reader.name.clone());
        let extensions = request.extensions_mut();
        extensions.insert(self.clone());
        extensions.insert(named);
        if let Some(reader) = reader {
            extensions.insert(reader);
        }
        let response = match self.pages.call(request).await {
            Ok(response) => response,
            Err(never) => match never {},
        };
        Ok(match name {
            Some(name) => answer::framed(response, &name),
            None => response,
        })
    }
}

/// A request that another page made.
fn stranger(method: &Method) -> Refusal {
    let sentence = if method == Method::GET || method == Method::HEAD {
        "Another page has asked for this. Other pages may link to pages here, and nothing else."
    } else {
        "A form is taken from pages here only, and your browser does not say that this one is: another page has \
         sent it, or the connection is neither HTTPS nor to this machine. Nothing was changed."
    };
    Refusal::new(StatusCode::FORBIDDEN, "That was not asked here", sentence)
}

/// What [`Room::answer`] gave to the request.
fn given<T: Clone + Send + Sync + 'static>(parts: &Parts) -> T {
    let given = parts.extensions.get::<T>().cloned();
    given.expect("every request comes through Room::answer, and no open page asks for a reader")
}

impl<S: Sync> FromRequestParts<S> for Room {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(given(parts))
    }
}

impl<S: Sync> FromRequestParts<S> for Reader {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(given(parts))
    }
}

impl<S: Sync> FromRequestParts<S> for Named {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(given(parts))
    }
}

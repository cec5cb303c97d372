//! What all pages work with: the configuration, the database, the time, and who reads.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::StatusCode;
use axum::http::request::Parts;
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

use super::host_header::{AllowedHosts, RequestHost};
use super::load::PageContext;
use super::response::{ErrorPage, Page};
use super::throttle::Throttle;
use crate::config::Config;
use crate::core::digest::Week;
use crate::store::hits::{NamesOfHits, PlacesOfHits};
use crate::store::{Connection, READING_AT_MOST, ReaderPool, Store, StoreError};

/// What tells the time.
pub type Clock = Arc<dyn Fn() -> Timestamp + Send + Sync>;

/// What pages tell that is not of this room.
#[derive(Clone)]
pub struct StatusProviders {
    /// Gives the week of all watches: the seven days before this one, where the first recipient is.
    pub week: StatusProvider<Week>,
    /// Gives what needs a person, in sentences.
    pub needs: StatusProvider<Vec<String>>,
}

/// Tells something out of the database and the configuration.
pub type StatusProvider<T> =
    Arc<dyn Fn(&Connection, &Config, Timestamp) -> Result<T, StoreError> + Send + Sync>;

/// Hits whose places are looked up at once, before anybody asks for them.
const LOOKED_AHEAD: usize = 100;

/// How long a week that was counted holds: it ended last midnight, and of it only stories still change.
const WEEK_KEPT: SignedDuration = SignedDuration::from_mins(10);
/// How long a week is counted. Meanwhile, pages have another connection.
const COUNTING_AT_MOST: Duration = Duration::from_mins(1);

/// What all pages work with. Cheap to clone.
#[derive(Clone)]
pub struct WebServer {
    config: Arc<Config>,
    hosts: AllowedHosts,
    store: Store,
    readers: ReaderPool,
    clock: Clock,
    telling: StatusProviders,
    weeks: Arc<tokio::sync::Mutex<Option<CachedWeek>>>,
    places: Arc<PlacesOfHits>,
    names: Arc<NamesOfHits>,
    throttle: Arc<Throttle>,
    trial: Arc<Semaphore>,
    export: Arc<Semaphore>,
}

/// How long a reader waits for what they write. It may be kept later all the same; said again, it changes nothing.
const WRITING_AT_MOST: Duration = Duration::from_secs(8);

/// A week that was counted.
struct CachedWeek {
    config: Arc<Config>,
    at: Timestamp,
    week: Arc<Week>,
}

/// Who reads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reader {
    /// As they were invited.
    pub name: String,
    /// What the database knows the session by.
    pub session: [u8; 32],
}

impl WebServer {
    /// Over a database, of which `readers` only reads.
    pub fn new(
        config: Arc<Config>,
        store: Store,
        readers: ReaderPool,
        clock: Clock,
        telling: StatusProviders,
    ) -> Self {
        Self {
            hosts: AllowedHosts::new(&config.web.hosts),
            places: Arc::new(PlacesOfHits::new(config.places.clone())),
            config,
            store,
            readers,
            clock,
            telling,
            weeks: Arc::default(),
            names: Arc::default(),
            throttle: Arc::default(),
            trial: Arc::new(Semaphore::new(1)),
            export: Arc::new(Semaphore::new(2)),
        }
    }

    /// Takes up another configuration.
    pub fn configure(&mut self, config: &Arc<Config>) {
        if Arc::ptr_eq(&self.config, config) {
            return;
        }
        self.hosts = AllowedHosts::new(&config.web.hosts);
        self.places = Arc::new(PlacesOfHits::new(config.places.clone()));
        self.config = Arc::clone(config);
    }

    /// Looks up the places of some hits before anybody asks for them. Gives whether there are more.
    pub async fn look_ahead(&self) -> Result<bool, StoreError> {
        let (places, names) = (self.places(), Arc::clone(&self.names));
        let looked = self.readers.call(move |connection| {
            names.get(connection)?;
            places.look_ahead(connection, LOOKED_AHEAD)
        });
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

    /// The names that requests may come under.
    pub(super) fn hosts(&self) -> &AllowedHosts {
        &self.hosts
    }

    pub(super) fn throttle(&self) -> &Throttle {
        &self.throttle
    }

    /// What gives what needs a person.
    pub(super) fn needs(&self) -> StatusProvider<Vec<String>> {
        Arc::clone(&self.telling.needs)
    }

    /// The week of all watches. It is counted to its end, so that whoever could not wait for it finds it there later.
    pub(super) async fn week(&self) -> Result<Arc<Week>, ErrorPage> {
        match tokio::time::timeout(READING_AT_MOST, self.counted()).await {
            Ok(week) => Ok(week?),
            Err(_) => Err(ErrorPage::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "The week is being counted",
                "So much was found that this takes longer than a page waits. Open it again in a minute.",
            )
            .with_onward("/hits", "All hits")),
        }
    }

    async fn counted(&self) -> Result<Arc<Week>, StoreError> {
        let mut kept = Arc::clone(&self.weeks).lock_owned().await;
        let now = self.now();
        let today = self.zone("").to_datetime(now).date();
        let fresh = kept.as_ref().filter(|kept| {
            let age = now.duration_since(kept.at);
            Arc::ptr_eq(&kept.config, &self.config)
                && !age.is_negative()
                && age < WEEK_KEPT
                && kept.week.last.tomorrow().ok() == Some(today)
        });
        if let Some(fresh) = fresh {
            return Ok(Arc::clone(&fresh.week));
        }
        let (count, config) = (Arc::clone(&self.telling.week), Arc::clone(&self.config));
        let counted = self
            .readers
            .call_to_end(COUNTING_AT_MOST, move |connection| {
                let week = Arc::new(count(connection, &config, now)?);
                *kept = Some(CachedWeek {
                    config,
                    at: now,
                    week: Arc::clone(&week),
                });
                Ok(week)
            });
        counted.await
    }

    /// What hits are about.
    pub(super) fn places(&self) -> Arc<PlacesOfHits> {
        Arc::clone(&self.places)
    }

    /// The right to try a watch, while nobody else does.
    pub(super) fn try_permit(&self) -> Option<OwnedSemaphorePermit> {
        Arc::clone(&self.trial).try_acquire_owned().ok()
    }

    /// The right to write and send a file, which may take much memory; `None` where others have it for too long.
    pub(super) async fn export_permit(&self) -> Option<OwnedSemaphorePermit> {
        let place = Arc::clone(&self.export).acquire_owned();
        tokio::time::timeout(READING_AT_MOST, place)
            .await
            .ok()?
            .ok()
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
    pub(super) async fn read<T, F>(&self, work: F) -> Result<T, ErrorPage>
    where
        T: Send + 'static,
        F: FnOnce(&Connection) -> Result<T, StoreError> + Send + 'static,
    {
        Ok(self.readers.call(work).await?)
    }

    /// The same with all that pages are made of, for nobody in particular.
    pub(super) async fn read_with<T, F>(&self, work: F) -> Result<T, ErrorPage>
    where
        T: Send + 'static,
        F: FnOnce(PageContext<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.read_for(String::new(), work).await
    }

    /// Makes a page for a reader.
    pub(super) async fn page<T, F>(&self, reader: Reader, work: F) -> Result<Page<T>, ErrorPage>
    where
        T: Send + 'static,
        F: FnOnce(PageContext<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        self.read_for(reader.name, work).await.map(Page)
    }

    async fn read_for<T, F>(&self, reader: String, work: F) -> Result<T, ErrorPage>
    where
        T: Send + 'static,
        F: FnOnce(PageContext<'_>) -> Result<T, StoreError> + Send + 'static,
    {
        let (config, zone, now) = (Arc::clone(&self.config), self.zone(&reader), self.now());
        let names = Arc::clone(&self.names);
        self.read(move |connection| {
            work(PageContext {
                connection,
                config: &config,
                zone: &zone,
                now,
                reader: &reader,
                names: &names,
            })
        })
        .await
    }

    /// Writes, after what the service writes.
    pub(super) async fn write<T, F>(&self, work: F) -> Result<T, ErrorPage>
    where
        T: Send + 'static,
        F: FnOnce(&mut Connection) -> Result<T, StoreError> + Send + 'static,
    {
        match tokio::time::timeout(WRITING_AT_MOST, self.store.call(work)).await {
            Ok(done) => Ok(done?),
            Err(_) => Err(ErrorPage::new(
                StatusCode::SERVICE_UNAVAILABLE,
                "The database is busy",
                "Another program keeps it. What you sent may be kept yet: open the page again in a minute, and look.",
            )),
        }
    }
}

/// What [`WebServer::answer`] gave to the request.
fn given<T: Clone + Send + Sync + 'static>(parts: &Parts) -> T {
    let given = parts.extensions.get::<T>().cloned();
    given
        .expect("every request comes through WebServer::answer, and no open page asks for a reader")
}

impl<S: Sync> FromRequestParts<S> for WebServer {
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

impl<S: Sync> FromRequestParts<S> for RequestHost {
    type Rejection = Infallible;

    async fn from_request_parts(parts: &mut Parts, _: &S) -> Result<Self, Infallible> {
        Ok(given(parts))
    }
}

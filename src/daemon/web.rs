//! The reading room: listens where the configuration says and serves [`crate::web`].

use std::io;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

use super::listener::{self, Limits, Words};
use super::mailer::week_of_all;
use super::status::ServiceStatus;
use super::time_scale::TimeScale;
use super::{Clock, ServiceContext};
use crate::config::{Config, ListenAddress};
use crate::store::{FILE_NAME, ReaderPool, Store, StoreError};
use crate::web::{LONGEST_FORM, StatusProviders, WebServer};

/// A query ends after some seconds; to try a watch takes as long as what is stored is large.
const LIMITS: Limits = Limits {
    connections: 32,
    asking: Duration::from_secs(10),
    answering: Duration::from_mins(5),
    taking: Duration::from_secs(10),
    body: LONGEST_FORM,
};
/// Connections to the database that only read.
const READERS: usize = 2;
/// Between two looks ahead.
const PAUSE: Duration = Duration::from_millis(50);
/// Once nothing is left to be looked up.
const LONG_PAUSE: Duration = Duration::from_mins(1);
const WORDS: Words = Words {
    open: "the reading room is open",
    shut: "the reading room cannot be opened",
};

/// Serves beside the rest of the service.
pub(super) async fn reading_room(current: watch::Receiver<ServiceContext>) {
    let place = |service: &ServiceContext| service.config.web.listen.clone();
    listener::follow(current, place, serving).await;
}

async fn serving(listen: ListenAddress, current: watch::Receiver<ServiceContext>) {
    let opened = {
        let service = current.borrow();
        let (config, store) = (service.config.clone(), service.store.clone());
        open_room(config, store, &service.state_folder, service.clock.clone())
    };
    let server = match opened {
        Ok(server) => server,
        Err(error) => {
            tracing::error!(
                "{}, and this is tried again in a minute: {error}",
                WORDS.shut
            );
            return tokio::time::sleep(listener::RETRY_AFTER_ERROR).await;
        }
    };
    let server = Arc::new(Mutex::new(server));
    let configured = {
        let server = Arc::clone(&server);
        move || {
            let mut server = server.lock().unwrap_or_else(PoisonError::into_inner);
            server.configure(&current.borrow().config);
            server.clone()
        }
    };
    let ahead = looking_ahead(configured.clone());
    let listening = listener::listen(&listen, &WORDS, LIMITS, move |request| {
        let server = configured();
        async move { server.answer(request).await }
    });
    tokio::select! {
        () = listening => {}
        () = ahead => {}
    }
}

/// The reading room over the database of a state folder.
pub fn open_room(
    config: Arc<Config>,
    store: Store,
    state: &Path,
    clock: Clock,
) -> Result<WebServer, StoreError> {
    let readers = ReaderPool::start(&state.join(FILE_NAME), READERS)?;
    let state = state.to_owned();
    let telling = StatusProviders {
        week: Arc::new(week_of_all),
        needs: Arc::new(move |connection, config, now| {
            Ok(ServiceStatus::read(Some(connection), &state, config, 0, now)?.needs)
        }),
    };
    Ok(WebServer::new(config, store, readers, clock, telling))
}

/// Looks up what takes long before anybody asks for it, a little at a time.
async fn looking_ahead(server: impl Fn() -> WebServer) {
    loop {
        let pause = match server().look_ahead().await {
            Ok(true) => PAUSE,
            Ok(false) | Err(_) => LONG_PAUSE,
        };
        tokio::time::sleep(pause).await;
    }
}

/// Why the reading room alone could not open, or had to close.
#[derive(Debug, thiserror::Error)]
pub enum WebError {
    /// The database.
    #[error(transparent)]
    Store(#[from] StoreError),
    /// The place to listen at.
    #[error("the reading room cannot listen on {0}: {1}")]
    Listen(ListenAddress, io::Error),
    /// Signals cannot be received.
    #[error("cannot listen to signals: {0}")]
    Signals(#[from] io::Error),
}

/// Serves the reading room alone, beside a service that may be at work, until SIGTERM or SIGINT.
pub async fn serve_web(
    state: &Path,
    config: Config,
    listen: &ListenAddress,
    time_scale: TimeScale,
) -> Result<(), WebError> {
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    let path = state.join(FILE_NAME);
    let store = Store::start(&path)?;
    let watched = store.clone();
    let server = open_room(Arc::new(config), store, state, time_scale.clock())?;
    let refused = |error| WebError::Listen(listen.clone(), error);
    let bound = listener::bind(listen).await.map_err(refused)?;
    tracing::info!("{} on {listen}", WORDS.open);
    let ahead = server.clone();
    let serving = bound.serve(LIMITS, move |request| {
        let server = server.clone();
        async move { server.answer(request).await }
    });
    tokio::select! {
        error = serving => Err(refused(error)),
        () = looking_ahead(|| ahead.clone()) => Ok(()),
        error = watched.lost() => Err(error.into()),
        _ = terminate.recv() => Ok(()),
        _ = interrupt.recv() => Ok(()),
    }
}

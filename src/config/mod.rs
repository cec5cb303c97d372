//! The configuration folder: TOML to checked values, all problems at once, each with its place.
//!
//! ```text
//! newsvigil.toml     [fetch] [article] [store] [mail] [metrics] [web] [[recipient]]
//! feeds.toml         [[feed]]
//! words/*.toml       [[words]]
//! watches/*.toml     [[watch]]
//! places.toml        [[place]] [[region]] [aside]; without it, those of the program
//! ```

mod articles;
mod configuration;
mod encoding;
mod examples;
mod feed;
mod feeds;
mod files;
mod key_synonyms;
mod languages;
mod listen;
mod loader;
mod mail;
mod names;
mod places;
mod problem;
mod reachability;
mod recipients;
mod redaction;
mod references;
mod scoring;
mod secret;
mod secret_source;
mod settings;
mod source;
mod string_spans;
mod suggestion;
mod table;
#[cfg(test)]
mod tests;
mod toml_mistakes;
pub mod units;
mod watch;
mod watch_version;
mod watches;
mod web;
mod words;
mod zones;

pub use articles::ArticleSettings;
pub use configuration::Config;
pub use feed::FeedArticles;
pub use feeds::{Feed, FeedAddress, LinkPage};
pub use listen::{ListenAddress, MetricsSettings};
pub use loader::{Checked, check, load, load_as_far_as_read, load_to_look};
pub use mail::{
    DkimSettings, MailSettings, OAuth2Settings, SmtpSettings, TlsMode, TokenSettings,
    TransportSettings,
};
pub use names::tag_for;
pub use places::{Places, WantedPlaces};
pub use problem::{Problem, Problems, Source, SourceSpan, Styling, query_problems};
pub use recipients::{GroupBy, Recipient};
pub use secret::{SecretError, check_exposure, read_secret};
pub use secret_source::SecretSource;
pub use settings::{FetchSettings, StoreSettings};
pub(crate) use suggestion::nearest;
pub use watch::Watch;
pub use web::{LOCAL_NAME, WebHost, WebSettings};
pub use words::ListSource;

//! Where the service finds things.

use std::path::PathBuf;

/// Where the service finds things.
#[derive(Clone, Debug)]
pub struct Folders {
    /// The configuration.
    pub config: PathBuf,
    /// The database and the local mailbox.
    pub state: PathBuf,
    /// Secrets, when the service manager gives some.
    pub credentials: Option<PathBuf>,
}

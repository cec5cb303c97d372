//! Access tokens that are fetched with a refresh token (RFC 6749 section 6).
//!
//! A server may give a new refresh token with each answer and forget the old one. So the new one is kept,
//! in the state folder, under a name made of what was configured: whoever consents anew and configures
//! another refresh token begins with that.

use std::fmt;
use std::fs::{self, OpenOptions};
use std::io::{self, Read, Write};
use std::os::unix::fs::{DirBuilderExt, MetadataExt, OpenOptionsExt, chown};
use std::path::{Path, PathBuf};
use std::time::Duration;

use base64::{Engine, engine::general_purpose::STANDARD};
use reqwest::StatusCode;
use sha2::{Digest as _, Sha256};
use tokio::sync::Mutex;
use tokio::time::Instant;
use url::form_urlencoded::{Serializer, byte_serialize};

use super::answer::{TokenErrorResponse, TokenResponse, read_answer, read_refusal};
use super::error::TokenError;
use crate::mail::secret::Secret;

/// How long an answer may take, from connecting to its end.
const PATIENCE: Duration = Duration::from_secs(30);
/// Longest answer, in bytes.
const ANSWER_BYTES: usize = 64 << 10;
/// A token that ends sooner than this is fetched anew, so that it does not end on its way.
const MARGIN: Duration = Duration::from_mins(1);

/// What a token server is told, and what it gave.
pub struct TokenRefresher {
    token_url: url::Url,
    client_id: String,
    client_secret: Option<Secret>,
    configured: Secret,
    scope: Option<String>,
    /// Where a refresh token lies that the server gave in place of another.
    kept: PathBuf,
    patience: Duration,
    state: Mutex<State>,
}

/// What a client was given by its authorization server.
#[derive(Clone, Debug)]
pub struct RefreshOptions {
    /// The token endpoint: HTTPS, or HTTP on loopback.
    pub token_url: url::Url,
    /// The client's name at the server.
    pub client_id: String,
    /// Its secret; a public client has none.
    pub client_secret: Option<Secret>,
    /// The grant that a person has consented to.
    pub refresh_token: Secret,
    /// Scopes, with spaces between them; without: those that were consented to.
    pub scope: Option<String>,
}

#[derive(Default)]
struct State {
    access: Option<(Secret, Instant)>,
    /// A new refresh token that could not be written down.
    unwritten: Option<Secret>,
}

/// How the client proves who it is (RFC 6749 section 2.3.1).
#[derive(Clone, Copy, PartialEq, Eq)]
enum ClientAuthentication {
    /// In the form: what Google and Microsoft document.
    Form,
    /// By HTTP Basic, which every server has to take.
    Basic,
}

impl fmt::Debug for TokenRefresher {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Refresh")
            .field("token_url", &self.token_url.as_str())
            .field("client_id", &self.client_id)
            .finish_non_exhaustive()
    }
}

impl TokenRefresher {
    /// Asks nobody yet.
    pub fn new(options: RefreshOptions, state_folder: &Path) -> Self {
        let mut name = Sha256::new();
        for part in [
            options.token_url.as_str(),
            &options.client_id,
            options.refresh_token.expose(),
        ] {
            name.update((part.len() as u64).to_be_bytes());
            name.update(part.as_bytes());
        }
        let name: String = name
            .finalize()
            .iter()
            .take(8)
            .map(|b| format!("{b:02x}"))
            .collect();
        Self {
            token_url: options.token_url,
            client_id: options.client_id,
            client_secret: options.client_secret,
            configured: options.refresh_token,
            scope: options.scope,
            kept: state_folder.join(format!("refresh-token-{name}")),
            patience: PATIENCE,
            state: Mutex::default(),
        }
    }

    /// The same with another limit of time.
    #[must_use]
    pub fn with_patience(self, patience: Duration) -> Self {
        Self { patience, ..self }
    }

    /// An access token, kept or new. `fresh`: a new one.
    pub(super) async fn access_token(&self, fresh: bool) -> Result<Secret, TokenError> {
        let mut state = self.state.lock().await;
        if fresh {
            state.access = None;
        }
        if let Some((token, until)) = &state.access
            && Instant::now() < *until
        {
            return Ok(token.clone());
        }
        let asked = Instant::now();
        let granted = self.granted(&mut state).await?;
        let until = asked + granted.lasts.saturating_sub(MARGIN);
        state.access = Some((granted.access_token.clone(), until));
        Ok(granted.access_token)
    }

    /// Asks with the newest refresh token first, and with the configured one when that is refused.
    async fn granted(&self, state: &mut State) -> Result<TokenResponse, TokenError> {
        let mut tokens = Vec::new();
        let kept = [state.unwritten.clone(), read_kept(&self.kept)];
        for token in kept.into_iter().flatten().chain([self.configured.clone()]) {
            if !tokens.contains(&token) {
                tokens.push(token);
            }
        }
        let mut refused = None;
        for token in tokens {
            match self.ask(&token).await? {
                Ok(granted) => {
                    if let Some(new) = granted.refresh_token.clone().filter(|new| *new != token) {
                        let kept = keep(&self.kept, &new);
                        if let Err(error) = &kept {
                            tracing::error!(
                                "the new refresh token of {} is used, and cannot be kept in {}: {error}; \
                                 after a restart the configured one may be refused",
                                self.server(),
                                self.kept.display()
                            );
                        }
                        state.unwritten = kept.is_err().then_some(new);
                    } else if refused.is_some() {
                        // The one that was kept is of no use any more.
                        state.unwritten = None;
                        let _ = fs::remove_file(&self.kept);
                    }
                    return Ok(granted);
                }
                Err(refusal) if refusal.is_of_the_grant() => refused = Some((refusal, token)),
                Err(refusal) => return Err(self.told(&refusal, &token)),
            }
        }
        Err(refused.map_or_else(
            || TokenError::Permanent("there is no refresh token".to_owned()),
            |(refusal, token)| self.told(&refusal, &token),
        ))
    }

    fn told(&self, refusal: &TokenErrorResponse, refresh_token: &Secret) -> TokenError {
        let secrets = [Some(refresh_token), self.client_secret.as_ref()];
        let why = format!("{}: {}", self.server(), refusal.sentence(&secrets));
        if refusal.passes() {
            TokenError::Temporary(why)
        } else {
            TokenError::Permanent(why)
        }
    }

    /// One question, and a second one where the server wants the client's secret in the other way.
    async fn ask(
        &self,
        refresh_token: &Secret,
    ) -> Result<Result<TokenResponse, TokenErrorResponse>, TokenError> {
        let answer = self
            .ask_once(refresh_token, ClientAuthentication::Form)
            .await?;
        match answer {
            Err(refusal) if refusal.is_of_the_client() && self.client_secret.is_some() => {
                self.ask_once(refresh_token, ClientAuthentication::Basic)
                    .await
            }
            answer => Ok(answer),
        }
    }

    async fn ask_once(
        &self,
        refresh_token: &Secret,
        proof: ClientAuthentication,
    ) -> Result<Result<TokenResponse, TokenErrorResponse>, TokenError> {
        let failed = |error: &reqwest::Error| {
            TokenError::Temporary(format!("{}: {}", self.server(), reason(error)))
        };
        let request = self.question(refresh_token, proof);
        let request = request.map_err(|error| failed(&error))?;
        let mut response = request.send().await.map_err(|error| failed(&error))?;
        let status = response.status();
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(|error| failed(&error))? {
            if body.len() + chunk.len() > ANSWER_BYTES {
                let why = format!(
                    "{}: the answer is longer than 64 KiB, so it is no token",
                    self.server()
                );
                return Err(TokenError::Permanent(why));
            }
            body.extend_from_slice(&chunk);
        }
        if status == StatusCode::OK {
            read_answer(&body)
                .map(Ok)
                .map_err(|why| TokenError::Permanent(format!("{}: {why}", self.server())))
        } else {
            Ok(Err(read_refusal(status.as_u16(), &body)))
        }
    }

    fn question(
        &self,
        refresh_token: &Secret,
        proof: ClientAuthentication,
    ) -> Result<reqwest::RequestBuilder, reqwest::Error> {
        let mut form = Serializer::new(String::new());
        form.append_pair("grant_type", "refresh_token")
            .append_pair("refresh_token", refresh_token.expose());
        if let Some(scope) = &self.scope {
            form.append_pair("scope", scope);
        }
        let mut request = self
            .client()?
            .post(self.token_url.clone())
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Accept", "application/json");
        match (proof, &self.client_secret) {
            (ClientAuthentication::Basic, Some(secret)) => {
                let encoded = |text: &str| byte_serialize(text.as_bytes()).collect::<String>();
                let login = format!("{}:{}", encoded(&self.client_id), encoded(secret.expose()));
                let login = format!("Basic {}", STANDARD.encode(login));
                request = request.header("Authorization", login);
            }
            (_, secret) => {
                form.append_pair("client_id", &self.client_id);
                if let Some(secret) = secret {
                    form.append_pair("client_secret", secret.expose());
                }
            }
        }
        Ok(request.body(form.finish()))
    }

    /// Made for each question: there is hardly one an hour.
    fn client(&self) -> Result<reqwest::Client, reqwest::Error> {
        reqwest::Client::builder()
            .http1_only()
            .user_agent(concat!("newsvigil/", env!("CARGO_PKG_VERSION")))
            // What is sent is for the configured server and for no other.
            .redirect(reqwest::redirect::Policy::none())
            .referer(false)
            .https_only(self.token_url.scheme() == "https")
            .timeout(self.patience)
            .no_proxy()
            .build()
    }

    fn server(&self) -> &str {
        self.token_url.host_str().unwrap_or("the token server")
    }
}

/// The innermost cause, which says what happened, without the address.
fn reason(error: &reqwest::Error) -> String {
    if error.is_timeout() {
        return "no answer in time".to_owned();
    }
    let mut inner: &dyn std::error::Error = error;
    while let Some(source) = inner.source() {
        inner = source;
    }
    format!("it cannot be asked: {inner}")
}

fn read_kept(path: &Path) -> Option<Secret> {
    let mut text = String::new();
    crate::file::open_regular(path)
        .and_then(|file| file.take(ANSWER_BYTES as u64).read_to_string(&mut text))
        .ok()?;
    let text = text.trim();
    (!text.is_empty()).then(|| Secret::new(text))
}

/// Writes the token so that it is there whole or not at all. It belongs to the owner of the folder: a
/// command that root ran must not take it away from the service.
fn keep(path: &Path, token: &Secret) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    // `mail test` may come before the first run.
    fs::DirBuilder::new()
        .recursive(true)
        .mode(0o700)
        .create(folder)?;
    let owner = fs::metadata(folder)?;
    let beside = path.with_extension(format!("{}.new", std::process::id()));
    let written = OpenOptions::new()
        .write(true)
        .create_new(true)
        .mode(0o600)
        .open(&beside)
        .and_then(|mut file| {
            file.write_all(token.expose().as_bytes())?;
            file.write_all(b"\n")?;
            file.sync_all()
        })
        .and_then(|()| {
            if fs::metadata(&beside)?.uid() != owner.uid() {
                chown(&beside, Some(owner.uid()), Some(owner.gid()))?;
            }
            fs::rename(&beside, path)?;
            fs::File::open(folder)?.sync_all()
        });
    if written.is_err() {
        let _ = fs::remove_file(&beside);
    }
    written
}

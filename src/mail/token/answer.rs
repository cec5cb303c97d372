//! What a token server answers (RFC 6749 sections 5.1 and 5.2).

use std::time::Duration;

use serde_json::Value;
use url::form_urlencoded::byte_serialize;

use crate::core::digest::clean_line;
use crate::mail::secret::Secret;

/// How long a token is taken for good when the server does not say: sooner a question too many than a
/// login that fails.
const LASTS_UNKNOWN: Duration = Duration::from_mins(5);
/// No token is kept longer than this, whatever the server says.
const LASTS_AT_MOST: u64 = 24 * 60 * 60;
/// Longest description told, in characters.
const DESCRIPTION_CHARS: usize = 200;

/// A token, and for how long.
#[derive(Debug)]
pub(super) struct TokenResponse {
    pub access_token: Secret,
    pub lasts: Duration,
    pub refresh_token: Option<Secret>,
}

/// The server gave no token.
#[derive(Debug)]
pub(super) struct TokenErrorResponse {
    status: u16,
    /// A word of section 5.2, when the answer has one.
    error: Option<String>,
    description: Option<String>,
}

/// Reads the answer to a question that went well.
pub(super) fn read_answer(body: &[u8]) -> Result<TokenResponse, &'static str> {
    let Ok(Value::Object(answer)) = serde_json::from_slice(body) else {
        return Err(
            "the answer is no JSON object; is token_url the address of the token endpoint?",
        );
    };
    let text = |key: &str| answer.get(key).and_then(Value::as_str);
    let visible = |token: &&str| !token.is_empty() && token.bytes().all(|b| b.is_ascii_graphic());
    let access_token = text("access_token")
        .filter(visible)
        .ok_or("the answer has no access_token; is token_url the address of the token endpoint?")?;
    // Required by the standard; some leave it out, and there is one type only that mail servers know.
    if text("token_type").is_some_and(|kind| !kind.eq_ignore_ascii_case("bearer")) {
        return Err(
            "the answer has a token of another type than Bearer, which mail servers do not know",
        );
    }
    let lasts = match answer.get("expires_in") {
        Some(Value::Number(seconds)) => seconds.as_f64(),
        Some(Value::String(seconds)) => seconds.trim().parse().ok(),
        _ => None,
    };
    let lasts = lasts
        .filter(|seconds: &f64| seconds.is_finite() && *seconds >= 0.0)
        .map_or(LASTS_UNKNOWN, |seconds| {
            Duration::try_from_secs_f64(seconds)
                .unwrap_or(Duration::MAX)
                .min(Duration::from_secs(LASTS_AT_MOST))
        });
    Ok(TokenResponse {
        access_token: Secret::new(access_token),
        lasts,
        refresh_token: text("refresh_token").filter(visible).map(Secret::new),
    })
}

/// Reads the answer to a question that was refused, whatever it holds.
pub(super) fn read_refusal(status: u16, body: &[u8]) -> TokenErrorResponse {
    let answer: Option<Value> = serde_json::from_slice(body).ok();
    let text = |key: &str| {
        let text = answer.as_ref()?.get(key)?.as_str()?;
        Some(clean_line(text, DESCRIPTION_CHARS)).filter(|text| !text.is_empty())
    };
    TokenErrorResponse {
        status,
        error: text("error"),
        description: text("error_description"),
    }
}

impl TokenErrorResponse {
    /// Another refresh token may do.
    pub fn is_of_the_grant(&self) -> bool {
        self.error.as_deref() == Some("invalid_grant")
    }

    /// The client's secret was not understood, or is wrong.
    pub fn is_of_the_client(&self) -> bool {
        self.error.as_deref() == Some("invalid_client")
            || (self.status == 401 && self.error.is_none())
    }

    /// Whether it is the server's own trouble.
    pub fn passes(&self) -> bool {
        let word = self.error.as_deref().unwrap_or_default();
        self.status >= 500
            || matches!(self.status, 408 | 429)
            || matches!(
                word,
                "temporarily_unavailable" | "server_error" | "slow_down"
            )
    }

    /// What happened and what to do. Nothing of `secrets` is told, whatever the server says.
    pub fn sentence(&self, secrets: &[Option<&Secret>]) -> String {
        let what = match self.error.as_deref() {
            Some("invalid_grant") => {
                "the refresh token is expired, withdrawn, or another client's: consent anew, put the new one \
                 into `refresh_token`, and restart the service"
                    .to_owned()
            }
            Some("invalid_client") => {
                "it does not know this client: check `client_id` and `client_secret`".to_owned()
            }
            Some("unauthorized_client") => {
                "this client may not use a refresh token: allow it where the client is registered".to_owned()
            }
            Some("invalid_scope") => {
                "the scope is unknown, or more than was consented to: check `scope`".to_owned()
            }
            Some("unsupported_grant_type" | "invalid_request") => {
                "it does not understand the request: check `token_url`".to_owned()
            }
            Some(_) if self.passes() => "it has a trouble of its own".to_owned(),
            None if self.passes() => format!("it answers {}", self.status),
            Some(word) => format!("it refuses: {}", hidden(word, secrets)),
            None if (300..400).contains(&self.status) => {
                "it sends elsewhere, and secrets go to the configured address only: set `token_url` to the \
                 address of the token endpoint"
                    .to_owned()
            }
            None => format!(
                "it answers {} without a reason; is token_url the address of the token endpoint?",
                self.status
            ),
        };
        match &self.description {
            Some(description) => format!("{what} ({})", hidden(description, secrets)),
            None => what,
        }
    }
}

/// `text`, unless a secret or the beginning of one is in it, as it is or as a form has it.
fn hidden<'t>(text: &'t str, secrets: &[Option<&Secret>]) -> &'t str {
    let told = secrets.iter().flatten().any(|secret| {
        let head: String = secret.expose().chars().take(8).collect();
        let encoded: String = byte_serialize(head.as_bytes()).collect();
        text.contains(&head) || text.contains(&encoded)
    });
    if told { "…" } else { text }
}

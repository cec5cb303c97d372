//! The way out for messages that the configuration names, and what messages say of their sender.

use std::path::Path;
use std::sync::Arc;

use crate::config::{
    Config, MailSettings, SecretError, SmtpSettings, TlsMode, TokenSettings, TransportSettings,
    check_exposure, read_secret,
};
use crate::mail::{
    DkimError, DkimSigner, Maildir, RefreshOptions, RenderOptions, Sendmail, Smtp, SmtpOptions,
    SmtpTimeouts, Tls, TokenRefresher, TokenSource, Transport, parse_address,
};

/// Why there is no way out for messages.
#[derive(Debug, thiserror::Error)]
pub enum SetupError {
    /// The password cannot be had.
    #[error(transparent)]
    Secret(#[from] SecretError),
    /// The key for signatures cannot be used.
    #[error("[mail.dkim]: {0}")]
    Dkim(#[from] DkimError),
}

/// The way out that the configuration names; nothing is connected to yet.
pub(super) fn transport(
    settings: &MailSettings,
    state_folder: &Path,
    credentials: Option<&Path>,
) -> Result<Transport, SetupError> {
    Ok(match &settings.transport {
        TransportSettings::Maildir => Transport::Maildir(Maildir::new(state_folder.join("mail"))),
        TransportSettings::Sendmail(program) => {
            Transport::Sendmail(Sendmail::new(program, state_folder))
        }
        TransportSettings::Smtp(smtp) => {
            let options = smtp_options(smtp, &settings.from, state_folder, credentials)?;
            Transport::Smtp(Box::new(Smtp::new(options)))
        }
    })
}

/// What the messages say of their sender, and how they are signed.
pub fn render_options(
    config: &Config,
    credentials: Option<&Path>,
) -> Result<RenderOptions, SetupError> {
    let mut options = RenderOptions::new(config.mail.from.clone());
    options.pages = config.web.listen.as_ref().and_then(|_| config.web.base());
    options.operator = config
        .recipients
        .iter()
        .find(|recipient| recipient.operator)
        .map(|recipient| recipient.address.clone());
    if let Some(dkim) = &config.mail.dkim {
        let key = read_secret(&dkim.key.value, credentials)?;
        let signer = DkimSigner::new(&dkim.domain, &dkim.selector, key.expose())?;
        options.dkim = Some(Arc::new(signer));
    }
    Ok(options)
}

fn smtp_options(
    settings: &SmtpSettings,
    from: &str,
    state_folder: &Path,
    credentials: Option<&Path>,
) -> Result<SmtpOptions, SetupError> {
    let password = match &settings.password {
        Some(source) => Some(read_secret(&source.value, credentials)?),
        None => None,
    };
    let token = match &settings.token {
        Some(token) => Some(Arc::new(token_source(token, state_folder, credentials)?)),
        None => None,
    };
    Ok(SmtpOptions {
        host: settings.host.clone(),
        port: settings.port,
        tls: match settings.tls {
            TlsMode::Starttls => Tls::Starttls,
            TlsMode::Implicit => Tls::Implicit,
            TlsMode::None => Tls::None,
        },
        username: settings.username.clone(),
        password,
        token,
        // The sender's domain: a name that is ours, where the machine's own may be secret or none.
        hello_name: parse_address(from)
            .map_or_else(|_| String::new(), |from| from.domain().to_owned()),
        ca_file: settings.ca_file.as_ref().map(|file| file.value.clone()),
        timeouts: SmtpTimeouts::default(),
    })
}

fn token_source(
    settings: &TokenSettings,
    state_folder: &Path,
    credentials: Option<&Path>,
) -> Result<TokenSource, SetupError> {
    let oauth2 = match settings {
        TokenSettings::File(path) => {
            check_exposure(&path.value)?;
            return Ok(TokenSource::File(path.value.clone()));
        }
        TokenSettings::Refresh(oauth2) => oauth2,
    };
    let client_secret = match &oauth2.client_secret {
        Some(source) => Some(read_secret(&source.value, credentials)?),
        None => None,
    };
    let options = RefreshOptions {
        token_url: oauth2.token_url.clone(),
        client_id: oauth2.client_id.clone(),
        client_secret,
        refresh_token: read_secret(&oauth2.refresh_token.value, credentials)?,
        scope: oauth2.scope.clone(),
    };
    let refresh = TokenRefresher::new(options, state_folder);
    Ok(TokenSource::Refresh(Box::new(refresh)))
}

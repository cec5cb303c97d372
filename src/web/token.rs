//! Secrets of links and sessions. The database has their hashes only, so that whoever reads it cannot sign in.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sha2::{Digest, Sha256};

/// 32 random bytes, as an address or a cookie has them.
#[derive(Clone, PartialEq, Eq)]
pub struct RandomSecret(String);

impl RandomSecret {
    /// A new one.
    ///
    /// # Panics
    ///
    /// When the system gives no randomness: nothing here would be secret.
    pub fn random() -> Self {
        let mut bytes = [0; 32];
        aws_lc_rs::rand::fill(&mut bytes).expect("randomness of the system");
        Self(URL_SAFE_NO_PAD.encode(bytes))
    }

    /// What somebody gives as one, if it can be one.
    pub fn given(text: &str) -> Option<Self> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        (bytes.len() == 32).then(|| Self(text.to_owned()))
    }

    /// To be given to its owner.
    pub fn reveal(&self) -> &str {
        &self.0
    }

    /// What the database knows it by. It is random, so that no salt and no slow hash add anything.
    pub fn hash(&self) -> [u8; 32] {
        Sha256::digest(self.0.as_bytes()).into()
    }
}

impl std::fmt::Debug for RandomSecret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("RandomSecret")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_a_secret_is_not_looked_up() {
        let secret = RandomSecret::random();
        assert_ne!(secret, RandomSecret::random());
        assert_eq!(secret.reveal().len(), 43);
        assert_eq!(RandomSecret::given(secret.reveal()), Some(secret.clone()));
        for wrong in [
            "",
            "a",
            &secret.reveal()[1..],
            &format!("{}=", secret.reveal()),
        ] {
            assert_eq!(RandomSecret::given(wrong), None, "{wrong}");
        }
        assert_eq!(format!("{secret:?}"), "RandomSecret");
    }
}

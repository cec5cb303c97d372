//! A message on the wire.

use std::time::Duration;

use tokio::time::timeout;

use super::commands::{FailedStep, Transcript, await_reply, broken, refused, stop};
use super::options::SmtpTimeouts;
use super::reply::Reply;
use super::stream::{ReplyReadError, SmtpStream};
use crate::core::delivery::Step;

/// Bytes that each have their time.
const BLOCK: usize = 64 << 10;
/// How long a server that hung up in the middle of a message is heard out.
const LAST_WORDS: Duration = Duration::from_secs(5);

/// A message as it goes over the wire: dots doubled at the beginning of lines, and the final dot behind
/// it (RFC 5321 section 4.5.2).
pub(super) fn dot_stuffed(message: &str) -> Vec<u8> {
    // The line end before the dot is the message's own last one.
    let message = message.strip_suffix("\r\n").unwrap_or(message);
    let mut wire = Vec::with_capacity(message.len() + message.len() / 64 + 8);
    for line in message.split("\r\n") {
        if line.starts_with('.') {
            wire.push(b'.');
        }
        wire.extend_from_slice(line.as_bytes());
        wire.extend_from_slice(b"\r\n");
    }
    wire.extend_from_slice(b".\r\n");
    wire
}

/// The message as text, if each line ends in CRLF. A bare line feed before a dot is what smuggles a
/// second message past some servers.
pub(super) fn wire_text(message: &[u8]) -> Option<&str> {
    let text = std::str::from_utf8(message).ok()?;
    let sound = text
        .split("\r\n")
        .all(|line| !line.contains(['\r', '\n', '\0']));
    sound.then_some(text)
}

/// Sends the message and its dot, and awaits the reply. Where it stops at [`Step::Data`], the dot was not
/// sent, and nothing can have been accepted.
pub(super) async fn send(
    wire: &mut SmtpStream,
    message: &str,
    limits: SmtpTimeouts,
    dialogue: &Transcript,
) -> Result<Reply, FailedStep> {
    let bytes = dot_stuffed(message);
    let mut blocks = bytes.chunks(BLOCK).peekable();
    dialogue.waiting.begins(Step::FinalDot);
    while let Some(block) = blocks.next() {
        // The dot goes with what is before it: alone, the kernel holds it back for 40 ms to see whether
        // more is coming. Of a last block that failed we cannot know whether the dot went.
        let step = match blocks.peek() {
            Some(_) => Step::Data,
            None => Step::FinalDot,
        };
        // An answer that came before the dot is to no message: taken for the one to ours, it would lose it.
        let sending = async {
            wire.expect_nothing().await.map_err(Ok)?;
            wire.say(block).await.map_err(Err)
        };
        let failure = match timeout(limits.block, sending).await {
            Ok(Ok(())) => continue,
            Ok(Err(Ok(silence))) => return Err(early(silence, dialogue)),
            Ok(Err(Err(error))) => stop(step, error.into(), &dialogue.redaction),
            Err(_) => broken(
                step,
                format!("sent no further within {} s", limits.block.as_secs_f32()),
            ),
        };
        // Who refuses a message in the middle says so and hangs up.
        return match timeout(LAST_WORDS, wire.reply()).await {
            Ok(Ok(reply)) if reply.code >= 400 => {
                Err(early(ReplyReadError::Unsolicited(reply), dialogue))
            }
            _ => Err(failure),
        };
    }
    await_reply(Step::FinalDot, limits.final_dot, wire.reply(), dialogue).await
}

fn early(silence: ReplyReadError, dialogue: &Transcript) -> FailedStep {
    match silence {
        ReplyReadError::Unsolicited(reply) if reply.code >= 400 => {
            let words = dialogue.redaction.words(Step::FinalDot, &reply.text());
            refused(Step::FinalDot, reply.code, words)
        }
        silence => stop(Step::Data, silence, &dialogue.redaction),
    }
}

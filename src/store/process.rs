//! Which process wrote something, and whether that one still runs.

use std::fs;

/// This process: its number, and when it began in the ticks of the system's clock (`proc_pid_stat(5)`), for a
/// number is given again. Empty where the system does not say.
pub(super) fn own() -> String {
    named("self").map_or_else(String::new, |(name, _)| name)
}

/// Whether the process of this name still runs.
pub(super) fn runs(name: &str) -> bool {
    name.split_once('-')
        .and_then(|(number, _)| named(number))
        .is_some_and(|(found, alive)| found == name && alive)
}

/// The name of a process, and whether it has not ended.
fn named(number: &str) -> Option<(String, bool)> {
    let stat = fs::read_to_string(format!("/proc/{number}/stat")).ok()?;
    let (number, _) = stat.split_once(' ')?;
    // The name of its program comes second, in parentheses, and may hold some of its own.
    let (_, rest) = stat.rsplit_once(") ")?;
    let mut fields = rest.split(' ');
    let state = fields.next()?;
    let began = fields.nth(18)?;
    let alive = !matches!(state, "Z" | "X" | "x");
    Some((format!("{number}-{began}"), alive))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn this_one_runs_and_neither_a_former_one_of_its_number_nor_one_that_has_ended() {
        let own = own();
        assert!(runs(&own), "{own}");
        let (number, began) = own.split_once('-').unwrap();
        let former = began.parse::<u64>().unwrap() - 1;
        assert!(!runs(&format!("{number}-{former}")));
        let mut ended = std::process::Command::new("true").spawn().unwrap();
        let (name, _) = named(&ended.id().to_string()).unwrap();
        while runs(&name) {
            std::thread::yield_now();
        }
        ended.wait().unwrap();
        assert!(!runs(&name));
        assert!(!runs("") && !runs("../self-1"));
    }
}

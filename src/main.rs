//! argv in, exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    newsvigil::cli::run(std::env::args_os())
}

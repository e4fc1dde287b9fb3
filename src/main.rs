//! The `examdeck` program; everything is in the library.

use std::process::ExitCode;

fn main() -> ExitCode {
    examdeck::cli::main()
}

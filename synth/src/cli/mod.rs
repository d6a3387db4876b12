//! The command line: arguments in, text and exit code out.
//!
//! Another workspace renders its own systems with the same commands:
//!
//! ```ignore
//! fn main() -> std::process::ExitCode {
//!     match synth::model::Systems::new(vec![my_system()]) {
//!         Ok(systems) => synth::cli::main(&systems),
//!         Err(errors) => synth::cli::refuse(&errors),
//!     }
//! }
//! ```

mod args;
mod check;
mod completions;
mod config;
mod diff;
mod explain;
mod list;
#[cfg(feature = "lsp")]
mod lsp;
mod output;
mod render;
mod report;
mod root;
mod search;
mod select;
mod validate;
mod version;

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::process::ExitCode;

use clap::Parser;
use clap::error::ErrorKind;

use crate::files;
use crate::model::Systems;
use args::{Args, Command};
use output::{Lasting, Output, Progress};

/// How a command ends.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Outcome {
    /// All is well.
    Fine,
    /// There are findings, or files that are not as rendered.
    Objections,
    /// Some of the input cannot be read; what is wrong with it was told.
    Unreadable,
}

/// Why a command cannot do its work.
#[derive(Debug, thiserror::Error)]
enum Error {
    /// A system cannot be rendered.
    #[error("system `{system}`: {source}")]
    Render { system: String, source: crate::Error },
    /// The disk.
    #[error(transparent)]
    Files(#[from] files::Error),
    /// What was asked for does not exist.
    #[error("{0}")]
    Usage(String),
    /// What was asked for is there, and none of it is what the command is about.
    #[error("{0}")]
    Nothing(String),
    /// Standard output is gone or full.
    #[error("cannot write to standard output: {0}")]
    Output(#[from] io::Error),
}

/// Runs the command that the arguments of the process ask for, and tells the process how to end.
#[must_use]
pub fn main(systems: &Systems) -> ExitCode {
    let (mut out, mut err) = (io::stdout().lock(), io::stderr().lock());
    let colored = |choice| {
        matches!(
            choice,
            anstream::ColorChoice::Always | anstream::ColorChoice::AlwaysAnsi
        )
    };
    let mut output = Output {
        color: colored(anstream::AutoStream::choice(&out)),
        color_of_errors: colored(anstream::AutoStream::choice(&err)),
        out: &mut Lasting::new(&mut out),
        progress: if io::stderr().is_terminal() {
            Progress::Shown
        } else {
            Progress::Hidden
        },
        err: &mut err,
        quiet: false,
    };
    ExitCode::from(answer(systems, std::env::args_os(), &mut output))
}

/// [`main`] with everything that it reads and writes given, but for the files; the first argument is the name of the
/// program. The result is the exit code.
#[must_use]
pub fn run(
    systems: &Systems,
    arguments: impl IntoIterator<Item = OsString>,
    out: &mut dyn Write,
    err: &mut dyn Write,
) -> u8 {
    let mut output = Output {
        color: false,
        color_of_errors: false,
        progress: Progress::Hidden,
        out: &mut Lasting::new(out),
        err,
        quiet: false,
    };
    answer(systems, arguments, &mut output)
}

/// Tells that there is nothing to run, because systems have impossible values.
#[must_use]
pub fn refuse(errors: &dyn Display) -> ExitCode {
    // Nobody is left to be told when standard error is gone.
    let _ = writeln!(io::stderr(), "error: {errors}");
    ExitCode::from(2)
}

fn answer(systems: &Systems, arguments: impl IntoIterator<Item = OsString>, output: &mut Output<'_>) -> u8 {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return usage(&error, output),
    };
    output.set(&args.options);
    match command(systems, &args, output) {
        Ok(Outcome::Fine) => 0,
        Ok(Outcome::Objections) => 1,
        Ok(Outcome::Unreadable) => 2,
        Err(error) => {
            output.error(&error.to_string());
            2
        }
    }
}

fn command(systems: &Systems, args: &Args, output: &mut Output<'_>) -> Result<Outcome, Error> {
    let options = &args.options;
    let outcome = match &args.command {
        None => render::run(systems, &args.adopt, options, output),
        Some(_) if !args.adopt.is_empty() => {
            let text = "only rendering takes files over; leave --adopt out";
            return Err(Error::Usage(text.to_owned()));
        }
        Some(Command::Check) => check::run(systems, options, output),
        Some(Command::List) => list::run(systems, options, output),
        #[cfg(feature = "lsp")]
        Some(Command::Lsp) => lsp::run(crate::checks::Options::default()),
        Some(Command::Validate(args)) => validate::run(args, options, output),
        Some(Command::Diff(args)) => diff::run(systems, args, options, output),
        Some(Command::Explain { words }) => explain::run(words, options, output),
        Some(Command::Schema { of }) => config::schema::run(*of, output),
        Some(Command::Completions { shell }) => completions::run(*shell, systems, output),
    }?;
    output.out.flush()?;
    Ok(outcome)
}

/// Help and the version are answers; everything else that clap says is an error.
fn usage(error: &clap::Error, output: &mut Output<'_>) -> u8 {
    if error.kind() == ErrorKind::DisplayVersion {
        let written = output.out.write_all(version::text().as_bytes());
        return if written.is_ok() { 0 } else { 2 };
    }
    let asked = error.kind() == ErrorKind::DisplayHelp;
    let (to, color): (&mut dyn Write, _) = if asked {
        (output.out, output.color)
    } else {
        (output.err, output.color_of_errors)
    };
    let text = error.render();
    let written = if color {
        write!(to, "{}", text.ansi())
    } else {
        write!(to, "{text}")
    };
    if asked && written.is_ok() { 0 } else { 2 }
}

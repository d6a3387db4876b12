//! Where text goes.

use std::io::{self, Write};

use super::args::{Color, Options};
use crate::checks::show;

/// Standard output and standard error, and what may be said on them.
pub(super) struct Output<'a> {
    pub(super) out: &'a mut dyn Write,
    pub(super) err: &'a mut dyn Write,
    /// Whether standard output is coloured.
    pub(super) color: bool,
    /// Whether standard error is coloured.
    pub(super) color_of_errors: bool,
    pub(super) quiet: bool,
    pub(super) progress: Progress,
}

/// Standard output of which the reader may go, as `head` does: what it does not want is dropped, and the command goes on
/// to its exit code, which somebody may rely on.
pub(super) struct Lasting<'a> {
    inner: &'a mut dyn Write,
    gone: bool,
}

impl<'a> Lasting<'a> {
    pub(super) fn new(inner: &'a mut dyn Write) -> Self {
        Self { inner, gone: false }
    }

    /// Takes note of a reader that is gone; every other fault stays one.
    fn unless_gone<T>(&mut self, result: io::Result<T>, dropped: T) -> io::Result<T> {
        match result {
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => {
                self.gone = true;
                Ok(dropped)
            }
            other => other,
        }
    }
}

impl Write for Lasting<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if self.gone {
            return Ok(bytes.len());
        }
        let written = self.inner.write(bytes);
        self.unless_gone(written, bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        if self.gone {
            return Ok(());
        }
        let flushed = self.inner.flush();
        self.unless_gone(flushed, ())
    }
}

/// Whether to tell how far long work is.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Progress {
    /// On a terminal, where a line can be written over.
    Shown,
    Hidden,
}

impl Output<'_> {
    /// Takes over what the options say.
    pub(super) fn set(&mut self, options: &Options) {
        let both = match options.color {
            Color::Auto => None,
            Color::Always => Some(true),
            Color::Never => Some(false),
        };
        self.color = both.unwrap_or(self.color);
        self.color_of_errors = both.unwrap_or(self.color_of_errors);
        self.quiet = options.quiet;
    }

    /// What is told unless quiet is asked for.
    pub(super) fn say(&mut self, text: &str) -> io::Result<()> {
        if self.quiet {
            return Ok(());
        }
        self.out.write_all(text.as_bytes())
    }

    /// What is told beside the output, unless quiet is asked for.
    pub(super) fn note(&mut self, text: &str) {
        if !self.quiet {
            let name = paint(self.color_of_errors, "1;36", "note");
            // Nobody is left to be told when standard error is gone.
            let _ = writeln!(self.err, "{name}: {text}");
        }
    }

    /// Shows how far long work is, in place of what was shown before; nothing takes it away.
    pub(super) fn progress(&mut self, text: &str) {
        if self.progress == Progress::Shown && !self.quiet {
            // `ESC [ K` clears the rest of the line.
            let _ = write!(self.err, "\r{text}\u{1b}[K");
            let _ = self.err.flush();
        }
    }

    /// An error, in one line.
    pub(super) fn error(&mut self, text: &str) {
        let name = paint(self.color_of_errors, "1;31", "error");
        let _ = writeln!(self.err, "{name}: {text}");
    }

    /// A unified diff, coloured by line.
    pub(super) fn diff(&mut self, text: &str) -> io::Result<()> {
        for line in text.split_inclusive('\n') {
            let code = match line.as_bytes() {
                [b'-', b'-', b'-', ..] | [b'+', b'+', b'+', ..] => "1",
                [b'-', ..] => "31",
                [b'+', ..] => "32",
                [b'@', ..] => "36",
                _ => "",
            };
            let line = line.strip_suffix('\n').unwrap_or(line);
            writeln!(self.out, "{}", paint(self.color && !code.is_empty(), code, line))?;
        }
        Ok(())
    }

    /// Text in a colour, if there are colours.
    pub(super) fn paint(&self, code: &str, text: &str) -> String {
        paint(self.color, code, text)
    }

    pub(super) fn color(&self) -> show::Color {
        if self.color {
            show::Color::Always
        } else {
            show::Color::Never
        }
    }
}

fn paint(color: bool, code: &str, text: &str) -> String {
    if color {
        format!("\u{1b}[{code}m{text}\u{1b}[0m")
    } else {
        text.to_owned()
    }
}

//! Log lines, gathered in memory and written in batches by one thread: a line costs a request no
//! system call, and none is lost when the service stops.

use std::io::{self, IsTerminal, Write};
use std::mem;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};
use std::thread::{self, JoinHandle};
use std::time::{Duration, SystemTime};

use clap::ValueEnum;

use crate::line;
pub use crate::line::Value;
use crate::timestamp::rfc3339;

/// How long lines gather before they are written.
const GATHER: Duration = Duration::from_millis(50);
/// The most that may wait while the reader of the log is stuck; lines beyond are counted, not kept.
const WAITING_LIMIT: usize = 4 * 1024 * 1024;

/// How much a line matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, ValueEnum)]
pub enum Level {
    /// For the developer.
    Debug,
    /// What happened: each request, start and stop.
    Info,
    /// Something that an operator may want to change.
    Warn,
    /// A request or the service failed.
    Error,
}

impl Level {
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Debug => "debug",
            Self::Info => "info",
            Self::Warn => "warn",
            Self::Error => "error",
        }
    }
}

/// How a line looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Text if standard output is a terminal, JSON otherwise.
    Auto,
    /// One JSON object a line.
    Json,
    /// For people.
    Text,
}

/// Where lines go. Clones share it.
#[derive(Clone)]
pub struct Log(Arc<Shared>);

struct Shared {
    level: Level,
    json: bool,
    waiting: Mutex<Waiting>,
    changed: Condvar,
    dropped: AtomicU64,
    writer: Mutex<Option<JoinHandle<()>>>,
}

#[derive(Default)]
struct Waiting {
    lines: Vec<u8>,
    closed: bool,
}

impl Log {
    /// A log on standard output.
    #[must_use]
    pub fn stdout(level: Level, format: Format) -> Self {
        let json = match format {
            Format::Json => true,
            Format::Text => false,
            Format::Auto => !io::stdout().is_terminal(),
        };
        Self::to(level, json, io::stdout())
    }

    /// A log into anything.
    #[must_use]
    pub fn to(level: Level, json: bool, sink: impl Write + Send + 'static) -> Self {
        let shared = Arc::new(Shared {
            level,
            json,
            waiting: Mutex::default(),
            changed: Condvar::new(),
            dropped: AtomicU64::new(0),
            writer: Mutex::new(None),
        });
        let theirs = Arc::clone(&shared);
        let spawned = thread::Builder::new()
            .name("log".to_owned())
            .stack_size(128 * 1024)
            .spawn(move || write_batches(&theirs, sink));
        // Without the thread, lines are dropped and counted: a service that cannot log still serves.
        *lock(&shared.writer) = spawned.ok();
        Self(shared)
    }

    /// Whether lines of this level are kept.
    #[must_use]
    pub fn keeps(&self, level: Level) -> bool {
        level >= self.0.level
    }

    /// Adds a line.
    pub fn line(&self, level: Level, message: &str, fields: &[(&str, Value)]) {
        if !self.keeps(level) {
            return;
        }
        let now = rfc3339(SystemTime::now());
        let mut waiting = lock(&self.0.waiting);
        if waiting.lines.len() > WAITING_LIMIT || waiting.closed {
            self.0.dropped.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let was_empty = waiting.lines.is_empty();
        let write = if self.0.json {
            line::write_json
        } else {
            line::write_text
        };
        write(&mut waiting.lines, &now, level, message, fields);
        drop(waiting);
        if was_empty {
            self.0.changed.notify_one();
        }
    }

    /// Lines that were not kept, as the reader of the log was stuck.
    #[must_use]
    pub fn dropped(&self) -> u64 {
        self.0.dropped.load(Ordering::Relaxed)
    }

    /// Writes what waits and ends the log; later lines are dropped.
    pub fn close(&self) {
        lock(&self.0.waiting).closed = true;
        self.0.changed.notify_one();
        if let Some(writer) = lock(&self.0.writer).take() {
            // The writer holds no state that its panic could have spoilt.
            let _ = writer.join();
        }
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    // Bytes are appended or swapped under the lock; a panic leaves at worst half a line.
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn write_batches(shared: &Shared, mut sink: impl Write) {
    let mut batch = Vec::new();
    loop {
        let mut waiting = lock(&shared.waiting);
        while waiting.lines.is_empty() && !waiting.closed {
            waiting = shared.changed.wait(waiting).unwrap_or_else(PoisonError::into_inner);
        }
        if !waiting.closed {
            waiting = shared
                .changed
                .wait_timeout(waiting, GATHER)
                .unwrap_or_else(PoisonError::into_inner)
                .0;
        }
        mem::swap(&mut batch, &mut waiting.lines);
        let closed = waiting.closed;
        drop(waiting);
        // There is nowhere to report that the log cannot be written.
        let _ = sink.write_all(&batch).and_then(|()| sink.flush());
        batch.clear();
        batch.shrink_to(64 * 1024);
        if closed {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::{self, Write};
    use std::sync::{Arc, Mutex};

    use super::{Level, Log, Value};

    #[derive(Clone, Default)]
    struct Sink(Arc<Mutex<Vec<u8>>>);

    impl Write for Sink {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().write(bytes)
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    fn written(level: Level, json: bool, say: impl FnOnce(&Log)) -> String {
        let sink = Sink::default();
        let log = Log::to(level, json, sink.clone());
        say(&log);
        log.close();
        String::from_utf8(sink.0.lock().unwrap().clone()).unwrap()
    }

    #[test]
    fn no_line_is_lost_when_the_log_closes() {
        let text = written(Level::Info, true, |log| {
            (0..10_000).for_each(|n| log.line(Level::Info, "n", &[("n", Value::Number(n))]));
        });
        assert_eq!(text.lines().count(), 10_000);
    }

    #[test]
    fn every_json_line_parses_whatever_is_in_it() {
        let text = written(Level::Info, true, |log| {
            log.line(
                Level::Warn,
                "a \"b\"\n",
                &[("c", Value::Text("\u{1}\\")), ("d", Value::Plain(b"e"))],
            );
        });
        let line: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!((&line["message"], &line["c"]), (&"a \"b\"\n".into(), &"\u{1}\\".into()));
    }

    #[test]
    fn text_lines_are_readable() {
        let text = written(Level::Info, false, |log| {
            log.line(
                Level::Info,
                "request",
                &[("status", Value::Number(200)), ("why", Value::Text("a b"))],
            );
        });
        assert_eq!(&text[27..], " info  request status=200 why=\"a b\"\n");
    }

    #[test]
    fn lines_below_the_level_are_not_kept() {
        assert_eq!(
            written(Level::Warn, true, |log| log.line(Level::Info, "quiet", &[])),
            ""
        );
    }
}

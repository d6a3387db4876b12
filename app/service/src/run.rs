//! From settings to exit code: runtime, signals, drain.

use std::io;
use std::net::SocketAddr;
use std::num::NonZeroUsize;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpListener;
use tokio::runtime::{Builder, Runtime};
use tokio::signal::unix::{Signal, SignalKind, signal};

use crate::front::Front;
use crate::health::Health;
use crate::log::{Level, Log, Value};
use crate::server::{self, Closing};
use crate::settings::Settings;

/// Why a service did not start.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// The address is taken or not of this machine.
    #[error("cannot listen on {0}: {1}; choose another with --host and --port")]
    Listen(SocketAddr, #[source] io::Error),
    /// The system gives no threads or no signals.
    #[error("cannot start: {0}")]
    System(#[from] io::Error),
}

/// Serves until a signal ends it: SIGTERM waits for the drain delay first, SIGINT does not, and a
/// second one of either ends the service at once. What is to be served is put together inside of the
/// runtime, as connections to other services need it.
///
/// # Errors
///
/// If it cannot be put together, the address cannot be listened on or the system gives no threads.
pub fn run<E: From<Error>>(
    settings: &Settings,
    health: &Arc<Health>,
    log: &Log,
    assemble: impl AsyncFnOnce() -> Result<Front, E>,
) -> Result<ExitCode, E> {
    log_panics(log.clone());
    let runtime = runtime(settings).map_err(Error::from)?;
    let code = runtime.block_on(async {
        let front = assemble().await?;
        serve(settings, front, health, log).await.map_err(E::from)
    });
    log.close();
    code
}

async fn serve(settings: &Settings, front: Front, health: &Arc<Health>, log: &Log) -> Result<ExitCode, Error> {
    let address = settings.address();
    let listener = TcpListener::bind(address)
        .await
        .map_err(|source| Error::Listen(address, source))?;
    let mut signals = Signals::new()?;
    health.set_ready();
    let at = listener.local_addr()?.to_string();
    log.line(Level::Info, "listening", &[("address", Value::Text(&at))]);
    let closing = Closing::default();
    let serving = server::serve(
        listener,
        front,
        &settings.limits,
        settings.drain_timeout,
        closing.clone(),
    );
    tokio::select! {
        cut = serving => Ok(drained(cut, log)),
        () = signals.drain_then_close(settings.drain_delay, health, log, &closing) => {
            log.line(Level::Warn, "stopping at once, as a second signal asks", &[]);
            Ok(ExitCode::FAILURE)
        }
    }
}

fn drained(cut: usize, log: &Log) -> ExitCode {
    if cut > 0 {
        let fields = [("connections", Value::Number(cut as u64))];
        log.line(Level::Warn, "cut connections that did not finish in time", &fields);
    }
    log.line(Level::Info, "stopped", &[]);
    ExitCode::SUCCESS
}

/// A runtime of one thread costs no synchronisation, which suits a part of a processor.
fn runtime(settings: &Settings) -> io::Result<Runtime> {
    let workers = settings
        .workers
        .map_or_else(std::thread::available_parallelism, Ok)
        .map_or(1, NonZeroUsize::get);
    match workers {
        1 => Builder::new_current_thread().enable_all().build(),
        many => Builder::new_multi_thread().worker_threads(many).enable_all().build(),
    }
}

struct Signals {
    terminate: Signal,
    interrupt: Signal,
    hangup: Signal,
}

impl Signals {
    fn new() -> io::Result<Self> {
        Ok(Self {
            terminate: signal(SignalKind::terminate())?,
            interrupt: signal(SignalKind::interrupt())?,
            hangup: signal(SignalKind::hangup())?,
        })
    }

    /// Waits for the first signal, drains, and ends only at the second one.
    async fn drain_then_close(&mut self, delay: Duration, health: &Health, log: &Log, closing: &Closing) {
        let delay = self.first(delay, log).await;
        health.set_draining();
        let fields = [(
            "delay_ms",
            Value::Number(u64::try_from(delay.as_millis()).unwrap_or(u64::MAX)),
        )];
        log.line(Level::Info, "draining", &fields);
        tokio::select! {
            () = tokio::time::sleep(delay) => {}
            _ = self.first(delay, log) => return,
        }
        closing.say();
        self.first(delay, log).await;
    }

    async fn first(&mut self, delay: Duration, log: &Log) -> Duration {
        loop {
            tokio::select! {
                _ = self.terminate.recv() => return delay,
                _ = self.interrupt.recv() => return Duration::ZERO,
                _ = self.hangup.recv() => {
                    log.line(Level::Warn, "settings are read at start only; restart to change them", &[]);
                }
            }
        }
    }
}

/// A panic is one line like any other. Its message stays out, as it may hold what a client sent.
fn log_panics(log: Log) {
    std::panic::set_hook(Box::new(move |panic| {
        let at = panic.location().map(ToString::to_string).unwrap_or_default();
        log.line(Level::Error, "panic", &[("at", Value::Text(&at))]);
    }));
}

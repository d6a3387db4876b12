//! One TCP connection and its deadlines. hyper's own header timeout cannot tell a connection that is
//! idle between requests, which a load balancer keeps for a minute, from a head that is dripped.

use std::convert::Infallible;
use std::io;
use std::pin::{Pin, pin};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Instant, sleep_until};

use crate::front::Front;
use crate::server::Closing;

/// How long a connection may do nothing.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Deadlines {
    pub(crate) header: Duration,
    pub(crate) idle: Duration,
}

/// Serves a connection until it ends, errs, oversteps a deadline or, once `closing`, is idle.
pub(crate) async fn serve(stream: TcpStream, front: Front, deadlines: Deadlines, mut closing: Closing) {
    // Small answers should not wait for more; a socket that refuses this still works.
    let _ = stream.set_nodelay(true);
    let watch = Arc::new(Watch::new());
    let io = TokioIo::new(Watched {
        stream,
        watch: Arc::clone(&watch),
    });
    let service = service_fn(|request| {
        watch.enter(Phase::Busy);
        let (front, watch) = (&front, &watch);
        async move {
            let response = front.handle(request).await;
            watch.enter(Phase::Idle);
            Ok::<_, Infallible>(response)
        }
    });
    let mut http = http1::Builder::new();
    http.header_read_timeout(None).max_buf_size(64 * 1024);
    let mut connection = pin!(http.serve_connection(io, service));
    let mut overdue = pin!(watch.overdue(deadlines));
    let mut told = false;
    loop {
        tokio::select! {
            biased;
            _ = connection.as_mut() => return,
            () = &mut overdue => return,
            () = closing.wait(), if !told => {
                told = true;
                connection.as_mut().graceful_shutdown();
            }
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Phase {
    /// Between requests, or the last answer is being sent.
    Idle = 0,
    /// Some of a request's head has arrived.
    Head = 1,
    /// A handler is at work; it has time limits of its own.
    Busy = 2,
}

/// What a connection does and since when: milliseconds since its start, and the phase in the two
/// lowest bits.
struct Watch {
    opened: Instant,
    state: AtomicU64,
}

impl Watch {
    fn new() -> Self {
        // A new connection that says nothing is as suspect as half a head.
        Self {
            opened: Instant::now(),
            state: AtomicU64::new(Phase::Head as u64),
        }
    }

    fn enter(&self, phase: Phase) {
        let millis = u64::try_from(self.opened.elapsed().as_millis()).unwrap_or(u64::MAX >> 2);
        self.state.store(millis << 2 | phase as u64, Ordering::Relaxed);
    }

    fn bytes_arrived(&self) {
        if self.state.load(Ordering::Relaxed) & 3 == Phase::Idle as u64 {
            self.enter(Phase::Head);
        }
    }

    /// Ends when the connection has done nothing for too long. It looks at the state only now and
    /// then, so that a request moves no timer.
    async fn overdue(&self, deadlines: Deadlines) {
        loop {
            let state = self.state.load(Ordering::Relaxed);
            let since = self.opened + Duration::from_millis(state >> 2);
            let now = Instant::now();
            let next_look = now + deadlines.header / 2;
            let deadline = match state & 3 {
                0 => since + deadlines.idle,
                1 => since + deadlines.header,
                _ => next_look,
            };
            if deadline <= now {
                return;
            }
            sleep_until(deadline.min(next_look)).await;
        }
    }
}

/// A stream that tells its watch when bytes arrive.
struct Watched {
    stream: TcpStream,
    watch: Arc<Watch>,
}

impl AsyncRead for Watched {
    fn poll_read(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let polled = Pin::new(&mut self.stream).poll_read(context, buffer);
        if buffer.filled().len() > before {
            self.watch.bytes_arrived();
        }
        polled
    }
}

impl AsyncWrite for Watched {
    fn poll_write(mut self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write(context, bytes)
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        Pin::new(&mut self.stream).poll_write_vectored(context, slices)
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(context)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(context)
    }
}

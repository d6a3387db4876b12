//! Asks a running service whether it is well: an image of one binary has no curl.

use std::io::{self, Read, Write};
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr, SocketAddr, TcpStream};
use std::time::Duration;

const PATIENCE: Duration = Duration::from_secs(3);

/// Why a service is taken to be unwell.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// It does not answer at all, or not in time.
    #[error("no answer from http://{0}/health: {1}")]
    NoAnswer(SocketAddr, #[source] io::Error),
    /// It answers something else than 200.
    #[error("http://{0}/health answered `{1}` instead of 200")]
    Unwell(SocketAddr, String),
}

/// Fetches `/health` from the service that listens on an address of this machine.
///
/// # Errors
///
/// If nothing answers there within three seconds, or it answers something else than 200.
pub fn ask(listens_on: SocketAddr) -> Result<(), Error> {
    let address = SocketAddr::new(reachable(listens_on.ip()), listens_on.port());
    let line = status_line(address).map_err(|source| Error::NoAnswer(address, source))?;
    if line.split(' ').nth(1) == Some("200") {
        return Ok(());
    }
    Err(Error::Unwell(address, line))
}

/// A service on the unspecified address is reached by loopback.
fn reachable(ip: IpAddr) -> IpAddr {
    match ip {
        IpAddr::V4(v4) if v4.is_unspecified() => Ipv4Addr::LOCALHOST.into(),
        IpAddr::V6(v6) if v6.is_unspecified() => Ipv6Addr::LOCALHOST.into(),
        other => other,
    }
}

fn status_line(address: SocketAddr) -> io::Result<String> {
    let mut stream = TcpStream::connect_timeout(&address, PATIENCE)?;
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    write!(
        stream,
        "GET /health HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
    )?;
    let mut answer = Vec::with_capacity(1024);
    stream.take(4096).read_to_end(&mut answer)?;
    let text = String::from_utf8_lossy(&answer);
    Ok(text.lines().next().unwrap_or_default().to_owned())
}

//! The settings that every service takes, as flags or from the environment.

use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroUsize;
use std::time::Duration;

use clap::Args;

use crate::log::{Format, Level};

/// How a service listens, logs, limits and stops. Read once, at start.
#[derive(Args, Clone, Debug)]
pub struct Settings {
    /// Address to listen on
    #[arg(long, env = "HOST", default_value = "0.0.0.0")]
    pub host: IpAddr,
    /// Port to listen on
    #[arg(long, env = "PORT", default_value_t = 8000)]
    pub port: u16,
    /// Threads that serve requests [default: as many as there are processors]
    #[arg(long, env = "WORKERS")]
    pub workers: Option<NonZeroUsize>,
    /// Least level of the lines that are logged; below `info` there is no line per request
    #[arg(long, env = "LOG_LEVEL", value_enum, default_value_t = Level::Info)]
    pub log_level: Level,
    /// Form of the log; `auto` is text on a terminal and JSON elsewhere
    #[arg(long, env = "LOG_FORMAT", value_enum, default_value_t = Format::Auto)]
    pub log_format: Format,
    /// What a client may ask for
    #[command(flatten)]
    pub limits: Limits,
    /// Seconds to keep serving after SIGTERM, with readiness off, so that load balancers turn away first
    #[arg(long, env = "DRAIN_DELAY_SECONDS", default_value = "5", value_parser = seconds, allow_negative_numbers = true)]
    pub drain_delay: Duration,
    /// Seconds that requests in flight then have to finish
    #[arg(long, env = "DRAIN_TIMEOUT_SECONDS", default_value = "20", value_parser = seconds, allow_negative_numbers = true)]
    pub drain_timeout: Duration,
}

/// The limits that keep one client, or all of them, from exhausting the service.
#[derive(Args, Clone, Debug)]
pub struct Limits {
    /// Requests handled at once, in the whole process; more are answered 503
    #[arg(long, env = "MAX_IN_FLIGHT", default_value = "128")]
    pub max_in_flight: NonZeroUsize,
    /// Connections open at once; more are answered 503 and closed
    #[arg(long, env = "MAX_CONNECTIONS", default_value = "900")]
    pub max_connections: NonZeroUsize,
    /// Bytes of a request's body; more are answered 413
    #[arg(long, env = "BODY_LIMIT_BYTES", default_value_t = 512 * 1024)]
    pub body_limit: usize,
    /// Seconds from a request's head to its answer; more are answered 503
    #[arg(long, env = "REQUEST_TIMEOUT_SECONDS", default_value = "10", value_parser = positive_seconds, allow_negative_numbers = true)]
    pub request_timeout: Duration,
    /// Seconds that a request's body may take to arrive; more are answered 408
    #[arg(long, env = "BODY_TIMEOUT_SECONDS", default_value = "5", value_parser = positive_seconds, allow_negative_numbers = true)]
    pub body_timeout: Duration,
    /// Seconds from the first byte of a request to the end of its head; then the connection is closed
    #[arg(long, env = "HEADER_TIMEOUT_SECONDS", default_value = "5", value_parser = positive_seconds, allow_negative_numbers = true)]
    pub header_timeout: Duration,
    /// Seconds that a connection may be idle between requests; more than the load balancer's own
    #[arg(long, env = "IDLE_TIMEOUT_SECONDS", default_value = "75", value_parser = positive_seconds, allow_negative_numbers = true)]
    pub idle_timeout: Duration,
}

impl Settings {
    /// The address to listen on.
    #[must_use]
    pub fn address(&self) -> SocketAddr {
        SocketAddr::new(self.host, self.port)
    }
}

fn seconds(text: &str) -> Result<Duration, String> {
    text.parse::<f64>()
        .ok()
        .and_then(|number| Duration::try_from_secs_f64(number).ok())
        .filter(|duration| duration.as_secs() <= 86_400)
        .ok_or_else(|| "expected seconds between 0 and 86400, for example `20` or `0.5`".to_owned())
}

/// Parses a setting in seconds that must not be none.
///
/// # Errors
///
/// If it is no number, or zero, or more than a day.
pub fn positive_seconds(text: &str) -> Result<Duration, String> {
    let duration = seconds(text)?;
    if duration.is_zero() {
        return Err("expected more than 0 seconds".to_owned());
    }
    Ok(duration)
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::Settings;

    #[derive(Parser)]
    struct Cli {
        #[command(flatten)]
        settings: Settings,
    }

    fn parse(arguments: &[&str]) -> Result<Settings, String> {
        Cli::try_parse_from([&["service"], arguments].concat())
            .map(|cli| cli.settings)
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_default_address_is_that_of_a_container() {
        let address = parse(&[]).map(|settings| settings.address().to_string());
        assert_eq!(address.as_deref(), Ok("0.0.0.0:8000"));
    }

    #[test]
    fn a_wrong_setting_is_refused_with_its_name() {
        for arguments in [
            ["--port", "80800"],
            ["--host", "localhost:1"],
            ["--drain-delay", "-1"],
            ["--request-timeout", "0"],
            ["--idle-timeout", "soon"],
            ["--max-in-flight", "0"],
            ["--log-level", "loud"],
        ] {
            let error = parse(&arguments).err().unwrap_or_default();
            assert!(error.contains(arguments[0]), "{arguments:?}: {error}");
        }
    }
}

//! Where the database is and how to reach it, from the settings. Neither its debug print nor its
//! errors show a password.

use std::fmt;
use std::fs;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use sqlx::ConnectOptions;
use sqlx::mysql::{MySqlConnectOptions, MySqlSslMode};
use sqlx::sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous};

use crate::config::{DatabaseSettings, Tls};

/// Amazon's certificate authorities for RDS in all commercial regions; where from: `rds/README.md`.
const RDS_AUTHORITIES: &[u8] = include_bytes!("../rds/global-bundle.pem");

/// A database that can be connected to.
#[derive(Clone)]
pub(crate) enum Target {
    MySql {
        options: Box<MySqlConnectOptions>,
        tls: Tls,
    },
    Sqlite(Box<SqliteConnectOptions>),
}

/// Why settings do not lead to a database.
#[derive(Debug, thiserror::Error)]
pub enum TargetError {
    /// The URL is of no known form. It may hold a password, so it is not shown.
    #[error(
        "--database-url or DATABASE_URL is none of `sqlite::memory:`, `sqlite:FILE` and `mysql://user@host:3306/name`"
    )]
    Url,
    /// The URL has options.
    #[error(
        "--database-url or DATABASE_URL has options after `?`; use the settings of this service, for example DATABASE_TLS"
    )]
    UrlOptions,
    /// Some settings of a server are missing.
    #[error("DATABASE_HOST, DATABASE_NAME and DATABASE_USERNAME belong together; {0} is missing")]
    Missing(&'static str),
    /// The authorities' file cannot be read.
    #[error("cannot read `{0}`: {1}; set --database-ca or DATABASE_CA to a PEM file that can be read")]
    Authorities(PathBuf, #[source] std::io::Error),
    /// The settings of encryption contradict each other.
    #[error("DATABASE_CA is given, but DATABASE_TLS says not to verify; leave one of them out")]
    UnusedAuthorities,
}

impl Target {
    /// The database that the settings name.
    pub(crate) fn new(settings: &DatabaseSettings) -> Result<Self, TargetError> {
        let server = (
            &settings.database_host,
            &settings.database_name,
            &settings.database_username,
        );
        match (
            settings.database_url.as_ref().map(crate::secret::Secret::reveal),
            server,
        ) {
            (None, (None, None, None)) => Self::sqlite("sqlite::memory:", settings),
            (Some(url), _) if url.starts_with("sqlite:") => Self::sqlite(url, settings),
            (Some(url), _) if url.starts_with("mysql://") || url.starts_with("mariadb://") => {
                if url.contains('?') {
                    return Err(TargetError::UrlOptions);
                }
                let options = MySqlConnectOptions::from_str(url).map_err(|_| TargetError::Url)?;
                if options.get_database().is_none() {
                    return Err(TargetError::Url);
                }
                Self::mysql(options, settings)
            }
            (Some(_), _) => Err(TargetError::Url),
            (None, (Some(host), Some(name), Some(user))) => {
                let options = MySqlConnectOptions::new().host(host).port(settings.database_port);
                Self::mysql(options.database(name).username(user), settings)
            }
            (None, (None, ..)) => Err(TargetError::Missing("DATABASE_HOST")),
            (None, (_, None, _)) => Err(TargetError::Missing("DATABASE_NAME")),
            (None, (.., None)) => Err(TargetError::Missing("DATABASE_USERNAME")),
        }
    }

    /// Whether connections are encrypted.
    pub(crate) fn is_encrypted(&self) -> bool {
        matches!(self, Self::MySql { tls, .. } if *tls != Tls::Off)
    }

    fn sqlite(url: &str, settings: &DatabaseSettings) -> Result<Self, TargetError> {
        let options = SqliteConnectOptions::from_str(url).map_err(|_| TargetError::Url)?;
        let options = options
            .create_if_missing(true)
            .busy_timeout(settings.database_statement_timeout)
            .disable_statement_logging();
        if url.starts_with("sqlite::memory:") {
            return Ok(Self::Sqlite(Box::new(options)));
        }
        // What is acknowledged must outlive a loss of power.
        let durable = options
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full);
        Ok(Self::Sqlite(Box::new(durable)))
    }

    fn mysql(options: MySqlConnectOptions, settings: &DatabaseSettings) -> Result<Self, TargetError> {
        let tls = encryption(options.get_host(), settings)?;
        let mut options = options
            .disable_statement_logging()
            // The session is set up by `Connection::open`, in one statement instead of two.
            .pipes_as_concat(false)
            .no_engine_substitution(false)
            .timezone(None)
            .set_names(false)
            .ssl_mode(match tls {
                Tls::Off => MySqlSslMode::Disabled,
                Tls::Verify => MySqlSslMode::VerifyIdentity,
                Tls::Required | Tls::Auto => MySqlSslMode::Required,
            });
        if let Some(password) = &settings.database_password {
            options = options.password(password.reveal());
        }
        if tls == Tls::Verify {
            let authorities = match &settings.database_ca {
                None => RDS_AUTHORITIES.to_vec(),
                Some(path) => fs::read(path).map_err(|error| TargetError::Authorities(path.clone(), error))?,
            };
            options = options.ssl_ca_from_pem(authorities);
        }
        Ok(Self::MySql {
            options: Box::new(options),
            tls,
        })
    }
}

/// `Auto` decided: everything but `Tls::Auto`.
fn encryption(host: &str, settings: &DatabaseSettings) -> Result<Tls, TargetError> {
    let authorities = settings.database_ca.is_some();
    match settings.database_tls {
        Tls::Off | Tls::Required if authorities => Err(TargetError::UnusedAuthorities),
        Tls::Auto if authorities || host.ends_with(".rds.amazonaws.com") => Ok(Tls::Verify),
        Tls::Auto if is_loopback(host) => Ok(Tls::Off),
        Tls::Auto => Ok(Tls::Required),
        given => Ok(given),
    }
}

fn is_loopback(host: &str) -> bool {
    let bare = host.trim_start_matches('[').trim_end_matches(']');
    host == "localhost" || bare.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

impl fmt::Display for Target {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        match self {
            // sqlx gives each database in memory a name of its own.
            Self::Sqlite(options) => match options.get_filename().to_str() {
                Some(name) if name.starts_with("file:sqlx-in-memory") => to.write_str("sqlite::memory:"),
                _ => write!(to, "sqlite:{}", options.get_filename().display()),
            },
            Self::MySql { options, tls } => {
                let (host, port) = (options.get_host(), options.get_port());
                let (name, user) = (options.get_database().unwrap_or_default(), options.get_username());
                write!(
                    to,
                    "mysql://{user}@{host}:{port}/{name}, tls {}",
                    format!("{tls:?}").to_lowercase()
                )
            }
        }
    }
}

impl fmt::Debug for Target {
    fn fmt(&self, to: &mut fmt::Formatter) -> fmt::Result {
        write!(to, "Target({self})")
    }
}

#[cfg(test)]
mod tests {
    use crate::config::Config;

    use super::Target;

    fn target(arguments: &[&str]) -> Result<String, String> {
        let arguments = ["cars"].iter().chain(arguments).map(ToString::to_string);
        let config = Config::read(arguments).map_err(|error| error.to_string())?;
        Target::new(&config.database)
            .map(|target| target.to_string())
            .map_err(|error| error.to_string())
    }

    #[test]
    fn the_first_run_needs_no_database() {
        assert_eq!(target(&[]), Ok("sqlite::memory:".to_owned()));
    }

    #[test]
    fn encryption_follows_from_the_host_unless_it_is_said() {
        for (host, tls) in [
            ("127.0.0.1", "off"),
            ("localhost", "off"),
            ("mysql", "required"),
            ("10.0.0.7", "required"),
            ("cars.abc.eu-west-1.rds.amazonaws.com", "verify"),
        ] {
            let said = target(&["--database-url", &format!("mysql://u@{host}:3307/cars")]);
            assert_eq!(said, Ok(format!("mysql://u@{host}:3307/cars, tls {tls}")));
        }
        let said = target(&[
            "--database-url",
            "mysql://u@127.0.0.1/cars",
            "--database-tls",
            "required",
        ]);
        assert_eq!(said, Ok("mysql://u@127.0.0.1:3306/cars, tls required".to_owned()));
    }

    #[test]
    fn parts_of_a_server_belong_together() {
        let parts = ["--database-host", "db", "--database-name", "cars"];
        assert!(target(&parts).unwrap_err().contains("DATABASE_USERNAME is missing"));
        let said = target(&[&parts[..], &["--database-username", "app"]].concat());
        assert_eq!(said, Ok("mysql://app@db:3306/cars, tls required".to_owned()));
        let both = [&parts[..], &["--database-url", "sqlite::memory:"]].concat();
        assert!(target(&both).unwrap_err().contains("cannot be used with"));
    }

    #[test]
    fn no_form_of_settings_shows_the_password() {
        for arguments in [
            ["--database-url", "mysql://u:hunter2@db/cars"],
            ["--database-url", "mysql://u:hunter2@db:port/cars"],
            ["--database-url", "mysql://u:hunter2@db/cars?ssl-mode=disabled"],
            ["--database-url", "postgres://u:hunter2@db/cars"],
            ["--database-password", "hunter2"],
        ] {
            let shown = format!("{:?}", target(&arguments));
            assert!(!shown.contains("hunter2"), "{shown}");
            let config = Config::read(["cars"].iter().chain(&arguments).map(ToString::to_string)).unwrap();
            let shown = format!("{config:?} {:?}", Target::new(&config.database));
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
}

//! Texts that AWS or GitHub constrain.

use std::fmt;

use super::Error;

/// A name of a system or an environment: 2 to 20 lower-case letters, digits and single hyphens, the first a letter.
///
/// The bounds keep every name that is made of it inside AWS's: a load balancer's has 32 characters, a role's 64.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Name(String);

impl Name {
    /// Parses a name; `field` says in an error where it stands.
    ///
    /// # Errors
    ///
    /// If it is not of that form.
    pub fn new(field: &'static str, text: &str) -> Result<Self, Error> {
        let letters = text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        let ends = text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-') && !text.contains("--");
        if letters && ends && (2..=20).contains(&text.len()) {
            return Ok(Self(text.to_owned()));
        }
        Err(Error {
            field,
            saw: text.to_owned(),
            problem: "is not a name",
            help: "use 2 to 20 lower-case letters, digits and single hyphens, the first a letter".into(),
        })
    }

    /// The name as it stands.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// An AWS account: 12 digits.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct AccountId(String);

impl AccountId {
    /// Parses an account.
    ///
    /// # Errors
    ///
    /// If it is not 12 digits.
    pub fn new(text: &str) -> Result<Self, Error> {
        if text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit()) {
            return Ok(Self(text.to_owned()));
        }
        Err(Error {
            field: "Account.id",
            saw: text.to_owned(),
            problem: "is not an AWS account",
            help: "give its 12 digits, as `aws sts get-caller-identity` prints them".into(),
        })
    }
}

/// A domain name in lower case, such as `example.com`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Domain(String);

impl Domain {
    /// Parses a domain.
    ///
    /// # Errors
    ///
    /// If it is not a domain with at least two labels (RFC 1035, section 2.3.1).
    pub fn new(text: &str) -> Result<Self, Error> {
        let label = |label: &str| {
            (1..=63).contains(&label.len())
                && label
                    .chars()
                    .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
                && !label.starts_with('-')
                && !label.ends_with('-')
        };
        if text.len() <= 253 && text.contains('.') && text.split('.').all(label) {
            return Ok(Self(text.to_owned()));
        }
        Err(Error {
            field: "Owner.domain",
            saw: text.to_owned(),
            problem: "is not a domain",
            help: "give it in lower case and without a scheme, such as `example.com`".into(),
        })
    }
}

/// An e-mail address.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Email(String);

impl Email {
    /// Parses an address.
    ///
    /// # Errors
    ///
    /// If it has no local part, no `@` or no domain, or a space.
    pub fn new(text: &str) -> Result<Self, Error> {
        let parts = text.split_once('@');
        let fine = parts.is_some_and(|(local, domain)| !local.is_empty() && Domain::new(domain).is_ok());
        if fine && !text.contains(char::is_whitespace) && text.len() <= 254 {
            return Ok(Self(text.to_owned()));
        }
        Err(Error {
            field: "Owner.notify",
            saw: text.to_owned(),
            problem: "is not an e-mail address",
            help: "give one that somebody reads, such as `platform@example.com`".into(),
        })
    }
}

/// The ARN of a certificate of AWS Certificate Manager.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct CertificateArn(String);

impl CertificateArn {
    /// Parses an ARN.
    ///
    /// # Errors
    ///
    /// If it is not `arn:PARTITION:acm:REGION:ACCOUNT:certificate/ID`.
    pub fn new(text: &str) -> Result<Self, Error> {
        let parts: Vec<_> = text.split(':').collect();
        let id = |part: &str| {
            part.strip_prefix("certificate/")
                .is_some_and(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
        };
        let fine = match parts.as_slice() {
            ["arn", partition, "acm", region, account, certificate] => {
                partition.starts_with("aws") && !region.is_empty() && AccountId::new(account).is_ok() && id(certificate)
            }
            _ => false,
        };
        if fine {
            return Ok(Self(text.to_owned()));
        }
        Err(Error {
            field: "Account.certificate",
            saw: text.to_owned(),
            problem: "is not the ARN of a certificate",
            help: "copy it from `aws acm list-certificates`, in the region of the load balancer".into(),
        })
    }

    /// The region and the account that it belongs to.
    pub(super) fn place(&self) -> (&str, &str) {
        let mut parts = self.0.split(':').skip(3);
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    }
}

macro_rules! shown_as_text {
    ($($kind:ty)*) => {$(
        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }
    )*};
}

shown_as_text!(Name AccountId CertificateArn Domain Email);

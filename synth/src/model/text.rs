//! Texts that AWS or GitHub constrain. One is kept as it was written, and looked at with the whole model: a model with
//! three wrong texts tells of all three.

use std::fmt;

use super::{Place, address};

/// A text with what is wrong about one that is not [fine](Text::is_fine).
pub(super) trait Text: fmt::Display {
    const PROBLEM: &'static str;
    const HELP: &'static str;
    fn is_fine(&self) -> bool;
    fn place(&self) -> Place;
}

/// Types of texts, each with how it is looked at.
macro_rules! texts {
    ($($(#[$doc:meta])* $kind:ident, $problem:literal, $help:literal, $is_fine:path;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub struct $kind {
            text: String,
            place: Place,
        }

        impl $kind {
            /// Keeps the text, and where it was written.
            #[must_use]
            #[track_caller]
            pub fn new(text: &str) -> Self {
                Self { text: text.to_owned(), place: Place::here() }
            }

            /// The text as it stands.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.text
            }

            /// Whether it is of that form.
            #[must_use]
            pub fn is_fine(&self) -> bool {
                $is_fine(&self.text)
            }

            /// Where it was written.
            #[must_use]
            pub fn place(&self) -> Place {
                self.place
            }
        }

        impl Text for $kind {
            const PROBLEM: &'static str = $problem;
            const HELP: &'static str = $help;

            fn is_fine(&self) -> bool {
                self.is_fine()
            }

            fn place(&self) -> Place {
                self.place
            }
        }

        impl fmt::Display for $kind {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.text)
            }
        }
    )*};
}

texts! {
    /// A name of a system or an environment: 2 to 20 lower-case letters, digits and single hyphens, the first a letter.
    ///
    /// The bounds keep every name that is made of it inside AWS's: a load balancer's has 32 characters, a role's 64.
    Name, "is not a name", "use 2 to 20 lower-case letters, digits and single hyphens, the first a letter", is_name;

    /// The name of objects of a cluster: 2 to 40 lower-case letters, digits and single hyphens, the first a letter; a pod's
    /// name is made of it and has 63 (RFC 1035, section 2.3.1).
    ObjectName, "is not a name of objects", "use 2 to 40 lower-case letters, digits and single hyphens, the first a letter",
        is_object_name;

    /// A name of something of Google Cloud: 2 to 63 lower-case letters, digits and single hyphens, the first a letter
    /// (RFC 1035, section 2.3.1).
    HostName, "is not a name of Google Cloud's", "use 2 to 63 lower-case letters, digits and single hyphens, the first a letter",
        is_host_name;

    /// A project of Google Cloud: 6 to 30 lower-case letters, digits and hyphens, the first a letter
    /// (<https://cloud.google.com/resource-manager/docs/creating-managing-projects>).
    CloudProject, "is not a project of Google Cloud", "give its id, as `gcloud projects list` prints it", address::is_project;

    /// A zone of Google Cloud, such as `asia-south1-a`.
    CloudZone, "is not a zone of Google Cloud", "give one that `gcloud compute zones list` prints, such as `asia-south1-a`",
        address::is_zone;

    /// A block of addresses of IPv4, its first address and how many of its bits are the block's: `203.0.113.0/24`.
    Block, "is not a block of addresses", "give its first address and how many bits are the block's, such as `203.0.113.0/24`",
        address::is_block;

    /// An image of Docker Hub, without tag and digest: whose it is and its name, such as `example/api`
    /// (<https://docs.docker.com/docker-hub/repos/create/>).
    HubImage, "is not an image of Docker Hub", "give whose it is and its name, such as `example/api`", address::is_hub_image;

    /// An AWS account: 12 digits.
    AccountId, "is not an AWS account", "give its 12 digits, as `aws sts get-caller-identity` prints them", is_account;

    /// A domain name in lower case with at least two labels, such as `example.com` (RFC 1035, section 2.3.1).
    Domain, "is not a domain", "give it in lower case and without a scheme, such as `example.com`", is_domain;

    /// An e-mail address: a local part, an `@` and a domain.
    Email, "is not an e-mail address", "give one that somebody reads, such as `platform@example.com`", is_email;

    /// A channel of Slack: `#` and up to 80 lower-case letters, digits, hyphens and underscores
    /// (Slack help centre, "Guidelines for channel names").
    Channel, "is not a channel of Slack", "give its name, such as `#alerts`", is_channel;

    /// A number that somebody answers: `+`, the country's digits, and single spaces or hyphens between groups
    /// (ITU-T E.164, section 6: 15 digits at the most).
    Phone, "is not a number of a telephone", "give it with its country, such as `+1 555 0100`", is_phone;

    /// A page of the web: `https://`, a domain, and a path if there is one.
    WebAddress, "is not the address of a page", "give it with `https://`, such as `https://wiki.example.com`", is_page;

    /// What takes mail: a domain and a port, such as `smtp.example.com:587`.
    Relay, "is not a relay of mail", "give its domain and its port, such as `smtp.example.com:587`", is_relay;

    /// The sum of a file or an image: `sha256:` and 64 digits and letters from `a` to `f`.
    Digest, "is not a digest", "give `sha256:` and the 64 digits and letters that follow", is_digest;

    /// The ARN of a certificate of AWS Certificate Manager: `arn:PARTITION:acm:REGION:ACCOUNT:certificate/ID`.
    CertificateArn, "is not the ARN of a certificate",
        "copy it from `aws acm list-certificates`, in the region of the load balancer", is_certificate;
}

impl Digest {
    /// What follows `sha256:`.
    #[must_use]
    pub fn sum(&self) -> &str {
        self.text.strip_prefix(SHA256).unwrap_or(&self.text)
    }
}

/// How a digest says what it is.
const SHA256: &str = "sha256:";

impl CertificateArn {
    /// The region and the account that it belongs to.
    pub(super) fn region_and_account(&self) -> (&str, &str) {
        let mut parts = self.text.split(':').skip(3);
        (parts.next().unwrap_or_default(), parts.next().unwrap_or_default())
    }
}

fn is_name(text: &str) -> bool {
    is_word_of(text, 20)
}

fn is_object_name(text: &str) -> bool {
    is_word_of(text, 40)
}

fn is_word_of(text: &str, most: usize) -> bool {
    let letters = text
        .chars()
        .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let ends = text.starts_with(|c: char| c.is_ascii_lowercase()) && !text.ends_with('-') && !text.contains("--");
    letters && ends && (2..=most).contains(&text.len())
}

fn is_host_name(text: &str) -> bool {
    is_word_of(text, 63)
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_domain(text: &str) -> bool {
    let label = |label: &str| {
        (1..=63).contains(&label.len())
            && label
                .chars()
                .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    text.len() <= 253 && text.contains('.') && text.split('.').all(label)
}

fn is_email(text: &str) -> bool {
    let parts = text.split_once('@');
    let fine = parts.is_some_and(|(local, domain)| !local.is_empty() && is_domain(domain));
    fine && !text.contains(char::is_whitespace) && text.len() <= 254
}

fn is_channel(text: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-' || c == '_';
    let name = text.strip_prefix('#').unwrap_or_default();
    (1..=80).contains(&name.len()) && name.chars().all(is_letter)
}

fn is_phone(text: &str) -> bool {
    let groups = text.strip_prefix('+').unwrap_or_default().split([' ', '-']);
    let is_group = |group: &str| !group.is_empty() && group.bytes().all(|b| b.is_ascii_digit());
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    groups.clone().all(is_group) && (7..=15).contains(&digits)
}

fn is_page(text: &str) -> bool {
    let rest = text.strip_prefix("https://").unwrap_or_default();
    let (domain, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let is_letter = |c: char| c.is_ascii_alphanumeric() || "._~/-".contains(c);
    is_domain(domain) && path.chars().all(is_letter)
}

fn is_relay(text: &str) -> bool {
    let parts = text.split_once(':');
    parts.is_some_and(|(domain, port)| is_domain(domain) && port.parse().is_ok_and(|port: u16| port > 0))
}

fn is_digest(text: &str) -> bool {
    let is_sum = |sum: &str| sum.len() == 64 && sum.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    text.strip_prefix(SHA256).is_some_and(is_sum)
}

fn is_certificate(text: &str) -> bool {
    let id = |part: &str| {
        part.strip_prefix("certificate/")
            .is_some_and(|id| !id.is_empty() && id.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'))
    };
    match text.split(':').collect::<Vec<_>>().as_slice() {
        ["arn", partition, "acm", region, account, certificate] => {
            partition.starts_with("aws") && !region.is_empty() && is_account(account) && id(certificate)
        }
        _ => false,
    }
}

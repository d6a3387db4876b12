//! An account of AWS, in one of its regions: where an environment stands.

use super::check::refuse;
use super::{AccountId, CertificateArn, Error, IdentityProvider};

/// A region of AWS.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Region(String);

impl Region {
    /// Parses a region by the form of its name, so that one that opens tomorrow works too.
    ///
    /// # Errors
    ///
    /// If it does not look like `eu-central-1`.
    pub fn new(text: &str) -> Result<Self, Error> {
        let parts: Vec<_> = text.split('-').collect();
        let word = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase());
        let number = |part: &&str| part.len() == 1 && part.bytes().all(|b| b.is_ascii_digit());
        let fine = match parts.as_slice() {
            [words @ .., last] => (2..=3).contains(&words.len()) && words.iter().all(word) && number(last),
            [] => false,
        };
        if fine {
            return Ok(Self(text.to_owned()));
        }
        Err(Error {
            field: "Account.region",
            saw: text.to_owned(),
            problem: "is not a region",
            help: "give one such as `eu-central-1`, as `aws configure get region` prints it".into(),
        })
    }

    /// The name as AWS has it.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The partition it belongs to: the second part of every ARN in it.
    #[must_use]
    pub fn partition(&self) -> &'static str {
        match self.0.split('-').collect::<Vec<_>>().as_slice() {
            ["cn", ..] => "aws-cn",
            ["us", "gov", ..] => "aws-us-gov",
            _ => "aws",
        }
    }
}

/// The certificate that nobody has.
pub(super) const EXAMPLE_CERTIFICATE: &str =
    "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";

/// An account and the region in it that environments are deployed into. Environments may share one or have one each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its number.
    pub id: AccountId,
    /// The region that everything is deployed into.
    pub region: Region,
    /// Whether the account has GitHub's identity provider already.
    pub identity_provider: IdentityProvider,
    /// The certificate for names under the owner's domain, in this account and region. Only environments with HTTPS
    /// use it.
    pub certificate: CertificateArn,
}

impl Account {
    /// The same account for a further system: an account has GitHub's identity provider once, and another system, or
    /// somebody else, makes it.
    #[must_use]
    pub fn with_existing_provider(self) -> Self {
        Self {
            identity_provider: IdentityProvider::Existing,
            ..self
        }
    }

    /// The ARN of a role in it.
    pub(crate) fn role(&self, name: &str) -> String {
        format!("arn:{}:iam::{}:role/{name}", self.region.partition(), self.id)
    }

    /// A load balancer takes certificates of its own account and region only. What names they are for is not in the
    /// ARN. The example's is replaced later than the account: it is a notice until then.
    pub(super) fn check_certificate(&self) -> Result<(), Error> {
        let (region, account) = self.certificate.place();
        let here = region == self.region.as_str() && account == self.id.to_string();
        if here || self.certificate.to_string() == EXAMPLE_CERTIFICATE {
            return Ok(());
        }
        let (region, account) = (self.region.as_str(), &self.id);
        let help = format!("ask for one in {region}, in the account {account}");
        let problem = "is not in the account and the region of the load balancers";
        refuse("Account.certificate", &self.certificate, problem, &help)
    }
}

//! What only the user knows.

use super::check::Here;
use super::{AccountId, CertificateArn, Domain, Email, GitHubRepository, IdentityProvider, Region};

/// The certificate that nobody has.
const EXAMPLE_CERTIFICATE: &str = "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000";

/// Whose systems these are: everything that only the user knows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Owner {
    /// The AWS account that everything is deployed into.
    pub account: AccountId,
    /// The region that everything is deployed into.
    pub region: Region,
    /// The repository whose pipelines deploy.
    pub github: GitHubRepository,
    /// Whether the account has GitHub's identity provider already.
    pub identity_provider: IdentityProvider,
    /// The domain under which the systems answer.
    pub domain: Domain,
    /// The certificate for names under the domain, in the region. Only environments with HTTPS use it.
    pub certificate: CertificateArn,
    /// Who is told when an alarm goes off.
    pub notify: Email,
}

impl Owner {
    /// The same owner for a further system: an account has GitHub's identity provider once, and another system, or
    /// somebody else, makes it.
    #[must_use]
    pub fn with_existing_provider(self) -> Self {
        Self {
            identity_provider: IdentityProvider::Existing,
            ..self
        }
    }

    pub(super) fn check(&self, here: &mut Here<'_>) {
        here.text("Owner.account", &self.account);
        here.text("Owner.region", &self.region);
        self.github.check(here);
        here.text("Owner.domain", &self.domain);
        here.text("Owner.certificate", &self.certificate);
        here.text("Owner.notify", &self.notify);
    }

    /// A load balancer takes certificates of its own account and region only. What names they are for is not in the
    /// ARN. The example's is replaced later than the account: it is a notice until then.
    pub(super) fn check_certificate(&self, here: &mut Here<'_>) {
        let (region, account) = (self.region.as_str(), self.account.as_str());
        let certificate = &self.certificate;
        let is_here = certificate.region_and_account() == (region, account);
        if is_here || certificate.as_str() == EXAMPLE_CERTIFICATE || !certificate.is_fine() {
            return;
        }
        let help = format!("ask for one in {region}, in the account {account}");
        let problem = "is not in the account and the region of the load balancers";
        here.at(certificate.place())
            .refuse("Owner.certificate", certificate, problem, &help);
    }

    /// Which values are still the example's, by field and what to do about each.
    #[must_use]
    pub fn still_example(&self) -> Vec<String> {
        let fields = [
            (
                "account",
                self.account.to_string(),
                "111122223333",
                "aws sts get-caller-identity --query Account",
            ),
            (
                "github.owner",
                self.github.owner.clone(),
                "example-org",
                "the owner in the repository's address",
            ),
            (
                "github.owner_id",
                self.github.owner_id.to_string(),
                "1001",
                "gh api repos/OWNER/NAME --jq .owner.id",
            ),
            (
                "github.repository_id",
                self.github.repository_id.to_string(),
                "2002",
                "gh api repos/OWNER/NAME --jq .id",
            ),
            (
                "domain",
                self.domain.to_string(),
                "example.com",
                "a domain that you own",
            ),
            (
                "certificate",
                self.certificate.to_string(),
                EXAMPLE_CERTIFICATE,
                "aws acm request-certificate, as the README of the system tells",
            ),
            (
                "notify",
                self.notify.to_string(),
                "platform@example.com",
                "an address that somebody reads",
            ),
        ];
        let examples = fields.into_iter().filter(|(_, value, example, _)| value == example);
        examples
            .map(|(field, value, _, help)| format!("`{field}` is still the example's {value}: {help}"))
            .collect()
    }
}

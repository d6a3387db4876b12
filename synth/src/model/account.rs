//! An account of AWS, in one of its regions: where an environment stands.

use super::check::Here;
use super::{AccountId, CertificateArn, IdentityProvider, Region};

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

    /// The image in a repository of its registry, without tag and digest.
    pub(crate) fn image(&self, repository: &str) -> String {
        format!(
            "{}.dkr.ecr.{}.{}/{repository}",
            self.id,
            self.region,
            self.region.domain()
        )
    }

    pub(super) fn check(&self, has_https: bool, here: &mut Here<'_>) {
        here.text("Account.id", &self.id);
        self.region.check(here);
        here.text("Account.certificate", &self.certificate);
        if has_https {
            self.check_certificate(here);
        }
    }

    /// A load balancer takes certificates of its own account and region only. What names they are for is not in the
    /// ARN. The example's is replaced later than the account: it is a notice until then.
    fn check_certificate(&self, here: &mut Here<'_>) {
        let (region, account) = (self.region.as_str(), self.id.as_str());
        let certificate = &self.certificate;
        let is_here = certificate.region_and_account() == (region, account);
        let is_wrong_already = !(certificate.is_fine() && self.region.is_fine() && self.id.is_fine());
        if is_here || is_wrong_already || certificate.as_str() == EXAMPLE_CERTIFICATE {
            return;
        }
        let help = format!("ask for one in {region}, in the account {account}");
        let problem = "is not in the account and the region of the load balancers";
        here.at(certificate.place())
            .refuse("Account.certificate", certificate, problem, &help);
    }
}

//! What only you know. Change these values first; `synth` says which are still the example's.

use crate::model::{AccountId, CertificateArn, Domain, Email, GitHubRepository, IdentityProvider, Owner, Region};

/// The owner of the systems.
#[must_use]
pub fn yours() -> Owner {
    Owner {
        account: AccountId::new("111122223333"),
        region: Region::new("us-east-1"),
        // The numbers: gh api repos/OWNER/NAME --jq '.owner.id, .id'
        github: GitHubRepository::new(("example-org", 1001), ("synth", 2002)),
        identity_provider: IdentityProvider::Make,
        domain: Domain::new("example.com"),
        // For HTTPS: aws acm list-certificates --query CertificateSummaryList
        certificate: CertificateArn::new(
            "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
        ),
        notify: Email::new("platform@example.com"),
    }
}

//! What only you know. Change these values first; `synth` says which are still the example's.

use crate::model::{
    Account, AccountId, CertificateArn, Domain, Email, GitHubRepository, IdentityProvider, Owner, Region, Subject,
};

/// The owner of the systems, and the account that their environments stand in. An environment in another account is
/// given another [`Account`]: `Account { id: AccountId::new("…"), ..account.clone() }`.
#[must_use]
pub fn yours() -> (Owner, Account) {
    let owner = Owner {
        github: GitHubRepository {
            // Immutable, or Named if this shows a prefix without numbers, as repositories from before 15 July 2026 have
            // it: gh api repos/OWNER/NAME/actions/oidc/customization/sub
            subject: Subject::Immutable,
            // The numbers: gh api repos/OWNER/NAME --jq '.owner.id, .id'
            ..GitHubRepository::new(("example-org", 1001), ("synth", 2002))
        },
        domain: Domain::new("example.com"),
        notify: Email::new("platform@example.com"),
    };
    let account = Account {
        id: AccountId::new("111122223333"),
        region: Region::new("us-east-1"),
        identity_provider: IdentityProvider::Make,
        // For HTTPS: aws acm list-certificates --query CertificateSummaryList
        certificate: CertificateArn::new(
            "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
        ),
    };
    (owner, account)
}

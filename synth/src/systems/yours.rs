//! What only you know. Change these values first; `synth` says which are still the example's.

use crate::model::{
    Account, AccountId, Block, CertificateArn, Cloud, CloudProject, CloudZone, Domain, Email, GitHubRepository,
    HostName, IdentityProvider, Mail, Owner, Phone, Region, Relay, State, Subject, Support, WebAddress,
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

/// Who helps when something is wrong, for a system whose page says so.
#[must_use]
pub fn helpers() -> Support {
    Support {
        team: Email::new("devops@example.com"),
        security: Email::new("security@example.com"),
        on_call: Phone::new("+1 555 0100"),
        wiki: WebAddress::new("https://wiki.example.com"),
        grafana: WebAddress::new("https://grafana.example.com"),
    }
}

/// What takes the mails of a Prometheus, and whom they are from.
#[must_use]
pub fn mail() -> Mail {
    Mail {
        relay: Relay::new("smtp.example.com:587"),
        from: Email::new("alerts@example.com"),
    }
}

/// Google Cloud, for a system on machines of its own.
#[must_use]
pub fn your_cloud() -> Cloud {
    Cloud {
        // gcloud projects list
        project: CloudProject::new("example-project"),
        zone: CloudZone::new("asia-south1-a"),
        // The addresses that you come from, such as those of your office or your VPN.
        operators: vec![Block::new("203.0.113.0/24")],
        state: State::Bucket(HostName::new("example-project-tofu")),
    }
}

//! The values of the example that nobody has.

use super::account::EXAMPLE_CERTIFICATE;
use super::{Account, Block, System, To};

/// A field, what stands in it, what the example has there, and what to do about it.
type Field = (&'static str, String, &'static str, &'static str);

impl System {
    /// Which values are still the example's, by field and what to do about each.
    #[must_use]
    pub fn still_example(&self) -> Vec<String> {
        let accounts = self.accounts();
        let ids = accounts.iter().map(|account| id(account));
        let certificates = accounts.iter().map(|account| certificate(account));
        let mut told = Vec::new();
        let fields = ids
            .chain(self.owners())
            .chain(certificates)
            .chain([self.notify()])
            .chain(self.mail())
            .chain(self.cloud())
            .chain(self.helpers());
        let examples = fields.filter(|(_, value, example, _)| value == example);
        for (field, value, _, help) in examples {
            let line = format!("`{field}` is still the example's {value}: {help}");
            if !told.contains(&line) {
                told.push(line);
            }
        }
        told
    }

    fn owners(&self) -> Vec<Field> {
        let owner = (
            "github.owner",
            self.owner.github.owner.clone(),
            "example-org",
            "the owner in the repository's address",
        );
        // Machines trust keys, and are called by their addresses.
        let others = self.machines().is_none().then(|| self.of_account());
        [owner].into_iter().chain(others.into_iter().flatten()).collect()
    }

    /// What roles of AWS trust, and where names stand.
    fn of_account(&self) -> [Field; 3] {
        let github = &self.owner.github;
        [
            (
                "github.owner_id",
                github.owner_id.to_string(),
                "1001",
                "gh api repos/OWNER/NAME --jq .owner.id",
            ),
            (
                "github.repository_id",
                github.repository_id.to_string(),
                "2002",
                "gh api repos/OWNER/NAME --jq .id; its `subject`: gh api repos/OWNER/NAME/actions/oidc/customization/sub",
            ),
            (
                "domain",
                self.owner.domain.to_string(),
                "example.com",
                "a domain that you own",
            ),
        ]
    }

    fn cloud(&self) -> Vec<Field> {
        let Some(machines) = self.machines() else {
            return Vec::new();
        };
        let cloud = &machines.cloud;
        let operators: Vec<&str> = cloud.operators.iter().map(Block::as_str).collect();
        vec![
            (
                "cloud.project",
                cloud.project.to_string(),
                "example-project",
                "gcloud projects list",
            ),
            (
                "cloud.operators",
                operators.join(", "),
                "203.0.113.0/24",
                "the addresses that you come from",
            ),
        ]
    }

    /// How the mails of alerts go out.
    fn mail(&self) -> Vec<Field> {
        let routes = self.monitoring.prometheus().into_iter().flat_map(|it| &it.routes);
        let mails = routes.filter_map(|route| match &route.to {
            To::Owner(mail) => Some(mail),
            To::Slack { .. } => None,
        });
        let fields = mails.flat_map(|mail| {
            let relay = "what takes your mails, with its port";
            [
                ("mail.relay", mail.relay.to_string(), "smtp.example.com:587", relay),
                (
                    "mail.from",
                    mail.from.to_string(),
                    "alerts@example.com",
                    "whom they may be from",
                ),
            ]
        });
        fields.collect()
    }

    fn helpers(&self) -> Vec<Field> {
        let Some(support) = &self.support else {
            return Vec::new();
        };
        let reads = "an address that somebody reads";
        vec![
            ("support.team", support.team.to_string(), "devops@example.com", reads),
            (
                "support.security",
                support.security.to_string(),
                "security@example.com",
                reads,
            ),
            (
                "support.on_call",
                support.on_call.to_string(),
                "+1 555 0100",
                "a number that somebody answers",
            ),
            (
                "support.wiki",
                support.wiki.to_string(),
                "https://wiki.example.com",
                "where you write",
            ),
            (
                "support.grafana",
                support.grafana.to_string(),
                "https://grafana.example.com",
                "where people reach your Grafana",
            ),
        ]
    }

    fn notify(&self) -> Field {
        (
            "notify",
            self.owner.notify.to_string(),
            "platform@example.com",
            "an address that somebody reads",
        )
    }
}

fn id(account: &Account) -> Field {
    (
        "account",
        account.id.to_string(),
        "111122223333",
        "aws sts get-caller-identity --query Account",
    )
}

fn certificate(account: &Account) -> Field {
    (
        "certificate",
        account.certificate.to_string(),
        EXAMPLE_CERTIFICATE,
        "aws acm request-certificate, as the system's DEPLOYMENT.md tells",
    )
}

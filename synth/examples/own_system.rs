//! A system of another workspace, with `synth` as a library: copy this file, change the names, run it.
//!
//! ```text
//! cargo run -p synth --example own_system -- FOLDER
//! ```
//!
//! It renders `FOLDER/out/quotes/` and the workflows beside it. Its environments differ from those of this repository
//! in all that can differ: an account for each, no way out of the network, and two strategies that run a new version
//! beside the old one.

use std::error::Error;
use std::fs;
use std::io::Write;
use std::path::Path;

use serde_json::json;
use synth::model::{
    Account, AccountId, Addition, Alert, At, BlueGreenBy, By, Capacity, CertificateArn, Cidr, Domain, Egress, Email,
    Entry, Environment, Files, Firewall, GitHubRepository, Health, IdentityProvider, Instance, Keeping, Minutes,
    Monitoring, Name, Network, Override, Owner, Panel, Percent, Percentile, Pipeline, Platform, Region, Registry,
    Release, Renderer, Repository, Retention, Scale, Scrutiny, Seconds, Service, Severity, Shift, Size, Stack,
    Strategy, System, Systems, Tells, When, Zones,
};

fn main() -> Result<(), Box<dyn Error>> {
    let folder = std::env::args().nth(1).ok_or("usage: own_system FOLDER")?;
    let systems = Systems::new(vec![quotes()])?;
    let mut out = std::io::stdout().lock();
    for system in systems.each() {
        let rendered = synth::render(system)?;
        for finding in &rendered.findings {
            writeln!(out, "{}: {}", finding.file, finding.message)?;
        }
        for (path, text) in &rendered.files {
            write(&Path::new(&folder).join(path), text)?;
            writeln!(out, "{path}")?;
        }
    }
    Ok(())
}

#[expect(
    clippy::disallowed_methods,
    reason = "an example: it keeps nothing that a failure could spoil"
)]
pub(crate) fn write(path: &Path, text: &str) -> std::io::Result<()> {
    path.parent().map_or(Ok(()), fs::create_dir_all)?;
    fs::write(path, text)
}

pub(crate) fn quotes() -> System {
    System {
        name: Name::new("quotes"),
        summary: "Prices insurance quotes.".into(),
        owner: owner(),
        registry: Registry::Ecr { releases_kept: 30 },
        platform: Platform::Fargate,
        service: Service {
            called: None,
            package: "quotes".into(),
            port: synth::port!(5000),
            health: Health {
                path: "/health".into(),
                grace: Seconds(120),
            },
            health_command: vec!["/quotes".into(), "healthcheck".into()],
            longest_request: Seconds(5),
            settings: vec![("LOG_LEVEL".into(), "warn".into())],
            hidden: vec!["/metrics".into()],
            needs: vec![],
        },
        workloads: vec![],
        stores: vec![],
        support: None,
        monitoring: Monitoring {
            by: By::CloudWatch,
            alerts: alerts(),
            panels: vec![Panel::Requests, Panel::Errors, Panel::Latency, Panel::Tasks],
        },
        pipeline: pipeline(),
        environments: vec![staging(), prod()],
        overrides: overrides(),
        additions: vec![(None, Stack::Service, partner())],
        waivers: vec![],
    }
}

/// What builds and deploys it.
fn pipeline() -> Pipeline {
    Pipeline {
        dockerfile: "docker/Dockerfile".into(),
        toolchain: "1.95.0".into(),
        renderer: Renderer::Package("infra".into()),
        smoke_paths: vec!["/quote?of=house&rooms=4".into()],
        repository: Repository::Foreign,
        files: Files::Several,
        development: None,
        scrutiny: Scrutiny::Usual,
        tells: Tells::Nobody,
    }
}

/// A secret of our own, past what the model offers: the key is another stack's.
fn partner() -> Addition {
    Addition {
        id: "PartnerSecret".into(),
        kind: "AWS::SecretsManager::Secret".into(),
        properties: json!({
            "Description": "Signs in to the partner who prices houses",
            "KmsKeyId": { "Fn::GetAtt": ["network/EnvironmentKey", "Arn"] },
        }),
        reason: "a person puts the partner's password in".into(),
    }
}

fn overrides() -> Vec<(Option<Name>, Stack, Override)> {
    let ipv4 = "our partners still list IPv4 addresses";
    let told = json!({ "Name": "PARTNER_PASSWORD", "ValueFrom": { "Ref": "PartnerSecret" } });
    let secrets = "ContainerDefinitions.0.Secrets";
    vec![
        (
            Some(Name::new("prod")),
            Stack::Network,
            Override::set("LoadBalancer", "IpAddressType", json!("ipv4"), ipv4),
        ),
        (
            None,
            Stack::Service,
            Override::append("TaskDefinition", secrets, told, "the service asks the partner"),
        ),
    ]
}

fn owner() -> Owner {
    Owner {
        github: GitHubRepository::new(("acme", 31_337), ("quotes", 4711)),
        domain: Domain::new("acme.dev"),
        notify: Email::new("on-call@acme.dev"),
    }
}

/// The first environment's account holds the registry, which lets the roles of the other one pull.
fn account_of_staging() -> Account {
    Account {
        id: AccountId::new("444455556666"),
        region: Region::new("eu-central-1"),
        identity_provider: IdentityProvider::Existing,
        certificate: CertificateArn::new(
            "arn:aws:acm:eu-central-1:444455556666:certificate/2f4c7c1e-6f1b-4a57-9d53-0f6a5f2f0c11",
        ),
    }
}

fn account_of_prod() -> Account {
    Account {
        id: AccountId::new("777788889999"),
        region: Region::new("eu-central-1"),
        identity_provider: IdentityProvider::Existing,
        certificate: CertificateArn::new(
            "arn:aws:acm:eu-central-1:777788889999:certificate/5b0f9d3a-8c3e-4a41-b7d6-6d1c2e8a9f04",
        ),
    }
}

fn alerts() -> Vec<Alert> {
    let alert = |when, lasting, severity| Alert {
        when,
        lasting: Minutes(lasting),
        severity,
    };
    vec![
        alert(When::TooFewTasks, 3, Severity::Critical),
        alert(When::ErrorsAbove(Percent::of::<2>()), 2, Severity::Critical),
        alert(When::SlowerThan(Percentile::P99, 800), 10, Severity::Warning),
        alert(When::SlowerThan(Percentile::P99, 3000), 2, Severity::Critical),
    ]
}

/// Cheap, closed, and released by CodeDeploy.
fn staging() -> Environment {
    Environment {
        name: Name::new("staging"),
        at: At::Aws {
            account: account_of_staging(),
            network: Network {
                cidr: Cidr::ten(40),
                zones: Zones::Two,
                egress: Egress::Endpoints,
            },
            firewall: Firewall::Off,
        },
        entry: Entry::Https {
            host: "quotes.staging".into(),
        },
        scale: Scale {
            size: Size::of::<256, 512>(),
            capacity: Capacity::Fixed(1),
        },
        settings: vec![("LOG_LEVEL".into(), "debug".into())],
        strategy: Strategy::BlueGreen {
            by: BlueGreenBy::CodeDeploy,
            shift: Shift::Linear {
                step: Percent::of::<20>(),
                bake: Minutes(1),
            },
            bake: Minutes(5),
        },
        database: Instance::small(),
        logs: Retention::OneWeek,
        keeping: Keeping::Disposable,
        release: Release::Automatic,
    }
}

/// Released by ECS itself: a tenth of the requests for ten minutes, then all.
fn prod() -> Environment {
    Environment {
        name: Name::new("prod"),
        at: At::Aws {
            account: account_of_prod(),
            network: Network {
                cidr: Cidr::ten(41),
                zones: Zones::Three,
                egress: Egress::NatPerZone,
            },
            firewall: Firewall::On {
                requests_in_five_minutes: 5000,
            },
        },
        entry: Entry::Https { host: "quotes".into() },
        scale: Scale {
            size: Size::of::<1024, 2048>(),
            capacity: Capacity::Scaling {
                min: 3,
                max: 30,
                cpu: Percent::of::<50>(),
                memory: Percent::of::<75>(),
            },
        },
        settings: vec![],
        strategy: Strategy::BlueGreen {
            by: BlueGreenBy::Ecs,
            shift: Shift::Canary {
                first: Percent::of::<10>(),
                bake: Minutes(10),
            },
            bake: Minutes(30),
        },
        database: Instance::steady(),
        logs: Retention::OneYear,
        keeping: Keeping::Keep,
        release: Release::Approved,
    }
}

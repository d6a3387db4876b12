//! What a container must keep to run here, whatever it is written in.

use serde::Serialize;

use super::words::{self, code, list};
use crate::model::{Reaches, Secret, Variable};
use crate::monitoring::cloudwatch::On;
use crate::render::{Site, Whole};
use crate::resources::entry::target::HEALTH_CHECK;

/// The page.
#[derive(Serialize)]
pub(super) struct View {
    port: u16,
    user: u32,
    /// The processors that an image must be built for, in words, and the one that runs.
    platforms: String,
    runs_on: String,
    health: String,
    interval: u16,
    timeout: u16,
    unhealthy: u16,
    /// How long a start may take.
    grace: u32,
    /// What the container is asked with from inside; empty where nothing asks it so.
    command: String,
    /// The longest that a request may take.
    longest: u32,
    /// How long requests come after the end is known.
    draining: u32,
    /// How long the program itself waits of it.
    waits: u32,
    /// When it is killed.
    stop: u32,
    /// How many MiB can be written to `/tmp`; 0 for none.
    scratch: u32,
    /// Whether something else is the first process.
    init: bool,
    names: Vec<String>,
    variables: Vec<Row>,
    /// The command that runs before a release; empty without one.
    migration: String,
    /// How an image is tried on one's own machine.
    image: String,
    dockerfile: String,
    package: String,
}

/// A variable, and its value in each environment.
#[derive(Serialize)]
struct Row {
    name: String,
    about: String,
    values: Vec<String>,
}

pub(super) fn view(whole: &Whole<'_>) -> View {
    let system = whole.system;
    let service = &system.service;
    let pods = On::of(system) == On::Pods;
    let asked = match On::of(system) {
        On::Tasks => (HEALTH_CHECK.interval, HEALTH_CHECK.unhealthy, HEALTH_CHECK.timeout),
        On::Pods => crate::cluster::READINESS,
    };
    let image = &whole.pipeline.image;
    let platforms: Vec<&str> = image.platforms.iter().map(|platform| platform.name()).collect();
    View {
        port: service.port.number(),
        user: crate::cluster::USER,
        platforms: list(&platforms),
        runs_on: image.runs_on.name().to_owned(),
        health: service.health.path.clone(),
        interval: asked.0,
        unhealthy: asked.1,
        timeout: asked.2,
        grace: service.health.grace.0,
        command: if pods {
            String::new()
        } else {
            service.health_command.join(" ")
        },
        longest: service.longest_request.0,
        draining: service.drain_delay().0,
        waits: system.own_drain().0,
        stop: service.stop_timeout().0,
        scratch: if pods { crate::cluster::SCRATCH_MIB } else { 0 },
        init: !pods,
        names: whole.sites.iter().map(|site| site.name().to_owned()).collect(),
        variables: variables(whole),
        migration: system.migration().unwrap_or_default().join(" "),
        image: system.name.to_string(),
        dockerfile: system.pipeline.dockerfile.clone(),
        package: service.package.clone(),
    }
}

/// The variable of a secret: its name in the account, or the folder of its files.
fn of_secret(whole: &Whole<'_>, secret: &Secret) -> Row {
    let about = match secret.reaches {
        Reaches::ByName => "the name of the secret in Secrets Manager, which the pod itself reads".to_owned(),
        Reaches::AsFiles => {
            let keys: Vec<String> = secret.keys.iter().map(|key| code(key)).collect();
            format!(
                "the folder of the secret's files, which change with it: {}",
                list(&keys)
            )
        }
    };
    let value = |site: &Site<'_>| match secret.reaches {
        Reaches::ByName => code(&whole.system.secret(site.environment, secret)),
        Reaches::AsFiles => code(&secret.folder()),
    };
    Row {
        name: secret.variable(),
        about,
        values: whole.sites.iter().map(value).collect(),
    }
}

fn variables(whole: &Whole<'_>) -> Vec<Row> {
    let system = whole.system;
    let same = |value: &str| vec![code(value); whole.sites.len()];
    let given = system
        .service
        .variables(system.own_drain())
        .map(|(variable, value)| Row {
            name: variable.name().to_owned(),
            about: about(variable).to_owned(),
            values: same(&value),
        });
    let of_database = Variable::ALL
        .iter()
        .filter(|one| one.is_of_database() && system.database().is_some());
    let of_database = of_database.map(|variable| Row {
        name: variable.name().to_owned(),
        about: about(*variable).to_owned(),
        values: vec!["of the stacks".to_owned(); whole.sites.len()],
    });
    let secrets = system.secrets().map(|secret| of_secret(whole, secret));
    given
        .into_iter()
        .chain(of_database)
        .chain(secrets)
        .chain(settings(whole))
        .collect()
}

/// The settings of the service, in every environment.
fn settings(whole: &Whole<'_>) -> Vec<Row> {
    let each: Vec<_> = whole
        .sites
        .iter()
        .map(|site| whole.system.settings(site.environment))
        .collect();
    let mut names: Vec<&str> = each.iter().flat_map(|settings| settings.keys().copied()).collect();
    names.sort_unstable();
    names.dedup();
    let row = |name: &str| Row {
        name: name.to_owned(),
        about: "a setting of the service".to_owned(),
        values: each
            .iter()
            .map(|settings| {
                settings
                    .get(name)
                    .map_or_else(|| "not set".to_owned(), |value| words::cell(&code(value)))
            })
            .collect(),
    };
    names.into_iter().map(row).collect()
}

fn about(variable: Variable) -> &'static str {
    match variable {
        Variable::DrainDelay => "how long it goes on taking requests after `SIGTERM`",
        Variable::DrainTimeout => "how long requests that have begun may take after that",
        Variable::IdleTimeout => "how long it keeps a connection without requests: longer than the load balancer does",
        Variable::Port => "where it listens",
        Variable::RequestTimeout => "how long a request may take",
        Variable::DatabaseHost => "where the database is",
        Variable::DatabaseMaxConnections => "how many connections one container may hold",
        Variable::DatabaseName => "which database",
        Variable::DatabasePassword => "the password, a secret",
        Variable::DatabasePort => "where the database listens",
        Variable::DatabaseUsername => "as whom it signs in",
        Variable::ApplicationPassword => "only before a release: the password of the service's user, a secret",
        Variable::ApplicationUsername => "only before a release: the service's user",
    }
}

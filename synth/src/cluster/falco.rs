//! What Falco tells of, as rules of its own language (<https://falco.org/docs/reference/rules/>).
//!
//! An image has one program, its file system cannot be written, and policies of the network say where it may go: what is
//! otherwise is told, and needs no list of what attackers do. What other guards stop already is a warning.

use serde_json::{Value as Json, json};

use super::{Place, policy};
use crate::model::{Reaches, Severity, System};

/// The one program of an image, as the Dockerfile puts it there.
const PROGRAM: &str = "/service";

/// Where containers may write: the scratch folder, and what the runtime gives each.
const WRITABLE: [&str; 2] = ["/tmp/", "/dev/"];

/// Where a token for the API of the cluster would be, by both names of the folder.
const TOKENS: [&str; 2] = ["/run/secrets/kubernetes.io/", "/var/run/secrets/kubernetes.io/"];

/// What is said of an event beside what it is.
const WHERE: &str = "pod=%k8s.pod.name namespace=%k8s.ns.name container=%container.name program=%proc.exepath \
                     command=%proc.cmdline parent=%proc.pname user=%user.uid";

/// Files are opened by these.
const OPENS: &str = "evt.type in (open, openat, openat2, creat)";

/// The error of a write to a file system that cannot be written: `EROFS`.
const READ_ONLY: &str = "-30";

/// A rule.
struct Rule {
    /// What has happened, in a sentence without its full stop: an alert says it.
    says: String,
    /// Why that is told.
    why: &'static str,
    condition: String,
    severity: Severity,
    /// What is said besides of the event.
    more: &'static str,
    /// What it is a sign of (<https://attack.mitre.org/tactics/containers/>).
    tags: [&'static str; 2],
}

/// The rules of an environment.
pub(super) fn rules(place: Place<'_>) -> Json {
    let system = place.system;
    let mut all = vec![
        json!({ "required_engine_version": "0.57.0" }),
        json!({ "required_plugin_versions": [{ "name": "container", "version": "0.4.0" }] }),
        named(
            "of_the_system",
            &format!("container.id != host and k8s.ns.name = \"{}\"", system.namespace()),
        ),
        named("of_the_service", &format!("proc.exepath = {PROGRAM}")),
        // The container runtime itself, before it becomes the program.
        named("of_the_runtime", "proc.name startswith \"runc:[\""),
    ];
    let rules = [
        programs(system).into(),
        writes().into(),
        vec![connections(place)],
        reads(system),
    ];
    all.extend(rules.into_iter().flatten().map(Rule::json));
    Json::Array(all)
}

fn named(name: &str, condition: &str) -> Json {
    json!({ "macro": name, "condition": condition })
}

fn programs(system: &System) -> [Rule; 2] {
    let starts = "evt.type in (execve, execveat) and of_the_system";
    let tags = ["container", "mitre_execution"];
    [
        Rule {
            says: format!("another program than {} runs in its container", system.workload()),
            why: "The image has one program and no shell: another one was brought there",
            condition: format!("{starts} and evt.failed = false and not of_the_service and not of_the_runtime"),
            severity: Severity::Critical,
            more: "",
            tags,
        },
        Rule {
            says: "a program was to be started that is not there".to_owned(),
            why: "Somebody looks for a shell, which the image does not have",
            condition: format!("{starts} and evt.failed = true"),
            severity: Severity::Critical,
            more: " wanted=%evt.args",
            tags,
        },
    ]
}

fn writes() -> [Rule; 2] {
    let elsewhere = WRITABLE
        .map(|folder| format!("fd.name startswith {folder}"))
        .join(" or ");
    let tags = ["filesystem", "mitre_persistence"];
    [
        Rule {
            says: "a file beside the scratch folder was opened to be written".to_owned(),
            why: "The file system cannot be written, so that this is none of it",
            condition: format!(
                "{OPENS} and of_the_system and evt.is_open_write = true and fd.typechar = f and fd.num >= 0 and not \
                 ({elsewhere}) and not of_the_runtime"
            ),
            severity: Severity::Critical,
            more: " file=%fd.name",
            tags,
        },
        Rule {
            says: "a write to the file system was refused".to_owned(),
            why: "The service writes to its scratch folder only: something else was tried",
            condition: format!("{OPENS} and of_the_system and evt.rawres = {READ_ONLY}"),
            severity: Severity::Warning,
            more: " file=%evt.args",
            tags,
        },
    ]
}

/// Policies of the network stop them. What is sent by TCP may be an answer, so that only the opening counts.
fn connections(place: Place<'_>) -> Rule {
    let ports = policy::ports(place).into_iter().map(|port| port.to_string());
    let ports = ports.collect::<Vec<_>>().join(", ");
    Rule {
        says: "a connection was to be opened that no policy of the network lets through".to_owned(),
        why: "The service asks for names and for what it needs over HTTPS, and for nothing else",
        condition: format!(
            "(evt.type = connect or (evt.type in (sendto, sendmsg) and fd.l4proto = udp)) and of_the_system and \
             (fd.typechar = 4 or fd.typechar = 6) and not fd.sport in ({ports}) and not fd.sip in (\"127.0.0.1\", \"::1\")"
        ),
        severity: Severity::Warning,
        more: " connection=%fd.name",
        tags: ["network", "mitre_command_and_control"],
    }
}

fn reads(system: &System) -> Vec<Rule> {
    let below = |folders: &[String]| {
        let of = |folder: &String| format!("fd.name startswith {folder} or evt.arg.name startswith {folder}");
        folders.iter().map(of).collect::<Vec<_>>().join(" or ")
    };
    let rule = |says: &str, why, folders: &[String], who: &str| Rule {
        says: says.to_owned(),
        why,
        condition: format!("{OPENS} and of_the_system and ({}){who}", below(folders)),
        severity: Severity::Critical,
        more: " file=%fd.name",
        tags: ["filesystem", "mitre_credential_access"],
    };
    let tokens = rule(
        "a token for the API of the cluster was asked for",
        "The pods have none and need none",
        &TOKENS.map(str::to_owned),
        "",
    );
    let secrets = system.secrets_that(Reaches::AsFiles);
    let secrets: Vec<String> = secrets.map(|secret| format!("{}/", secret.folder())).collect();
    let secrets = (!secrets.is_empty()).then(|| {
        rule(
            "another program than the service reads its secrets",
            "The files of secrets are for the service alone",
            &secrets,
            " and not of_the_service and not of_the_runtime",
        )
    });
    [tokens].into_iter().chain(secrets).collect()
}

impl Rule {
    fn json(self) -> Json {
        json!({
            "rule": self.says,
            "desc": self.why,
            "condition": self.condition,
            "output": format!("{} ({WHERE}{})", self.says, self.more),
            "priority": self.severity.word().to_ascii_uppercase(),
            "tags": self.tags,
        })
    }
}

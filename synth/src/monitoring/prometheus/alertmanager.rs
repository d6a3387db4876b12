//! Whom alerts tell: the configuration of Alertmanager
//! (<https://prometheus.io/docs/alerting/latest/configuration/>).

use std::collections::BTreeSet;

use serde_json::{Value as Json, json};

use super::rules::SYSTEM;
use crate::model::{Email, Mail, Prometheus, Severity, System, To};

/// The secret with what nobody else may know: the address of Slack's webhook, and the password of the relay of mail. The
/// operator puts what it holds into files.
pub(crate) fn secret(system: &System) -> String {
    format!("{}-alerting", system.name)
}

/// The keys of the secret.
pub(crate) const SLACK_URL: &str = "slack-url";
pub(crate) const MAIL_PASSWORD: &str = "mail-password";

/// The keys that its routes need.
pub(crate) fn keys(prometheus: &Prometheus) -> BTreeSet<&'static str> {
    let of = |to: &To| match to {
        To::Owner(_) => MAIL_PASSWORD,
        To::Slack { .. } => SLACK_URL,
    };
    prometheus.routes.iter().map(|route| of(&route.to)).collect()
}

/// Where the operator puts what stands in a secret that Alertmanager is given.
const SECRETS: &str = "/etc/alertmanager/secrets";

/// Whom everything tells that nobody is told of: that all is well, and what is only to be seen.
const NOBODY: &str = "nobody";

/// The file.
pub(crate) fn configuration(system: &System, prometheus: &Prometheus) -> Json {
    let told = Severity::ALL
        .into_iter()
        .filter(|severity| prometheus.of(*severity).next().is_some());
    let told: Vec<Severity> = told.collect();
    let routes = told
        .iter()
        .map(|severity| json!({ "matchers": [matcher("severity", severity.word())], "receiver": severity.word() }));
    let receivers = told.iter().map(|severity| receiver(system, prometheus, *severity));
    json!({
        "route": {
            "receiver": NOBODY,
            // One outage shows in several ways: one message tells of them.
            "group_by": ["namespace", "severity"],
            "group_wait": "30s",
            "group_interval": "5m",
            "repeat_interval": "4h",
            "routes": routes.collect::<Vec<_>>(),
        },
        // What is critical explains the warnings beside it.
        "inhibit_rules": [{
            "source_matchers": [matcher("severity", Severity::Critical.word()), matcher(SYSTEM, system.name.as_str())],
            "target_matchers": [matcher("severity", Severity::Warning.word()), matcher(SYSTEM, system.name.as_str())],
            "equal": ["namespace"],
        }],
        "receivers": receivers.chain([json!({ "name": NOBODY })]).collect::<Vec<_>>(),
    })
}

fn matcher(label: &str, value: &str) -> String {
    format!("{label}=\"{value}\"")
}

fn receiver(system: &System, prometheus: &Prometheus, severity: Severity) -> Json {
    let mut receiver = json!({ "name": severity.word() });
    for to in prometheus.of(severity) {
        let (key, told) = match to {
            To::Owner(mail) => ("email_configs", by_mail(system, mail)),
            To::Slack { channel, mention } => ("slack_configs", by_slack(system, channel.as_str(), *mention)),
        };
        match receiver[key].as_array_mut() {
            Some(several) => several.push(told),
            None => receiver[key] = json!([told]),
        }
    }
    receiver
}

fn by_mail(system: &System, mail: &Mail) -> Json {
    let Mail { relay, from } = mail;
    let to: &Email = &system.owner.notify;
    json!({
        "to": to.as_str(),
        "from": from.as_str(),
        "smarthost": relay.as_str(),
        "auth_username": from.as_str(),
        "auth_password_file": file(system, MAIL_PASSWORD),
        "require_tls": true,
        "send_resolved": true,
        "headers": { "Subject": TITLE },
        "text": EACH,
        "html": "",
    })
}

fn by_slack(system: &System, channel: &str, mention: bool) -> Json {
    // A name with an at sign is not a mention in a message of a webhook, this is.
    let everybody = if mention {
        "{{ if eq .Status \"firing\" }}<!channel> {{ end }}"
    } else {
        ""
    };
    json!({
        "api_url_file": file(system, SLACK_URL),
        "channel": channel,
        "send_resolved": true,
        "title": TITLE,
        "text": format!("{everybody}{EACH}"),
    })
}

fn file(system: &System, key: &str) -> String {
    format!("{SECRETS}/{}/{key}", secret(system))
}

/// What has begun or, where nothing of it lasts, is over, and of what.
const TITLE: &str = "{{ .Status | toUpper }} {{ .CommonLabels.severity }}: {{ range $i, $a := (or .Alerts.Firing .Alerts.Resolved) }}{{ if $i }}, {{ end }}{{ $a.Labels.alertname }}{{ end }}";

/// Each of them in a line, with what to do: one may be over while another lasts.
const EACH: &str = "{{ range .Alerts }}{{ .Status | toUpper }} {{ .Labels.alertname }} in {{ .Labels.namespace }}: {{ .Annotations.summary }}. {{ .Annotations.runbook_url }}\n{{ end }}";

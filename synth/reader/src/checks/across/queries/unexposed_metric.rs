use std::collections::BTreeSet;

use super::named;
use crate::checks::across::facts::is_slip;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::promql;
use crate::schema::metrics::{self, Exporter};
use crate::schema::nearest;

pub(super) const RULE: Rule = Rule {
    name: "unexposed-metric",
    why: "A metric that nobody exposes gives no series: an alert on it never begins, and a panel stays empty. Told is a \
          name that begins as those of a known exporter do and is none of them: one that there is no longer, a slip, or \
          any if all that begins so is known.",
    link: "https://github.com/kubernetes/kube-state-metrics/tree/main/docs",
    level: Level::Warning,
    family: Family::Across,
    example: r#"
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: orders}
spec:
  groups:
    - name: orders
      rules:
        - alert: AtMost
          expr: kube_hpa_status_current_replicas{namespace="orders"} >= 10
"#,
    instead: r#"
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: orders}
spec:
  groups:
    - name: orders
      rules:
        - alert: AtMost
          expr: kube_horizontalpodautoscaler_status_current_replicas{namespace="orders"} >= 10
"#,
    check,
};

/// Why nobody tells a metric.
enum Why {
    /// There is none of that name any longer.
    Gone(&'static str),
    /// Another was probably meant.
    Slip(&'static str),
    /// All that begins so is known.
    Unknown,
}

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    let recorded = promql::recorded(set.manifests.documents, &set.manifests);
    let recorded: BTreeSet<String> = recorded.into_iter().collect();
    for (asked, name, _) in named(set) {
        let Some((exporter, why)) = metrics::owner(&name)
            .filter(|_| !recorded.contains(&name) && metrics::teller(&name).is_none())
            .and_then(|exporter| Some((exporter, why(exporter, &name)?)))
        else {
            continue;
        };
        let (who, whom) = (&asked.who, exporter.name);
        let draft = match why {
            Why::Gone(_) => report.value(
                asked.at,
                format!("{who} asks for `{name}`, which {whom} no longer exposes"),
            ),
            _ => report.value(
                asked.at,
                format!("{who} asks for `{name}`, which {whom} does not expose"),
            ),
        };
        match why {
            Why::Gone(instead) => draft.help(format!("ask for `{instead}`")),
            Why::Slip(near) => draft.help(format!("did you mean `{near}`?")),
            Why::Unknown => draft.help("ask for one that it exposes, or record it by a rule"),
        }
    }
}

fn why(exporter: &'static Exporter, name: &str) -> Option<Why> {
    if let Some(instead) = exporter.instead(name) {
        return Some(Why::Gone(instead));
    }
    if let Some(near) = slip(exporter, name) {
        return Some(Why::Slip(near));
    }
    exporter
        .is_whole(name)
        .then(|| longer(exporter, name).map_or(Why::Unknown, Why::Slip))
}

/// The metric whose name has all the words, and others between them.
fn longer(exporter: &Exporter, name: &str) -> Option<&'static str> {
    let has = |other: &&str| {
        let mut words = other.split('_');
        name.split('_').all(|word| words.any(|other| other == word))
    };
    exporter.metrics().filter(has).min_by_key(|other| other.len())
}

/// The metric that was probably meant: one of its words is nearly another's, or the ending of counters is too much, or
/// missing.
fn slip(exporter: &Exporter, name: &str) -> Option<&'static str> {
    let counter =
        |other: &str| other.strip_suffix("_total") == Some(name) || name.strip_suffix("_total") == Some(other);
    let mut all = exporter.metrics();
    let near = nearest(name, exporter.metrics().filter(|other| is_slip(name, other)));
    near.or_else(|| all.find(|other| counter(other)))
}

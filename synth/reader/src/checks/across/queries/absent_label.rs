use super::named;
use crate::checks::across::facts::is_slip;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::promql::Matcher;
use crate::schema::metrics::{self, Exporter};

pub(super) const RULE: Rule = Rule {
    name: "absent-label",
    why: "A label that a metric has not is empty, so that no series is what is asked for. Told is one that other metrics \
          of the exporter have, or a slip; whoever asks may add any other.",
    link: "https://prometheus.io/docs/prometheus/latest/querying/basics/#instant-vector-selectors",
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
        - alert: Unavailable
          expr: kube_deployment_status_replicas_unavailable{deploymnet="orders"} > 0
"#,
    instead: r#"
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: orders}
spec:
  groups:
    - name: orders
      rules:
        - alert: Unavailable
          expr: kube_deployment_status_replicas_unavailable{deployment="orders"} > 0
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (asked, name, selector) in named(set) {
        let Some((exporter, labels)) = metrics::teller(&name).filter(|(_, labels)| !labels.contains(&"*")) else {
            continue;
        };
        for matcher in &selector.matchers {
            if metrics::has(labels, &matcher.label) {
                continue;
            }
            let near = near(labels, &matcher.label);
            if near.is_none() && !is_of_others(exporter, matcher) {
                continue;
            }
            let message = format!(
                "{} asks for a label of `{name}` that it has not: `{}`",
                asked.who, matcher.label
            );
            let draft = report.value(asked.at, message);
            match near {
                Some(near) => draft.help(format!("did you mean `{near}`?")),
                None => draft.help(format!("it has {}", labels.join(", "))),
            }
        }
    }
}

/// The label that was probably meant.
fn near(labels: &[&'static str], label: &str) -> Option<&'static str> {
    let known = labels.iter().chain(&metrics::TARGET).copied();
    known
        .filter(|known| !known.ends_with('*'))
        .find(|known| is_slip(label, known))
}

/// Whether other metrics of the same exporter have the label, and series without it are surely not meant.
fn is_of_others(exporter: &Exporter, matcher: &Matcher) -> bool {
    matcher.needs_label() && exporter.knows(&matcher.label)
}

use super::read;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::promql::{Fault, Home, Parsed};

pub(super) const RULE: Rule = Rule {
    name: "malformed-query",
    why: "The webhook of Prometheus' operator refuses a rule whose expression Prometheus does not understand; without \
          it, Prometheus keeps the rules that it had. A panel shows an error in place of its lines.",
    link: "https://prometheus.io/docs/prometheus/latest/querying/basics/",
    level: Level::Error,
    family: Family::Across,
    example: r#"
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: orders}
spec:
  groups:
    - name: orders
      rules:
        - alert: Failing
          expr: sum(rate(orders_failed_total{queue="new"})) > 0
"#,
    instead: r#"
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: {name: orders}
spec:
  groups:
    - name: orders
      rules:
        - alert: Failing
          expr: sum(rate(orders_failed_total{queue="new"}[5m])) > 0
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (asked, parsed) in read(set) {
        let Parsed::Fault(fault) = parsed else { continue };
        // Rules and panels of Loki look the same, and ask otherwise.
        let may_be_of_loki = asked.text[fault.at..].starts_with('|');
        let level = match asked.home {
            Home::Object => Level::Error,
            Home::File if !may_be_of_loki => Level::Warning,
            Home::Panel => Level::Warning,
            Home::File | Home::Unsaid => continue,
        };
        let message = format!(
            "Prometheus does not understand {}{}",
            asked.who,
            place(&asked.text, &fault)
        );
        report.value(asked.at, message).level(level).help(fault.what);
    }
}

/// Where in an expression it is not understood.
fn place(text: &str, fault: &Fault) -> String {
    const MOST: usize = 24;
    let before = &text[..fault.at];
    let line = before.matches('\n').count() + 1;
    let rest = text[fault.at..].lines().next().unwrap_or_default();
    let quote: String = rest.chars().take(MOST).collect();
    let of_lines = if text.trim_end().contains('\n') {
        format!(" in line {line}")
    } else {
        String::new()
    };
    match quote.trim() {
        "" => format!(" at the end{of_lines}"),
        quote => format!(" at `{quote}`{of_lines}"),
    }
}

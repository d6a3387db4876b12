use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::template::function::PSEUDO;
use crate::read::template::known::{Hole, Shape};
use crate::read::template::{Template, known};
use serde_json::Value as Json;

pub(super) const RULE: Rule = Rule {
    name: "malformed-dashboard",
    why: "A dashboard whose body is not JSON with `widgets` is refused or empty.",
    link: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/CloudWatch-Dashboard-Body-Structure.html",
    level: Level::Error,
    family: Family::Schema,
    example: r#"
Resources:
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardBody: '{"widgets": [}'
"#,
    instead: r#"
Resources:
  Board:
    Type: AWS::CloudWatch::Dashboard
    Properties:
      DashboardBody: '{"widgets": []}'
"#,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, dashboard) in set.of("AWS::CloudWatch::Dashboard") {
        let Some(node) = dashboard.property("DashboardBody") else {
            continue;
        };
        let Some(shape) = known::shape(template, node).filter(|shape| !shape.begins_open()) else {
            continue;
        };
        match serde_json::from_str::<Json>(&shape.to_string()) {
            Err(error) => {
                // What is put in at deployment may be what is not JSON here, such as a number.
                if is_wrong(template, &shape) {
                    report
                        .value(node, format!("the body of the dashboard is not JSON: {error}"))
                        .sure(shape.sure);
                }
            }
            Ok(body) => {
                if !body.get("widgets").is_some_and(Json::is_array) {
                    report
                        .value(node, "the body of the dashboard has no list `widgets`")
                        .sure(shape.sure);
                }
                for widget in body.get("widgets").and_then(Json::as_array).into_iter().flatten() {
                    if let Some(message) = wrong(widget) {
                        report.value(node, message).sure(shape.sure);
                    }
                }
            }
        }
    }
}

/// Whether a text is no JSON whatever is put in: a digit may stand inside of a text and for a number.
fn is_wrong(template: &Template<'_>, shape: &Shape<'_>) -> bool {
    let kind = |name: &str| template.named("Parameters", name)?.get("Type")?.text();
    let filled = shape.filled(|hole| match hole {
        Hole::Name(name) => (PSEUDO.contains(&name) || kind(name) == Some("Number")).then_some("1"),
        _ => None,
    });
    filled
        .whole()
        .is_some_and(|text| serde_json::from_str::<Json>(text).is_err())
}

fn wrong(widget: &Json) -> Option<String> {
    let number = |key: &str| widget.get(key).and_then(Json::as_i64);
    let title = widget
        .pointer("/properties/title")
        .and_then(Json::as_str)
        .unwrap_or("?");
    if widget.get("type").and_then(Json::as_str).is_none() {
        return Some(format!("the widget `{title}` has no `type`"));
    }
    let right = number("x").unwrap_or(0) + number("width").unwrap_or(6);
    (right > 24).then(|| format!("the widget `{title}` ends at column {right}; the grid has 24"))
}

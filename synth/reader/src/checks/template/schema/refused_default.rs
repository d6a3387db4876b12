use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::{Entry, Node};

pub(super) const RULE: Rule = Rule {
    name: "refused-default",
    why: "CloudFormation refuses a template in which the default of a parameter breaks the parameter's own constraints.",
    link: "https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/parameters-section-structure.html",
    level: Level::Error,
    family: Family::Schema,
    example: r"
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: production}
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !Ref Stage}
",
    instead: r"
Parameters:
  Stage: {Type: String, AllowedValues: [dev, prod], Default: prod}
Resources:
  Alerts:
    Type: AWS::SNS::Topic
    Properties: {DisplayName: !Ref Stage}
",
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for parameter in set.templates.iter().flat_map(|template| template.section("Parameters")) {
        let Some(default) = parameter.value.get("Default") else {
            continue;
        };
        if let Some(message) = broken(parameter, default) {
            report.value(default, message);
        }
    }
}

fn broken(parameter: &Entry, default: &Node) -> Option<String> {
    let constraint = |name: &str| parameter.value.get(name);
    let kind = constraint("Type").and_then(Node::text).unwrap_or_default();
    let Some(text) = default.scalar() else {
        return Some(format!(
            "the default of a parameter is a string, found {}",
            default.kind_name()
        ));
    };
    let list = kind.starts_with("List<") || kind == "CommaDelimitedList";
    let items: Vec<&str> = if list {
        text.split(',').map(str::trim).collect()
    } else {
        vec![&text]
    };
    if let Some(allowed) = constraint("AllowedValues").and_then(Node::list) {
        let allowed: Vec<String> = allowed.iter().filter_map(Node::scalar).collect();
        // Of a list, the items are compared; an allowed value with a comma may be meant for the list as a whole.
        let whole = list && allowed.contains(&text);
        let other = |item: &&&str| !whole && !allowed.iter().any(|value| same(value, item));
        if let Some(item) = items.iter().find(other) {
            let allowed = allowed.join(", ");
            return Some(format!("the default `{item}` is none of the allowed values {allowed}"));
        }
    }
    if let Some(pattern) = constraint("AllowedPattern").and_then(Node::text)
        && matches!(kind, "String" | "CommaDelimitedList")
        && !items.iter().all(|item| fits(pattern, item))
        && !fits(pattern, &text)
    {
        return Some(format!("the default `{text}` does not match `AllowedPattern`"));
    }
    match kind {
        "Number" => number(parameter, &text),
        "String" => length(parameter, &text),
        _ => None,
    }
}

fn bound(parameter: &Entry, name: &str) -> Option<f64> {
    parameter.value.get(name).and_then(Node::as_f64)
}

fn number(parameter: &Entry, text: &str) -> Option<String> {
    let Ok(number) = text.trim().parse::<f64>() else {
        return Some(format!("the default `{text}` is not a number"));
    };
    if bound(parameter, "MinValue").is_some_and(|least| number < least) {
        return Some(format!("the default {text} is less than `MinValue`"));
    }
    if bound(parameter, "MaxValue").is_some_and(|most| number > most) {
        return Some(format!("the default {text} is more than `MaxValue`"));
    }
    None
}

fn length(parameter: &Entry, text: &str) -> Option<String> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a template has fewer characters than a float counts exactly"
    )]
    let length = text.chars().count() as f64;
    if bound(parameter, "MinLength").is_some_and(|least| length < least) {
        return Some("the default has fewer characters than `MinLength`".to_owned());
    }
    if bound(parameter, "MaxLength").is_some_and(|most| length > most) {
        return Some("the default has more characters than `MaxLength`".to_owned());
    }
    None
}

/// `1` and `1.0` are the same number; texts are compared as they are.
fn same(left: &str, right: &str) -> bool {
    left == right || left.parse::<f64>().is_ok_and(|left| right.parse() == Ok(left))
}

/// Whether a pattern describes a whole text; one that nothing understands is taken to.
fn fits(pattern: &str, text: &str) -> bool {
    crate::checks::schema::fits(&format!("^(?:{pattern})$"), text)
}

//! What a parameter is known to be.

use std::borrow::Cow;

use super::Template;
use super::shape::Shape;
use super::sure::{Known, Sure};
use crate::read::Node;

/// CloudFormation takes no longer value of a parameter, in bytes.
const LONGEST: usize = 4096;

/// What a parameter is known to be: its only allowed value, or its default.
///
/// An empty default stands for "not given", which says nothing of what will be given. Lists are another matter, and of
/// AWS's own types the default is the name of something, or is checked by CloudFormation itself.
///
/// A default is what a deployer gets who says nothing, and no more: he may say another value.
#[must_use]
pub fn value<'a>(template: &Template<'a>, name: &str) -> Option<Known<Cow<'a, str>>> {
    let parameter = template.named("Parameters", name)?;
    let number = match parameter.get("Type")?.text()? {
        "Number" => true,
        "String" => false,
        _ => return None,
    };
    let only = match parameter.get("AllowedValues").and_then(Node::list) {
        Some([only]) => only.to_text(),
        _ => None,
    };
    let sure = if only.is_some() { Sure::Written } else { Sure::Default };
    let value = only.or_else(|| parameter.get("Default")?.to_text())?;
    // Of a default that is no number, CloudFormation refuses the parameter.
    let fits = !number || value.trim().parse::<f64>().is_ok();
    (fits && (1..=LONGEST).contains(&value.len())).then_some(Known { value, sure })
}

/// The default of a parameter that is a list, in its items.
#[must_use]
pub fn items<'a>(template: &Template<'a>, name: &str) -> Option<Known<Vec<Shape<'a>>>> {
    let parameter = template.named("Parameters", name)?;
    if !matches!(parameter.get("Type")?.text()?, "CommaDelimitedList" | "List<Number>") {
        return None;
    }
    let default = parameter.get("Default")?.text()?;
    if default.is_empty() || default.len() > LONGEST {
        return None;
    }
    let item = |text: &'a str| {
        let mut shape = Shape::default();
        shape.read(text.trim());
        shape
    };
    Some(Known {
        value: default.split(',').map(item).collect(),
        sure: Sure::Default,
    })
}

/// What a parameter is allowed to be.
#[must_use]
pub fn every<'a>(template: &Template<'a>, name: &str) -> Vec<Cow<'a, str>> {
    let parameter = template.named("Parameters", name);
    let values = parameter.and_then(|parameter| parameter.get("AllowedValues")?.list());
    values.unwrap_or_default().iter().filter_map(Node::to_text).collect()
}

/// The same without what stands for "not given".
#[must_use]
pub fn allowed<'a>(template: &Template<'a>, name: &str) -> Vec<Cow<'a, str>> {
    let mut values = every(template, name);
    values.retain(|value| !value.is_empty());
    values
}

/// Whether no value of a parameter can have a colon: a number, one of some words, or what a pattern lets through.
#[must_use]
pub fn is_without_colon(template: &Template<'_>, name: &str) -> bool {
    let Some(parameter) = template.named("Parameters", name) else {
        return false;
    };
    let allowed = every(template, name);
    let pattern = parameter.get("AllowedPattern").and_then(Node::text);
    parameter.get("Type").and_then(Node::text) == Some("Number")
        || (!allowed.is_empty() && allowed.iter().all(|value| !value.contains(':')))
        || pattern.is_some_and(is_plain)
}

/// Whether a pattern lets only letters, digits and the signs that it names through, and none of these is a colon.
fn is_plain(pattern: &str) -> bool {
    let pattern = pattern.strip_prefix('^').unwrap_or(pattern);
    let pattern = pattern.strip_suffix('$').unwrap_or(pattern);
    let plain = pattern.replace("\\d", "0").replace("\\w", "0").replace("\\-", "0");
    let sign = |c: char| c.is_ascii_alphanumeric() || "_-/[]{}(),|+*?".contains(c);
    // Of ranges such as `a-z`, both ends are of one kind: between `9` and `A` stands the colon.
    let kind = |c: char| (c.is_ascii_digit(), c.is_ascii_uppercase());
    let characters: Vec<char> = plain.chars().collect();
    let mut triples = characters.windows(3);
    let fine = |triple: &[char]| {
        let range = triple[1] == '-' && triple[0].is_ascii_alphanumeric() && triple[2].is_ascii_alphanumeric();
        !range || kind(triple[0]) == kind(triple[2])
    };
    !plain.contains("(?") && plain.chars().all(sign) && triples.all(fine)
}

//! ARNs of which parts are only known at deployment.

use crate::read::template::Template;
use crate::read::template::known::{Hole, Piece, Shape};
use crate::read::template::parameter;
use crate::schema;

/// The same where all stands filled that brings no colons, so that the parts can be counted.
pub(super) fn counted<'a>(template: &Template<'_>, shape: &Shape<'a>) -> Shape<'a> {
    shape.filled(|hole| match hole {
        Hole::Name("AWS::Partition") => Some("aws"),
        Hole::Name("AWS::Region") => Some("us-east-1"),
        Hole::Name("AWS::AccountId") => Some("111122223333"),
        Hole::Name("AWS::StackName") => Some("stack"),
        Hole::Name(name) => is_without_colon(template, name).then_some("x"),
        _ => None,
    })
}

fn is_without_colon(template: &Template<'_>, name: &str) -> bool {
    match given(template, name) {
        Some(given) => !given.ends_with("Url"),
        None => parameter::is_without_colon(template, name),
    }
}

/// What `Ref` gives of a resource, if it is certainly no ARN.
fn given(template: &Template<'_>, name: &str) -> Option<&'static str> {
    schema::resource(template.resource(name)?.kind)?.ref_beside_arn()
}

/// The resource whose name, URL or id a text begins with, and which of these it is: no ARN begins so.
pub(super) fn begins_with<'a>(template: &Template<'_>, shape: &Shape<'a>) -> Option<(&'a str, &'static str)> {
    match shape.pieces().first() {
        Some(Piece::Hole(Hole::Name(name))) => given(template, name).map(|given| (*name, given)),
        _ => None,
    }
}

/// Whether an ARN has too few parts whatever is put in: a wildcard may stand for the parts that follow, but not behind a
/// slash, as these have none.
pub(super) fn is_short(template: &Template<'_>, shape: &Shape<'_>) -> bool {
    let counted = counted(template, shape);
    let parts = counted.split(":", 6);
    let last = parts.last().and_then(Shape::whole);
    let wild = |last: &str| last.split('/').next().is_some_and(|first| first.contains(['*', '?']));
    parts.len() < 6 && !counted.is_open() && last.is_some_and(|last| !wild(last))
}

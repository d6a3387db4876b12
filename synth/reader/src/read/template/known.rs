//! What a value comes to before it is deployed, and how surely.
//!
//! Of a value for which a caller gets nothing, nothing is known: a rule is then silent.

pub use super::ask::Ask;
pub use super::shape::{Hole, Piece, Shape};
pub use super::sure::{Known, Sure, Text};

use super::Template;
use super::scenario::Scenario;
use crate::read::Node;

/// The text that a node is known to be.
#[must_use]
pub fn text<'a>(template: &Template<'a>, node: &'a Node) -> Option<Text<'a>> {
    Ask::of(template).text(node)
}

/// Every text that a node is known to be able to be: both branches of a choice, all allowed values of a parameter, the
/// entries of a mapping whose key is not known.
#[must_use]
pub fn texts<'a>(template: &Template<'a>, node: &'a Node) -> Vec<Text<'a>> {
    Ask::of(template).texts(node)
}

/// The text of a node with holes for what is not known: enough to look at the pieces of an ARN of which the account is
/// only known at deployment.
#[must_use]
pub fn shape<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<Shape<'a>>> {
    Ask::of(template).shape(node)
}

/// How surely two nodes whose shapes are the same stay so: what names the same parameters does, whatever they are given.
#[must_use]
pub fn sameness<'a>(template: &Template<'a>, one: &'a Node, other: &'a Node) -> Sure {
    let nothing = Scenario::default().strict();
    let (named, ask) = (Ask::of(template).in_scenario(&nothing), Ask::of(template));
    let value = |node: &'a Node| named.shape(node).map(|shape| shape.value);
    if value(one) == value(other) {
        return Sure::Written;
    }
    let shapes = [one, other].into_iter().filter_map(|node| ask.shape(node));
    shapes.map(|shape| shape.sure).max().unwrap_or_default()
}

/// What a text is put together of, with parameters by their names, which are the same in templates that are deployed
/// together; nothing if it holds something that differs from stack to stack, or that is not known.
#[must_use]
pub fn by_names<'a>(template: &Template<'a>, node: &'a Node) -> Option<Shape<'a>> {
    let nothing = Scenario::default().strict();
    let shape = Ask::of(template).in_scenario(&nothing).shape(node)?.value;
    let same = |piece: &Piece<'a>| match piece {
        Piece::Text(_) => true,
        Piece::Hole(Hole::Name(name)) => {
            let everywhere = matches!(*name, "AWS::AccountId" | "AWS::Partition" | "AWS::Region");
            everywhere || template.named("Parameters", name).is_some()
        }
        Piece::Hole(_) => false,
    };
    let fixed = shape.pieces().iter().any(|piece| matches!(piece, Piece::Text(_)));
    (fixed && shape.pieces().iter().all(same)).then_some(shape)
}

/// A number that is known.
#[must_use]
pub fn number<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<f64>> {
    Ask::of(template).number(node)
}

/// A boolean that is known.
#[must_use]
pub fn boolean<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<bool>> {
    Ask::of(template).boolean(node)
}

/// Whether a node is known to be true, or false.
#[must_use]
pub fn is<'a>(template: &Template<'a>, node: &'a Node, value: bool) -> bool {
    boolean(template, node).is_some_and(|known| known.value == value)
}

/// The items of a list that is known.
#[must_use]
pub fn list<'a>(template: &Template<'a>, node: &'a Node) -> Option<Known<Vec<Shape<'a>>>> {
    Ask::of(template).list(node)
}

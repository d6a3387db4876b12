//! The names that templates give.

use crate::checks::Set;
use crate::read::Node;
use crate::read::template::Template;
use crate::read::template::known::{Ask, Known, Piece, Shape, Sure, Text};
use crate::read::template::path::Place;
use crate::schema::nearest;

/// So many names are compared to say which was meant.
const MOST: usize = 300;

/// Shorter words are all alike.
const SHORTEST: usize = 4;

/// The names that the templates give to what they make of a type.
#[derive(Debug, Default)]
pub(in crate::checks::across) struct Names<'a> {
    known: Vec<(Text<'a>, &'a Node)>,
    /// Those of which a part is not known.
    open: Vec<Shape<'a>>,
}

impl<'a> Names<'a> {
    /// Those of a type, at a path of its properties.
    pub(in crate::checks::across) fn of(set: &Set<'a>, kind: &str, path: &str) -> Self {
        let mut names = Self::default();
        for place in set.at(kind, path) {
            let texts = named(set, place.template, place.node);
            if texts.is_empty() {
                let shape = Ask::of(place.template).across(set).shape(place.node);
                names.open.push(shape.map_or_else(Shape::unknown, |shape| shape.value));
            }
            names.known.extend(texts.into_iter().map(|text| (text, place.node)));
        }
        names
    }

    /// The same by the tag `Name`.
    pub(in crate::checks::across) fn tagged(set: &Set<'a>, kind: &str) -> Self {
        let mut names = Self::default();
        for tag in set.at(kind, "Tags/*") {
            let key = tag.get("Key").and_then(Place::text);
            if let Some(value) = tag.get("Value").filter(|_| key.is_some_and(|key| key == "Name")) {
                names
                    .known
                    .extend(value.texts().into_iter().map(|text| (text, value.node)));
            }
        }
        names
    }

    /// Whether no name is known, not even in part.
    pub(in crate::checks::across) fn is_empty(&self) -> bool {
        self.known.is_empty() && self.open.is_empty()
    }

    /// Whether each name is known.
    pub(in crate::checks::across) fn is_closed(&self) -> bool {
        self.open.is_empty()
    }

    /// The names that are known, and where they stand.
    pub(in crate::checks::across) fn known(&self) -> impl Iterator<Item = (&str, &'a Node)> {
        self.known.iter().map(|(text, node)| (text.value.as_ref(), *node))
    }

    /// Whether one of them is this name, or may be.
    pub(in crate::checks::across) fn has(&self, name: &str) -> bool {
        self.is(name) || self.open.iter().any(|shape| fits(shape, name))
    }

    /// Whether one of them is known to be this name.
    pub(in crate::checks::across) fn is(&self, name: &str) -> bool {
        self.known().any(|(known, _)| known == name)
    }

    /// The one that was probably meant, where it stands, and how surely it is known.
    pub(in crate::checks::across) fn near(&self, name: &str) -> Option<(Known<&str>, &'a Node)> {
        let slips = self.known().take(MOST).map(|(known, _)| known);
        let near = nearest(name, slips.filter(|known| is_slip(name, known)))?;
        let (text, node) = self.known.iter().find(|(text, _)| text.value == near)?;
        let known = Known {
            value: near,
            sure: text.sure,
        };
        Some((known, node))
    }

    /// How surely all of them are known.
    pub(in crate::checks::across) fn sure(&self) -> Sure {
        self.known.iter().map(|(text, _)| text.sure).max().unwrap_or_default()
    }
}

/// Whether a name can be meant for another: one of their words is nearly the other's, and all others are the same.
/// `data-1` is no slip for `data-0`, nor `shop-dev` one for `shop-stg`.
pub(in crate::checks::across) fn is_slip(name: &str, other: &str) -> bool {
    let words = |text: &'_ str| -> Vec<String> {
        let words = text.split(|letter: char| !letter.is_ascii_alphanumeric());
        words.map(str::to_ascii_lowercase).collect()
    };
    let (ours, theirs) = (words(name), words(other));
    let mut differ = ours.iter().zip(&theirs).filter(|(ours, theirs)| ours != theirs);
    let (Some((one, two)), None) = (differ.next(), differ.next()) else {
        return false;
    };
    let letters = |word: &str| -> String { word.chars().filter(|letter| !letter.is_ascii_digit()).collect() };
    let long = one.len().min(two.len()) >= SHORTEST;
    ours.len() == theirs.len()
        && long
        && letters(one) != letters(two)
        && nearest(one, [two.as_str()].into_iter()).is_some()
}

/// Every name that a value is known to be able to be: its text, or the name of the resource that it refers to.
pub(in crate::checks::across) fn named<'a>(set: &Set<'a>, template: &Template<'a>, node: &'a Node) -> Vec<Text<'a>> {
    if let Some((home, resource)) = set.target(template, node) {
        let property = NAMES.iter().find(|(kind, _)| *kind == resource.kind);
        let name = property.and_then(|(_, property)| resource.property(property));
        return name.map_or_else(Vec::new, |name| Ask::of(home).across(set).texts(name));
    }
    Ask::of(template).across(set).texts(node)
}

/// The types whose `Ref` is their name, and the property that gives it.
const NAMES: [(&str, &str); 2] = [("AWS::EKS::Cluster", "Name"), ("AWS::Logs::LogGroup", "LogGroupName")];

/// Whether a text can be what a shape becomes.
fn fits(shape: &Shape<'_>, text: &str) -> bool {
    let mut rest = text;
    let mut open = false;
    for piece in shape.pieces() {
        match piece {
            Piece::Hole(_) => open = true,
            Piece::Text(piece) => {
                let at = if open {
                    rest.find(piece.as_ref())
                } else {
                    rest.starts_with(piece.as_ref()).then_some(0)
                };
                let Some(at) = at else { return false };
                rest = &rest[at + piece.len()..];
                open = false;
            }
        }
    }
    open || rest.is_empty() || text.ends_with(shape.end())
}

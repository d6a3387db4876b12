//! A decision tree as scikit-learn evaluates it.

use serde::Deserialize;

/// A tree as its document writes it: nodes as columns. A leaf has no children, told by 0.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Columns {
    feature: Vec<u16>,
    threshold: Vec<f64>,
    left: Vec<u32>,
    right: Vec<u32>,
    value: Vec<f64>,
}

/// A decision tree, every walk through which ends.
#[derive(Debug, Deserialize)]
#[serde(try_from = "Columns")]
pub(crate) struct Tree(Vec<Node>);

#[derive(Debug)]
enum Node {
    Leaf(f64),
    Split {
        feature: u16,
        threshold: f64,
        left: u32,
        right: u32,
    },
}

impl TryFrom<Columns> for Tree {
    type Error = String;

    fn try_from(columns: Columns) -> Result<Self, String> {
        let nodes = columns.feature.len();
        let lengths = [
            columns.threshold.len(),
            columns.left.len(),
            columns.right.len(),
            columns.value.len(),
        ];
        if nodes == 0 || lengths.iter().any(|length| *length != nodes) {
            return Err(format!(
                "a tree has columns of {nodes} and {lengths:?} nodes; all must be as long"
            ));
        }
        let numbered = columns.feature.iter().zip(&columns.threshold).enumerate();
        let children = columns.left.iter().zip(&columns.right).zip(&columns.value);
        numbered
            .zip(children)
            .map(|((at, (&feature, &threshold)), ((&left, &right), &value))| {
                // A child stands after its parent, so that no walk goes round in circles.
                let follows = |child: u32| (at + 1..nodes).contains(&(child as usize));
                match (left, right) {
                    (0, 0) => Ok(Node::Leaf(value)),
                    _ if follows(left) && follows(right) => Ok(Node::Split {
                        feature,
                        threshold,
                        left,
                        right,
                    }),
                    _ => Err(format!(
                        "node {at} of a tree has children {left} and {right} of {nodes} nodes"
                    )),
                }
            })
            .collect::<Result<_, _>>()
            .map(Self)
    }
}

impl Tree {
    /// The highest index of a feature that it looks at.
    pub(crate) fn widest(&self) -> usize {
        let features = self.0.iter().map(|node| match node {
            Node::Leaf(_) => 0,
            Node::Split { feature, .. } => usize::from(*feature),
        });
        features.max().unwrap_or_default()
    }

    /// The value of the leaf that a row falls into.
    pub(crate) fn value(&self, row: &[f64]) -> f64 {
        let mut at = 0;
        loop {
            match self.0[at] {
                Node::Leaf(value) => return value,
                Node::Split {
                    feature,
                    threshold,
                    left,
                    right,
                } => {
                    // scikit-learn holds the rows, not the thresholds, in single precision.
                    #[expect(clippy::cast_possible_truncation, reason = "the rounding is wanted")]
                    let value = f64::from(row[usize::from(feature)] as f32);
                    at = if value <= threshold { left } else { right } as usize;
                }
            }
        }
    }
}

//! Values behind a path of properties.

use super::branch::{branches, values};
use crate::read::Node;

/// The values at a path, of both branches of a choice.
pub fn at<'a>(node: &'a Node, path: &str) -> Vec<&'a Node> {
    let mut here = vec![node];
    for step in path.split('/') {
        here = here
            .into_iter()
            .flat_map(branches)
            .flat_map(|node| match step {
                "*" => node.list().unwrap_or_default().iter().collect(),
                key => node.get(key).into_iter().collect::<Vec<_>>(),
            })
            .collect();
    }
    here.into_iter().flat_map(values).collect()
}

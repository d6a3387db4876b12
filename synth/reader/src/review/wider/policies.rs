//! All that the policies of a resource say.

use super::super::stack::Item;
use super::statement::{self, Statement};
use super::{grant, unset};

/// The statements of a resource, each with the path of its policy; with what holds where it has none, if asked for.
pub(super) fn statements(item: &Item, implied: bool) -> Vec<(String, Statement)> {
    let mut found = Vec::new();
    if let Some(permission) = grant::statement(&item.kind, &item.properties) {
        statement::below("Permission", &permission, &mut found);
    }
    for (name, value) in &item.properties {
        statement::below(name, value, &mut found);
    }
    if implied {
        found.extend(unset::statement(item));
    }
    found
}

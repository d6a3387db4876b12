//! Versions of engines: AWS adds some every month, so a list of them is never complete.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind as Kind;
use serde_json::Value as Json;

/// How a version that a list does not have stands to those that it has.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Listed {
    /// It names a series, such as `8.4`, of which AWS chooses the newest.
    Series,
    /// Others of its series are listed, or only older ones: it may be new.
    Sibling,
    /// Its series is neither listed nor newer.
    Never,
}

/// How a version stands to the list that it is not in; nothing for what is no version or no list of versions.
pub(super) fn listed(error: &ValidationError<'_>) -> Option<Listed> {
    let Kind::Enum { options } = error.kind() else {
        return None;
    };
    let version = number(error.instance().as_str()?)?;
    let known: Vec<Vec<u32>> = options
        .as_array()?
        .iter()
        .filter_map(Json::as_str)
        .filter_map(number)
        .collect();
    if known.iter().any(|one| one.starts_with(&version)) {
        return Some(Listed::Series);
    }
    let newest = known.iter().max()?;
    let sibling = known.iter().any(|one| one.first() == version.first());
    Some(if sibling || version > *newest {
        Listed::Sibling
    } else {
        Listed::Never
    })
}

/// The numbers at the start of `8.0.mysql_aurora.3.04.0` and the like.
fn number(version: &str) -> Option<Vec<u32>> {
    let numbers: Vec<u32> = version.split('.').map_while(|part| part.parse().ok()).collect();
    (!numbers.is_empty()).then_some(numbers)
}

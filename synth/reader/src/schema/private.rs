//! Resource types of an account of its own, beside those of AWS.

use std::collections::BTreeMap;
use std::sync::RwLock;
use std::sync::atomic::{AtomicBool, Ordering};

use serde_json::Value as Json;

use super::ResourceSchema;

static ADDED: RwLock<BTreeMap<&'static str, &'static ResourceSchema>> = RwLock::new(BTreeMap::new());

/// Nobody waits for a lock as long as nothing was added.
static ANY: AtomicBool = AtomicBool::new(false);

/// Why a text is not the schema of a resource type.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Unfit {
    /// It is no JSON.
    #[error("not JSON: {0}")]
    Json(String),
    /// It has no name.
    #[error("no `typeName` such as `Acme::Billing::Account`; it is the schema that `cfn init` writes")]
    Name,
    /// It says nothing about properties.
    #[error("`{0}` has no `properties`, or they are no object")]
    Properties(String),
}

/// Adds a CloudFormation resource provider schema for the rest of the process, in place of another of the same type;
/// gives the name of the type.
///
/// # Errors
///
/// If the text is not such a schema.
pub fn add(text: &str) -> Result<&'static str, Unfit> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let raw: Json = serde_json::from_str(text).map_err(|error| Unfit::Json(error.to_string()))?;
    let name = raw
        .get("typeName")
        .and_then(Json::as_str)
        .filter(|name| name.contains("::"));
    let name = name.ok_or(Unfit::Name)?.to_owned();
    if !raw.get("properties").is_some_and(Json::is_object) {
        return Err(Unfit::Properties(name));
    }
    // Schemas are handed out for as long as the process lives, those of AWS and these.
    let name: &'static str = name.leak();
    let schema: &'static ResourceSchema = Box::leak(Box::new(ResourceSchema::private(name, raw)));
    let mut added = ADDED.write().unwrap_or_else(std::sync::PoisonError::into_inner);
    added.insert(name, schema);
    ANY.store(true, Ordering::Release);
    Ok(name)
}

/// A schema that was added.
pub(super) fn of(name: &str) -> Option<&'static ResourceSchema> {
    if !ANY.load(Ordering::Acquire) {
        return None;
    }
    let added = ADDED.read().unwrap_or_else(std::sync::PoisonError::into_inner);
    added.get(name).copied()
}

#[cfg(test)]
mod tests {
    use super::add;

    #[test]
    fn a_text_that_is_no_schema_says_what_it_lacks() {
        let says = |text: &str| add(text).unwrap_err().to_string();
        assert!(says("{").starts_with("not JSON: "));
        assert!(says("{}").starts_with("no `typeName`"));
        assert_eq!(
            says(r#"{"typeName": "A::B::C", "properties": 1}"#),
            "`A::B::C` has no `properties`, or they are no object"
        );
    }

    #[test]
    fn an_added_type_is_known() {
        add(r#"{"typeName": "Test::Schema::Added", "properties": {"Size": {"type": "integer"}}}"#).unwrap();
        let schema = super::super::resource("Test::Schema::Added").unwrap();
        assert!(schema.is_in("eu-central-1") && schema.find("Size").is_some());
    }
}

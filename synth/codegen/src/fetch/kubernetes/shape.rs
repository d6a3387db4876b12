//! A definition without what nobody asks for: descriptions, and that nothing may stand anywhere.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

/// What stands before the names of definitions.
const PREFIXES: [&str; 4] = [
    "io.k8s.api.",
    "io.k8s.apimachinery.pkg.apis.",
    "io.k8s.apiextensions-apiserver.pkg.apis.",
    "io.k8s.kube-aggregator.pkg.apis.",
];

/// Kinds that the server answers with and that nobody can apply.
const ANSWERS: [&str; 6] = [
    "APIGroup",
    "APIGroupList",
    "APIResourceList",
    "APIVersions",
    "Status",
    "WatchEvent",
];

/// The definitions of a version by their short names.
pub(super) fn definitions(file: &Json) -> BTreeMap<String, Json> {
    let all = file["$defs"].as_object();
    let named = all.into_iter().flatten().filter_map(|(name, json)| {
        let short = short(name, json);
        (!ANSWERS.iter().any(|answer| short == format!("v1/{answer}"))).then(|| (short, place(json, file)))
    });
    named.collect()
}

/// `core.v1.PodSpec`, or `v1/Pod` and `apps/v1/Deployment` for what manifests name.
fn short(name: &str, json: &Json) -> String {
    // Those that every group has, such as `DeleteOptions`, are of none.
    if let Some([kind]) = json["x-kubernetes-group-version-kind"].as_array().map(Vec::as_slice) {
        let part = |key: &str| kind[key].as_str().unwrap_or_default();
        let group = match part("group") {
            "" => String::new(),
            group => format!("{group}/"),
        };
        return format!("{group}{}/{}", part("version"), part("kind"));
    }
    let start = PREFIXES.iter().find_map(|prefix| name.strip_prefix(prefix));
    start.unwrap_or(name).to_owned()
}

/// A place in our own words: `type` is one word, `values` are those of a map, `keys` tell the items of a list apart.
fn place(json: &Json, file: &Json) -> Json {
    if let Some(name) = json["$ref"]
        .as_str()
        .and_then(|pointer| pointer.strip_prefix("#/$defs/"))
    {
        return reference(name, file);
    }
    let mut out = Map::new();
    let kind = json["type"].as_str().or_else(|| json["type"][0].as_str());
    if let Some(properties) = json["properties"].as_object() {
        let field = |(name, json): (&String, &Json)| (name.clone(), place(json, file));
        out.insert("properties".to_owned(), properties.iter().map(field).collect());
    } else if let Some(kind) = kind {
        out.insert("type".to_owned(), kind.into());
    }
    for (key, ours) in [("items", "items"), ("additionalProperties", "values")] {
        if json[key].is_object() {
            out.insert(ours.to_owned(), place(&json[key], file));
        }
    }
    for (key, ours) in [
        ("required", "required"),
        ("format", "format"),
        ("x-kubernetes-list-map-keys", "keys"),
        ("x-kubernetes-list-type", "list"),
        ("x-kubernetes-patch-merge-key", "merge"),
    ] {
        if !json[key].is_null() {
            out.insert(ours.to_owned(), json[key].clone());
        }
    }
    Json::Object(out)
}

fn reference(name: &str, file: &Json) -> Json {
    let target = &file["$defs"][name];
    match name.rsplit('.').next() {
        Some("Quantity") => json!({ "type": "quantity" }),
        Some("IntOrString") => json!({ "type": "int-or-string" }),
        Some("Time" | "MicroTime") => json!({ "type": "string", "format": "date-time" }),
        _ if target["properties"].is_object() => json!({ "$ref": short(name, target) }),
        // `RawExtension` and `FieldsV1` are objects of any form, `JSON` is anything.
        _ => place(target, file),
    }
}

//! The kinds of the provider `hashicorp/google`, from `cdktn-provider-google`, which is made from the schema that the
//! provider itself gives; and what `facts/google.txt` adds.

mod assembly;
mod facts;

use std::collections::BTreeMap;
use std::path::Path;
use std::process::Command;

use serde_json::{Value as Json, json};

use super::Record;
use crate::Failure;
use assembly::{Assembly, Property, Type};
use facts::Facts;

/// The class of the provider itself, whose arguments are those of a `provider` block.
const PROVIDER: &str = "GoogleProvider";

/// The version of the provider, and a record for each kind: `resource/google_compute_instance`,
/// `data/google_compute_image`, `provider/google`.
pub(super) fn read(package: &Path) -> Result<(String, Vec<Record>), Failure> {
    let assembly = assembly::read(&unpacked(package)?)?;
    let mut facts = Facts::read()?;
    let mut records = Vec::new();
    for (path, class) in &assembly.types {
        let config = assembly.types.get(&format!("{path}Config"));
        let Some((config, name)) = config.and_then(|config| Some((config, name(path, class, config)?))) else {
            continue;
        };
        let mut json = block(&assembly, config, Some(class), &mut vec![path.clone()]);
        facts.apply(&name, &mut json)?;
        records.push(Record {
            group: name.split('/').next().unwrap_or_default().to_owned(),
            name,
            text: json.to_string(),
            absent: 0,
        });
    }
    facts.all_used()?;
    let version = assembly
        .version()
        .ok_or_else(|| Failure("no version of the provider is told".to_owned()))?;
    Ok((version.to_owned(), records))
}

/// The description of the classes in the package that lies inside of the package.
fn unpacked(package: &Path) -> Result<std::path::PathBuf, Failure> {
    let inside = package.join("cdktn_provider_google/_jsii");
    let unreadable = |error| Failure(format!("cannot read {}: {error}", inside.display()));
    let files = std::fs::read_dir(&inside).map_err(unreadable)?;
    let mut files = files.filter_map(|entry| Some(entry.ok()?.path()));
    let packed = files.find(|path| path.extension().is_some_and(|end| end == "tgz"));
    let packed = packed.ok_or_else(|| Failure(format!("{} holds no *.tgz", inside.display())))?;
    let mut tar = Command::new("tar");
    tar.arg("-xzf").arg(packed).arg("-C").arg(&inside).arg("package/.jsii");
    super::run(&mut tar, "install tar")?;
    Ok(inside.join("package/.jsii"))
}

/// `resource/google_compute_address`, as the links to the documentation have it.
fn name(path: &str, class: &Type, config: &Type) -> Option<String> {
    if path.ends_with(&format!(".{PROVIDER}")) {
        return Some("provider/google".to_owned());
    }
    if !class
        .properties
        .iter()
        .any(|property| property.name == "tfResourceType")
    {
        return None;
    }
    let texts = class
        .docs
        .texts()
        .chain(config.properties.iter().flat_map(|one| one.docs.texts()));
    texts.into_iter().find_map(|text| {
        // A class has its link by itself, an argument at the end of its description.
        let link = assembly::link(text).or_else(|| Some(text.split_once("/docs")?.1))?;
        let (room, rest) = link.strip_prefix('/')?.split_once('/')?;
        let end = rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_'))
            .unwrap_or(rest.len());
        match room {
            "resources" => Some(format!("resource/google_{}", &rest[..end])),
            "data-sources" => Some(format!("data/google_{}", &rest[..end])),
            _ => None,
        }
    })
}

/// A block: its arguments, and what is only known once it is there.
fn block(assembly: &Assembly, config: &Type, class: Option<&Type>, within: &mut Vec<String>) -> Json {
    let mut arguments: BTreeMap<String, Json> = BTreeMap::new();
    for property in &config.properties {
        let name = property.argument().map_or_else(|| snake(&property.name), str::to_owned);
        let mut json = kind(assembly, &property.kind, within);
        if !property.optional {
            json["required"] = true.into();
        }
        let values = property.values();
        if json["type"] == "string" && !values.is_empty() {
            json["values"] = values.into();
        }
        arguments.insert(name, json);
    }
    let mut json = json!({ "arguments": arguments });
    let attributes = class
        .map(|class| attributes(assembly, config, class))
        .unwrap_or_default();
    if !attributes.is_empty() {
        json["attributes"] = json!(attributes);
    }
    json
}

/// What may stand at an argument.
fn kind(assembly: &Assembly, json: &Json, within: &mut Vec<String>) -> Json {
    if let Some(primitive) = json["primitive"].as_str() {
        return json!({ "type": primitive });
    }
    if let Some(collection) = json["collection"].as_object() {
        let inner = kind(assembly, &collection["elementtype"], within);
        return match (collection["kind"].as_str(), inner["type"].as_str()) {
            (Some("array"), Some("block")) => {
                let mut blocks = inner;
                blocks["type"] = "blocks".into();
                blocks
            }
            (Some("map"), _) => json!({ "type": "map", "of": inner }),
            _ => json!({ "type": "list", "of": inner }),
        };
    }
    let union = json["union"]["types"].as_array().into_iter().flatten();
    let known = union.filter(|one| !one["fqn"].as_str().is_some_and(|fqn| fqn.ends_with(".IResolvable")));
    if let Some(first) = known.into_iter().next() {
        return kind(assembly, first, within);
    }
    let path = json["fqn"].as_str().unwrap_or_default();
    match assembly.types.get(path) {
        // A block that holds itself is written as deep as anybody likes.
        Some(config) if config.kind == "interface" && !within.iter().any(|outer| outer == path) => {
            within.push(path.to_owned());
            let class = assembly.types.get(&format!("{path}OutputReference"));
            let mut inner = block(assembly, config, class, within);
            within.pop();
            inner["type"] = "block".into();
            inner
        }
        _ if path.ends_with(".StringMap") => json!({ "type": "map", "of": { "type": "string" } }),
        _ => json!({ "type": "any" }),
    }
}

/// What nobody writes and everybody may refer to.
fn attributes(assembly: &Assembly, config: &Type, class: &Type) -> BTreeMap<String, Json> {
    /// What the classes have for themselves.
    const OWN: [&str; 3] = ["tfResourceType", "internalValue", "fqn"];
    let written = |property: &Property| {
        let name = property.name.strip_suffix("Input").unwrap_or(&property.name);
        config.properties.iter().any(|argument| argument.name == name)
    };
    let own = class
        .properties
        .iter()
        .filter(|property| !written(property) && !OWN.contains(&property.name.as_str()));
    own.map(|property| {
        (
            snake(&property.name),
            kind(assembly, &property.kind, &mut Vec::new())["type"].clone(),
        )
    })
    .collect()
}

/// `selfLink` is `self_link`.
fn snake(name: &str) -> String {
    name.chars().fold(String::new(), |mut out, letter| {
        if letter.is_ascii_uppercase() {
            out.push('_');
        }
        out.push(letter.to_ascii_lowercase());
        out
    })
}

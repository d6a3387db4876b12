//! A module while it is being written.

use std::collections::BTreeSet;

use serde_json::{Map, Value as Json, json};

use super::{Backend, Error, Handle, Kind, Label, Provider, Settings, Value, Variable, VariableType};
use crate::template::pretty;

/// An output of a module.
#[derive(Clone, Debug, PartialEq)]
pub struct Output {
    /// What it is, in a sentence.
    pub description: String,
    /// Its value.
    pub value: Value<String>,
    /// Whether it is hidden in what is shown.
    pub sensitive: bool,
}

/// A module: the files of one folder, which are applied together.
#[derive(Clone, Debug)]
pub struct Module {
    backend: Backend,
    names: BTreeSet<String>,
    data: Vec<Entry>,
    resources: Vec<Entry>,
    variables: Map<String, Json>,
    outputs: Map<String, Json>,
}

/// A block: its kind, its name, what is in it.
type Entry = (&'static str, Label, Json);

impl Module {
    /// Nothing yet, with where its state is kept.
    #[must_use]
    pub fn new(backend: Backend) -> Self {
        Self {
            backend,
            names: BTreeSet::new(),
            data: Vec::new(),
            resources: Vec::new(),
            variables: Map::new(),
            outputs: Map::new(),
        }
    }

    /// Adds a resource, or something to look up, and gives the only thing that can refer to it.
    ///
    /// # Errors
    ///
    /// [`Error::Twice`] if there is one of its kind and name.
    pub fn add<K: Kind>(&mut self, label: Label, part: &K) -> Result<Handle<K>, Error> {
        self.add_with(label, part, &Settings::default())
    }

    /// Adds a resource with what surrounds its arguments.
    ///
    /// # Errors
    ///
    /// [`Error::Twice`] if there is one of its kind and name.
    pub fn add_with<K: Kind>(&mut self, label: Label, part: &K, settings: &Settings) -> Result<Handle<K>, Error> {
        let handle = Handle::new(&label);
        let name = handle.reference().to_string();
        self.take(name.clone())?;
        let unwritable = |source| Error::Unwritable { name, source };
        let arguments: Map<String, Json> = serde_json::to_value(part)
            .and_then(serde_json::from_value)
            .map_err(unwritable)?;
        let block = settings.around(arguments);
        let room = if K::DATA { &mut self.data } else { &mut self.resources };
        room.push((K::KIND, label, block));
        Ok(handle)
    }

    /// Declares a variable, and gives the only thing that can refer to it.
    ///
    /// # Errors
    ///
    /// [`Error::Twice`] if there is one of its name.
    pub fn variable<T: VariableType>(&mut self, label: &Label, variable: &Variable<T>) -> Result<Value<T>, Error> {
        let name = format!("var.{}", label.as_str());
        self.take(name.clone())?;
        self.variables
            .insert(label.as_str().to_owned(), variable.block(label.as_str()));
        Ok(Value::expression(name))
    }

    /// Adds an output.
    ///
    /// # Errors
    ///
    /// [`Error::Twice`] if there is one of its name.
    pub fn output(&mut self, label: &Label, output: &Output) -> Result<(), Error> {
        self.take(format!("output.{}", label.as_str()))?;
        let mut block = json!({ "description": output.description, "value": output.value });
        if output.sensitive {
            block["sensitive"] = true.into();
        }
        self.outputs.insert(label.as_str().to_owned(), block);
        Ok(())
    }

    fn take(&mut self, name: String) -> Result<(), Error> {
        if self.names.insert(name.clone()) {
            Ok(())
        } else {
            Err(Error::Twice { name })
        }
    }

    /// The files of the module, each with its name. A file that would be empty is there all the same: whoever looks for
    /// the outputs of a module finds that there are none.
    #[must_use]
    pub fn files(&self, provider: &Provider) -> Vec<(&'static str, String)> {
        let mut main = Map::new();
        for (room, entries) in [("data", &self.data), ("resource", &self.resources)] {
            if !entries.is_empty() {
                main.insert(room.to_owned(), by_kind(entries));
            }
        }
        let of = |room: &str, blocks: &Map<String, Json>| match blocks.len() {
            0 => json!({}),
            _ => json!({ room: blocks }),
        };
        vec![
            ("main.tf.json", pretty(&Json::Object(main))),
            ("variables.tf.json", pretty(&of("variable", &self.variables))),
            ("outputs.tf.json", pretty(&of("output", &self.outputs))),
            ("provider.tf.json", pretty(&provider.document(&self.backend))),
            (".terraform.lock.hcl", super::lock(provider.version)),
        ]
    }
}

/// Blocks by kind and name, in the order in which they were added.
fn by_kind(entries: &[Entry]) -> Json {
    let mut kinds = Map::new();
    for (kind, label, block) in entries {
        let of_kind = kinds.entry((*kind).to_owned()).or_insert_with(|| json!({}));
        of_kind[label.as_str()] = block.clone();
    }
    kinds.into()
}

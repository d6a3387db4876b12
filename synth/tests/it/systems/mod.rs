//! What the systems render to, by the numbers of their requirements.
//!
//! Numbers such as `s0_18` are those of the requirements; a name without one is a fact of AWS's that production needs.

mod access;
mod accounts;
mod across;
mod additions;
mod applied;
mod asked;
pub(crate) mod by_number;
mod cars;
mod contract;
mod dashboards;
mod database;
mod delivery;
mod drift;
mod entry;
mod exceptions;
mod gateway;
mod guards;
mod healthcare;
mod healthcare_lines;
mod healthcare_notices;
mod healthcare_pages;
mod healthcare_pipeline;
mod images;
mod local;
mod machines;
mod mesh;
mod network;
mod observability;
mod operators;
mod operators_script;
mod own;
mod pods;
mod pods_script;
mod preflight;
mod prometheus;
mod references;
mod regions;
mod restoring;
mod sealed;
mod service;
mod signed;
mod strategies;
mod together;
mod told;

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::alone;
use serde_json::Value as Json;
use synth::Rendered;
use synth::model::{Environment, System};
use synth::systems::{cars_api, healthcare_api, predict_api, predictor};

/// The templates of a system by environment and stack, and all its files.
struct Out {
    rendered: Rendered,
    templates: BTreeMap<String, Json>,
}

static S0: LazyLock<Out> = LazyLock::new(|| out(&predict_api()));

static S1: LazyLock<Out> = LazyLock::new(|| out(&predictor()));
/// S1 on machines of a group, with the controller of load balancers.
static ON_MACHINES: LazyLock<Out> = LazyLock::new(|| out(&machines::on_machines()));

/// S3, as it is rendered where it is alone.
static S3: LazyLock<Out> = LazyLock::new(|| out(&healthcare_api()));

static S2: LazyLock<Out> = LazyLock::new(|| out(&cars_api()));

/// The system of the example, whose environments are released by CodeDeploy and by ECS's own shift.
static OWN: LazyLock<Out> = LazyLock::new(|| out(&crate::own_system::quotes()));

fn out(system: &System) -> Out {
    let rendered = alone::render(system);
    let templates = rendered.stacks.iter().map(|stack| {
        let text = &rendered.files[&stack.template];
        let name = format!("{}/{}", stack.environment, stack.stack);
        (name, serde_json::from_str(text).unwrap())
    });
    let templates = templates.collect();
    Out { rendered, templates }
}

/// All of them: what is asked of one system is asked of each, whatever its environments choose.
fn every() -> [&'static Out; 3] {
    [&S0, &S2, &OWN]
}

/// The resources of all systems: `quotes prod/service Cluster`.
fn everywhere() -> impl Iterator<Item = (String, &'static Json)> {
    every().into_iter().flat_map(|out| {
        let system = &out.rendered.stacks[0].system;
        out.everything()
            .map(move |(id, resource)| (format!("{system} {id}"), resource))
    })
}

/// S0 with something changed in `prod`.
fn with_prod(change: impl FnOnce(&mut Environment)) -> Out {
    let mut system = predict_api();
    change(system.environments.last_mut().unwrap());
    out(&system)
}

impl Out {
    /// The objects of an environment, by their files.
    fn objects(&self, environment: &str) -> Vec<(String, Json)> {
        let system = &self.rendered.stacks[0].system;
        // The system's own folder, where there is only one environment.
        let folders = [format!("out/{system}/{environment}/k8s/"), format!("out/{system}/k8s/")];
        let is_here = |path: &str| folders.iter().any(|folder| path.starts_with(folder));
        let files = self.rendered.files.iter().filter(|(path, _)| is_here(path));
        files
            .flat_map(|(path, _)| self.documents(path).into_iter().map(move |json| (path.clone(), json)))
            .collect()
    }

    /// The documents of a file.
    fn documents(&self, path: &str) -> Vec<Json> {
        let documents = self.rendered.files[path].split("---\n");
        documents
            .map(|document| yaml_serde::from_str(document).unwrap())
            .collect()
    }

    /// The values of an operator.
    fn values(&self, chart: &str) -> Json {
        let end = format!("/operators/{chart}-values.yaml");
        let mut files = self.rendered.files.iter();
        let (_, text) = files.find(|(path, _)| path.ends_with(&end)).unwrap();
        yaml_serde::from_str(text).unwrap()
    }

    /// The text of a workflow.
    fn workflow(&self, name: &str) -> &str {
        &self.rendered.files[&format!(".github/workflows/{name}.yml")]
    }

    fn object(&self, environment: &str, kind: &str, name: &str) -> Json {
        let found = self.objects(environment).into_iter().map(|(_, json)| json);
        let mut found = found.filter(|json| json["kind"] == kind && json["metadata"]["name"] == name);
        found
            .next()
            .unwrap_or_else(|| panic!("{environment} has no {kind} {name}"))
    }

    /// All resources of a template, such as `prod/network`.
    fn resources(&self, template: &str) -> impl Iterator<Item = (&String, &Json)> {
        self.templates[template]["Resources"].as_object().unwrap().iter()
    }

    /// The properties of the resources of a type.
    fn all(&self, template: &str, kind: &str) -> Vec<&Json> {
        let all = self.resources(template).map(|(_, resource)| resource);
        all.filter(|resource| resource["Type"] == kind)
            .map(|resource| &resource["Properties"])
            .collect()
    }

    /// A resource with all that surrounds its properties.
    fn resource(&self, template: &str, id: &str) -> &Json {
        let resource = &self.templates[template]["Resources"][id];
        assert!(resource.is_object(), "{template} has no {id}");
        resource
    }

    /// The properties of a resource.
    fn of(&self, template: &str, id: &str) -> &Json {
        &self.resource(template, id)["Properties"]
    }

    /// What stands at a path of a resource's properties, such as `/Metrics/0`.
    fn at(&self, template: &str, id: &str, path: &str) -> &Json {
        let properties = self.of(template, id);
        properties
            .pointer(path)
            .unwrap_or_else(|| panic!("{template} {id} has no {path}: {properties}"))
    }

    /// The resources of all templates, with the name of theirs.
    fn everything(&self) -> impl Iterator<Item = (String, &Json)> {
        self.templates.keys().flat_map(|template| {
            let resources = self.resources(template);
            resources.map(move |(id, resource)| (format!("{template} {id}"), resource))
        })
    }
}

/// The items of a list.
fn items(json: &Json) -> &[Json] {
    json.as_array().map_or(&[], Vec::as_slice)
}

/// The value of an attribute, where these are a list of `Key` and `Value`.
fn attribute<'a>(attributes: &'a Json, key: &str) -> &'a Json {
    let found = items(attributes).iter().find(|attribute| attribute["Key"] == key);
    &found.unwrap_or_else(|| panic!("no {key} in {attributes}"))["Value"]
}

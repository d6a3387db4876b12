//! The steps of rendered workflows that run with a role of AWS, with their settings.

use std::collections::BTreeMap;

use serde_json::Value as Json;

use super::sites::Pipeline;

/// One step after its job has assumed a role.
pub(super) struct Run {
    pub(super) file: String,
    pub(super) step: String,
    /// The ARN of the role.
    pub(super) role: String,
    pub(super) script: String,
    /// The action that it uses, without its version.
    pub(super) uses: Option<String>,
    /// Variables and inputs, as far as they are known.
    pub(super) settings: BTreeMap<String, String>,
}

impl Run {
    /// The end of the role's name, such as `deploy`.
    pub(super) fn role_end(&self) -> String {
        self.role.rsplit('-').next().unwrap().to_owned()
    }

    /// The service and the command of each call of the AWS CLI, without those that are only told to a person.
    pub(super) fn commands(&self) -> Vec<(&str, &str)> {
        let told = |line: &&str| {
            let line = line.trim_start();
            line.starts_with("echo ") || line.starts_with('#') || line.contains("::error")
        };
        let lines = self.script.lines().filter(|line| !told(line));
        lines.flat_map(calls).collect()
    }
}

fn calls(line: &str) -> Vec<(&str, &str)> {
    let mut found = Vec::new();
    let mut rest = line;
    while let Some(at) = rest.find("aws ") {
        let before = rest[..at].chars().next_back();
        rest = &rest[at + 4..];
        let mut words = rest.split(|character: char| !(character.is_ascii_alphanumeric() || character == '-'));
        let pair = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
        if before.is_none_or(|character| !character.is_alphanumeric() && character != '-')
            && !pair.0.is_empty()
            && !pair.1.is_empty()
        {
            found.push(pair);
        }
    }
    found
}

/// All runs of a pipeline.
pub(super) fn runs(pipeline: &Pipeline) -> Vec<Run> {
    let mut all = Vec::new();
    for (file, workflow) in pipeline.workflows() {
        for job in workflow["jobs"].as_object().into_iter().flatten().map(|(_, job)| job) {
            if let Some(called) = job["uses"].as_str().and_then(|path| path.strip_prefix("./")) {
                let (called, workflow) = pipeline.file(called);
                for inner in workflow["jobs"].as_object().into_iter().flatten().map(|(_, job)| job) {
                    of_job(
                        pipeline,
                        called,
                        inner,
                        &texts(&job["with"], &BTreeMap::new()),
                        &mut all,
                    );
                }
            } else if workflow["on"].get("workflow_call").is_none() {
                of_job(pipeline, file, job, &BTreeMap::new(), &mut all);
            }
        }
    }
    all
}

type Settings = BTreeMap<String, String>;

/// The values of a map with the inputs filled in.
fn texts(map: &Json, inputs: &Settings) -> Settings {
    let pairs = map.as_object().into_iter().flatten();
    let text = |value: &Json| {
        let mut text = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
        for (name, value) in inputs {
            text = text.replace(&format!("${{{{ inputs.{name} }}}}"), value);
        }
        text
    };
    pairs.map(|(key, value)| (key.clone(), text(value))).collect()
}

fn of_job(pipeline: &Pipeline, file: &str, job: &Json, inputs: &Settings, all: &mut Vec<Run>) {
    let mut role = None;
    let env = texts(&job["env"], inputs);
    steps(pipeline, file, &job["steps"], (inputs, &env), &mut role, all);
}

fn steps(
    pipeline: &Pipeline,
    file: &str,
    list: &Json,
    (inputs, env): (&Settings, &Settings),
    role: &mut Option<String>,
    all: &mut Vec<Run>,
) {
    for step in list.as_array().into_iter().flatten() {
        let asked = step["if"]
            .as_str()
            .and_then(|text| text.strip_prefix("inputs.")?.strip_suffix(" != ''"));
        if asked.is_some_and(|input| inputs.get(input).is_some_and(String::is_empty)) {
            continue;
        }
        let with = texts(&step["with"], inputs);
        let uses = step["uses"].as_str().map(|uses| uses.split('@').next().unwrap());
        if let Some(local) = uses.and_then(|uses| uses.strip_prefix("./")) {
            let (called, action) = pipeline.file(&format!("{local}/action.yml"));
            steps(pipeline, called, &action["runs"]["steps"], (&with, env), role, all);
            continue;
        }
        if uses == Some("aws-actions/configure-aws-credentials") {
            *role = with.get("role-to-assume").cloned();
        } else if let Some(role) = role.as_ref() {
            let own = texts(&step["env"], inputs);
            all.push(Run {
                file: file.to_owned(),
                step: step["name"].as_str().unwrap_or("a step").to_owned(),
                role: role.clone(),
                script: step["run"].as_str().unwrap_or_default().to_owned(),
                uses: uses.map(str::to_owned),
                settings: env.clone().into_iter().chain(own).chain(with).collect(),
            });
        }
    }
}

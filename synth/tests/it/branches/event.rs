//! What GitHub does with a workflow when something happens: which jobs run, and with what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::expression::{Known, Value, evaluate};

/// What happens.
#[derive(Clone, Debug)]
pub(super) struct Event {
    pub(super) name: &'static str,
    /// The branch that is pushed to or run from, or that a pull request goes into.
    pub(super) branch: &'static str,
    pub(super) inputs: BTreeMap<&'static str, &'static str>,
    /// Whether an image of the same files is there.
    pub(super) found: bool,
    /// The jobs that fail if they run.
    pub(super) fails: Vec<String>,
}

impl Event {
    pub(super) fn of(name: &'static str, branch: &'static str) -> Self {
        Self {
            name,
            branch,
            inputs: BTreeMap::new(),
            found: false,
            fails: Vec::new(),
        }
    }

    pub(super) fn started(branch: &'static str, environment: &'static str, rollback_to: &'static str) -> Self {
        Self {
            inputs: [("environment", environment), ("rollback_to", rollback_to)].into(),
            ..Self::of("workflow_dispatch", branch)
        }
    }

    pub(super) fn found(self) -> Self {
        Self { found: true, ..self }
    }

    pub(super) fn failing(self, job: &str) -> Self {
        Self {
            fails: vec![job.to_owned()],
            ..self
        }
    }

    fn reference(&self) -> String {
        match self.name {
            "pull_request" => "refs/pull/7/merge".to_owned(),
            _ => format!("refs/heads/{}", self.branch),
        }
    }

    /// Whether the workflow starts.
    fn starts(&self, workflow: &Json) -> bool {
        let on = &workflow["on"][self.name];
        let branches = on["branches"].as_array();
        branches.is_none_or(|all| all.iter().any(|branch| branch == self.branch))
            && workflow["on"].get(self.name).is_some()
    }
}

/// The jobs that run, each with how it ends, in the order of the file.
pub(super) fn run(workflow: &Json, event: &Event) -> Vec<(String, &'static str)> {
    let mut done = Done {
        workflow,
        event,
        results: BTreeMap::new(),
    };
    let jobs = workflow["jobs"].as_object().unwrap();
    let started = event.starts(workflow);
    for (id, job) in jobs.iter().filter(|_| started) {
        let waits = needs(job);
        let before: Vec<_> = waits.iter().filter(|need| !done.results.contains_key(*need)).collect();
        assert!(before.is_empty(), "{id} stands before {before:?}");
        let result = done.result(id, job);
        done.results.insert(id.clone(), result);
    }
    let ran = jobs.keys().filter_map(|id| Some((id.clone(), *done.results.get(id)?)));
    ran.filter(|(_, result)| *result != "skipped").collect()
}

/// The GitHub environment of a job; nothing where it has none.
pub(super) fn environment(job: &Json, event: &Event) -> String {
    let text = job["environment"].as_str().unwrap_or_default();
    if !text.contains("${{") {
        return text.to_owned();
    }
    let (before, expression) = text.split_at(text.find("${{").unwrap());
    let known = Of {
        event,
        done: None,
        job: "",
    };
    match evaluate(expression, &known) {
        Value::Text(name) => format!("{before}{name}"),
        other => panic!("{other:?} is no environment"),
    }
}

fn needs(job: &Json) -> Vec<String> {
    let all = job["needs"].as_array().into_iter().flatten();
    all.map(|need| need.as_str().unwrap().to_owned()).collect()
}

/// What came to be so far.
struct Done<'a> {
    workflow: &'a Json,
    event: &'a Event,
    results: BTreeMap<String, &'static str>,
}

impl Done<'_> {
    fn result(&self, id: &str, job: &Json) -> &'static str {
        let condition = job["if"].as_str().unwrap_or("success()");
        let asks = ["success()", "failure()", "cancelled()", "always()"];
        let known = Of {
            event: self.event,
            done: Some(self),
            job: id,
        };
        // A condition without such a function has `success()` before it.
        let implied = asks.iter().any(|asked| condition.contains(asked)) || known.function("success");
        if !implied || !evaluate(condition, &known).holds() {
            "skipped"
        } else if self.event.fails.iter().any(|one| one == id) {
            "failure"
        } else {
            "success"
        }
    }

    /// How all jobs ended that stand before one, however far.
    fn before(&self, id: &str) -> BTreeSet<&'static str> {
        let direct = needs(&self.workflow["jobs"][id]);
        let far = direct.iter().flat_map(|need| self.before(need));
        far.chain(direct.iter().map(|need| self.results[need])).collect()
    }
}

/// What a job knows.
struct Of<'a> {
    event: &'a Event,
    done: Option<&'a Done<'a>>,
    job: &'a str,
}

impl Known for Of<'_> {
    fn name(&self, path: &str) -> Value {
        match path.split('.').collect::<Vec<_>>().as_slice() {
            ["github", "event_name"] => Value::text(self.event.name),
            ["github", "ref"] => Value::text(self.event.reference()),
            ["inputs", name] => self
                .event
                .inputs
                .get(name)
                .map_or(Value::Null, |text| Value::text(*text)),
            ["needs", job, rest @ ..] => {
                let done = self.done.unwrap();
                let waits = needs(&done.workflow["jobs"][self.job]);
                assert!(
                    waits.iter().any(|need| need == job),
                    "{} does not wait for {job}",
                    self.job
                );
                match rest {
                    ["result"] => Value::text(done.results[*job]),
                    ["outputs", "digest"] if done.results[*job] == "success" && self.event.found => {
                        Value::text("sha256:0")
                    }
                    ["outputs", "digest"] => Value::Null,
                    _ => panic!("what is {path}?"),
                }
            }
            _ => panic!("what is {path}?"),
        }
    }

    /// Jobs that were skipped are none that succeeded, however far before (<https://github.com/actions/runner/issues/491>).
    fn function(&self, name: &str) -> bool {
        let before = self.done.map(|done| done.before(self.job)).unwrap_or_default();
        match name {
            "always" => true,
            "cancelled" => false,
            "failure" => before.contains("failure"),
            "success" => before.iter().all(|result| *result == "success"),
            _ => panic!("what is {name}()?"),
        }
    }
}

//! What the template lays out: every text decided, every scalar quoted.

use serde::Serialize;

use super::conditions;
use super::model::{Cancel, Concurrency, Job, Runner, Waiver, Work, Workflow, path_of_called};
use super::outputs::outputs;
use super::pipeline::Platform;
use super::step::{Setting, Shape, Step, bare};
use super::trigger::{Output, Trigger};
use super::yaml::{block, scalar, wrapped};

#[derive(Serialize)]
pub(super) struct File {
    about: Vec<String>,
    name: String,
    triggers: Vec<Started>,
    waiver: Option<String>,
    concurrency: Option<Group>,
    shell: Option<&'static str>,
    jobs: Vec<JobView>,
}

#[derive(Serialize, Default)]
struct Started {
    event: &'static str,
    branches: String,
    paths: Vec<String>,
    cron: Option<String>,
    inputs: Vec<InputView>,
    outputs: Vec<OutputView>,
}

#[derive(Serialize)]
struct OutputView {
    name: &'static str,
    about: String,
    value: String,
}

#[derive(Serialize)]
struct InputView {
    name: &'static str,
    about: String,
    required: bool,
    r#type: &'static str,
    options: Vec<String>,
}

#[derive(Serialize)]
struct Group {
    name: String,
    cancel: &'static str,
}

#[derive(Serialize)]
struct JobView {
    id: String,
    name: String,
    needs: String,
    only: Option<String>,
    permissions: Vec<PermissionView>,
    outputs: Vec<Named>,
    call: Option<CallView>,
    run: Option<RunView>,
}

#[derive(Serialize)]
struct PermissionView {
    scope: &'static str,
    level: &'static str,
    steps: String,
}

#[derive(Serialize)]
struct CallView {
    workflow: String,
    waiver: Option<String>,
    with: Vec<Named>,
}

#[derive(Serialize)]
struct RunView {
    runner: &'static str,
    matrix: Vec<Named>,
    minutes: u16,
    environment: Option<String>,
    concurrency: Option<Group>,
    steps: Vec<StepView>,
}

#[derive(Serialize)]
struct StepView {
    name: String,
    id: Option<&'static str>,
    when: Option<String>,
    uses: Option<UsesView>,
    settings_key: &'static str,
    settings: Vec<Named>,
    run: Option<String>,
}

#[derive(Serialize)]
struct UsesView {
    name: &'static str,
    commit: &'static str,
    version: &'static str,
}

#[derive(Serialize)]
struct Named {
    name: String,
    text: String,
}

pub(super) fn workflow(workflow: &Workflow, all: &[Workflow]) -> File {
    let jobs = workflow.jobs.iter().map(|one| JobView {
        outputs: outputs(one, workflow).into_iter().map(named).collect(),
        ..job(one, all)
    });
    let jobs: Vec<_> = jobs.collect();
    let scripts = jobs
        .iter()
        .filter_map(|job| job.run.as_ref())
        .flat_map(|run| &run.steps);
    File {
        about: wrapped(workflow.about),
        name: scalar(&workflow.name),
        triggers: workflow.triggers.iter().map(started).collect(),
        waiver: workflow.waiver.as_ref().map(Waiver::comment),
        concurrency: workflow.concurrency.as_ref().map(group),
        // Named, so that GitHub adds `-o pipefail`.
        shell: scripts.map(|step| &step.run).any(Option::is_some).then_some("bash"),
        jobs,
    }
}

fn started(trigger: &Trigger) -> Started {
    let on = |event, branches: &[String], paths: &[String]| Started {
        event,
        branches: branches
            .iter()
            .map(|branch| scalar(branch))
            .collect::<Vec<_>>()
            .join(", "),
        paths: paths.iter().map(|path| scalar(path)).collect(),
        ..Started::default()
    };
    let given = |event, inputs: &[super::Input]| Started {
        event,
        inputs: inputs.iter().map(|one| input(event, one)).collect(),
        ..Started::default()
    };
    match trigger {
        Trigger::Push { branches, paths } => on("push", branches, paths),
        Trigger::PullRequest { branches, paths } => on("pull_request", branches, paths),
        Trigger::Schedule { cron, .. } => Started {
            event: "schedule",
            cron: Some(scalar(cron)),
            ..Started::default()
        },
        Trigger::Dispatch { inputs } => given("workflow_dispatch", inputs),
        Trigger::Call { inputs, outputs } => Started {
            outputs: outputs.iter().map(output).collect(),
            ..given("workflow_call", inputs)
        },
    }
}

fn input(event: &str, input: &super::Input) -> InputView {
    InputView {
        name: input.name,
        about: scalar(input.about),
        required: input.required,
        // A call's inputs have no choices; its one caller is rendered too.
        r#type: if input.options.is_empty() || event == "workflow_call" {
            "string"
        } else {
            "choice"
        },
        options: input.options.iter().map(|option| scalar(option)).collect(),
    }
}

fn output(output: &Output) -> OutputView {
    OutputView {
        name: output.name,
        about: scalar(output.about),
        value: output.value(),
    }
}

fn group(concurrency: &Concurrency) -> Group {
    let cancel = match concurrency.cancel {
        Cancel::Never => "false",
        Cancel::OnPullRequests => "${{ github.event_name == 'pull_request' }}",
        Cancel::Always => "true",
    };
    Group {
        name: scalar(&concurrency.group),
        cancel,
    }
}

fn job(job: &Job, all: &[Workflow]) -> JobView {
    let (call, run) = match &job.work {
        Work::Call { workflow, with, waiver } => {
            let workflow = format!("./{}", path_of_called(workflow, all));
            (
                Some(CallView {
                    workflow,
                    waiver: waiver.as_ref().map(Waiver::comment),
                    with: with.iter().map(setting).collect(),
                }),
                None,
            )
        }
        Work::Run(run) => (None, Some(run_view(run))),
    };
    let permission = |(scope, need): (crate::schema::github::Scope, &super::Need)| PermissionView {
        scope: scope.name(),
        level: need.level.name(),
        steps: need.steps.join(", "),
    };
    JobView {
        id: job.id.clone(),
        name: scalar(&job.name),
        needs: job.needs.join(", "),
        only: job.only.as_ref().map(conditions::only),
        permissions: job.permissions(all).iter().map(permission).collect(),
        outputs: Vec::new(),
        call,
        run,
    }
}

fn named((name, text): (&'static str, String)) -> Named {
    Named {
        name: name.to_owned(),
        text,
    }
}

fn run_view(run: &super::Run) -> RunView {
    let leg = |platform: &Platform| Named {
        name: platform.name().to_owned(),
        text: platform.runner().to_owned(),
    };
    let (runner, matrix) = match &run.runner {
        Runner::Ubuntu => (Platform::Amd64.runner(), Vec::new()),
        Runner::Each(platforms) => ("${{ matrix.runner }}", platforms.iter().map(leg).collect()),
    };
    RunView {
        runner,
        matrix,
        minutes: run.minutes,
        environment: run.environment.as_ref().map(|environment| scalar(&environment.text())),
        concurrency: run.concurrency.as_ref().map(group),
        steps: run.steps.iter().map(step).collect(),
    }
}

fn step(step: &Step) -> StepView {
    let (uses, settings_key, settings, run) = match step.shape() {
        Shape::Uses { pin, with } => (
            Some(UsesView {
                name: pin.name,
                commit: pin.commit,
                version: pin.version,
            }),
            "with",
            with,
            None,
        ),
        Shape::Runs { script, env, .. } => (None, "env", env, Some(block(&bare(script)))),
    };
    let settings = settings.iter().map(setting).collect();
    StepView {
        name: scalar(&step.name),
        id: step.id,
        when: conditions::when(step.when),
        uses,
        settings_key,
        settings,
        run,
    }
}

/// GitHub makes texts of truths and small numbers by itself, so they need no quotes here.
fn setting((name, value): &Setting) -> Named {
    let text = value.text();
    let is_truth = matches!(text.as_str(), "true" | "false");
    let is_small = text.len() < 5 && text.parse::<u16>().is_ok_and(|number| number.to_string() == text);
    Named {
        name: (*name).to_owned(),
        text: if is_truth || is_small { text } else { scalar(&text) },
    }
}

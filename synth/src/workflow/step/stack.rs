//! Steps that deploy stacks and look at them.

use super::{Setting, Shape, runs, script, uses};
use crate::permissions::{Condition, Grant};
use crate::schema::github::pins;
use crate::schema::github::{Level, Scope};
use crate::template::{Move, Operator};
use crate::workflow::pipeline;
use crate::workflow::right::{on_deploy, on_stacks, without_imports};
use crate::workflow::value::{Bindings, Value};

/// The names of the change sets that are made to be read and not to be executed begin so.
const REVIEWED: &str = "pull-request-";

/// What deploys stacks, and before it what tells which exports of theirs are in use.
const DEPLOY: &str = concat!(
    include_str!("../../../../templates/workflow/in-use.sh"),
    "\n",
    include_str!("../../../../templates/workflow/deploy-stacks.sh")
);

/// What tells which exports of a stack are in use, for other scripts.
pub(crate) fn in_use() -> String {
    super::bare(script!("in-use"))
}

/// The word for stacks that cannot be deleted before a person allows it.
pub const KEPT: &str = "kept";

/// The artifact of the review.
const REVIEW: &str = "review";

/// Deploys or looks at stacks.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Stack {
    /// Deploys stacks; what their parameter file does not give, such as the image, keeps its value.
    Deploy {
        /// Which stacks, from what.
        plan: Plan,
        /// The ARN of the role that CloudFormation makes resources with.
        execution_role: Value,
        /// [`KEPT`] if they cannot be deleted before a person allows it.
        keeping: Value,
    },
    /// Creates change sets, describes them in `plan.md` and deletes them.
    Plan(Plan),
    /// Tells in `review.md` what a pull request does to the templates of a system. It needs no right on AWS.
    Review {
        /// The system.
        system: String,
        /// What stands before the words of the command.
        synth: String,
    },
    /// Keeps `review.md` for the job that may post it.
    KeepReview,
    /// Fetches `review.md`.
    FetchReview,
    /// Posts a text on the pull request, in the place of the one before.
    Comment {
        /// The file with the text; nothing is posted if it is empty.
        text: &'static str,
        /// What tells the comment from others.
        marker: String,
    },
    /// Waits until the stacks of a commit are deployed, where it changes any.
    Await {
        /// The file of the workflow that deploys them, without the ending.
        workflow: String,
        /// The name of the job in it.
        job: String,
        /// The commit.
        commit: Value,
    },
    /// Compares stacks with what is really there, and fails on a difference.
    DetectDrift {
        /// The stacks.
        stacks: Vec<String>,
        /// What is no failure: what AWS's services change by themselves, each with its stack.
        moves: Vec<(String, Move)>,
    },
    /// Writes the failed events of stacks into the job's summary.
    Report {
        /// The stacks.
        stacks: Vec<Value>,
    },
}

/// Stacks and what they are made from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plan {
    /// The stacks in the order of deployment, a line each: the name, the path of the template, and what the deployer must
    /// agree to.
    pub stacks: Value,
    /// The path of their parameters.
    pub parameters: Value,
}

impl Stack {
    pub(super) fn shape(&self) -> Shape {
        match self {
            Self::Deploy {
                plan,
                execution_role,
                keeping,
            } => deploy(plan, execution_role, keeping),
            Self::Plan(plan) => {
                let name = ("CHANGE_SET", format!("{REVIEWED}${{{{ github.run_id }}}}").into());
                runs(script!("plan-stacks"), [&[name], plan.settings().as_slice()].concat())
            }
            Self::Review { system, synth } => runs(
                script!("review-templates"),
                [("SYNTH", synth.into()), ("SYSTEM", system.into())],
            ),
            Self::KeepReview => uses(&pins::UPLOAD, kept_review()),
            Self::FetchReview => uses(&pins::DOWNLOAD, [("name", REVIEW.into())]),
            Self::Comment { text, marker } => comment(text, marker),
            Self::Await { workflow, job, commit } => wait(workflow, job, commit),
            Self::DetectDrift { stacks, moves } => detect_drift(stacks, moves),
            Self::Report { stacks } => {
                let stacks: Vec<_> = stacks.iter().map(Value::text).collect();
                runs(script!("report-stacks"), [("STACKS", stacks.join(" ").into())])
            }
        }
    }

    pub(super) fn grants(&self, inputs: &Bindings) -> Vec<Grant> {
        match self {
            Self::Deploy {
                plan,
                execution_role,
                keeping,
            } => {
                let names = plan.names(inputs);
                let keep = keep(&names);
                let kept = keeping.bind(inputs).text() == KEPT;
                let protect = kept.then(|| on_stacks(["cloudformation:UpdateTerminationProtection"], &names));
                let deploy = on_deploy(names, &execution_role.bind(inputs).text());
                deploy.into_iter().chain(keep).chain(protect).collect()
            }
            Self::Plan(plan) => review(&plan.names(inputs)).into(),
            Self::Review { .. } | Self::KeepReview | Self::FetchReview | Self::Comment { .. } | Self::Await { .. } => {
                Vec::new()
            }
            Self::DetectDrift { stacks, .. } => detect(stacks).into(),
            Self::Report { stacks } => {
                let stacks = stacks.iter().map(|stack| stack.bind(inputs).text());
                let stacks: Vec<_> = stacks.collect();
                // One value may name several.
                let names = stacks.iter().flat_map(|names| names.split_whitespace());
                vec![on_stacks(["cloudformation:DescribeStackEvents"], names)]
            }
        }
    }

    /// The stacks whose resources the step reads with its own role's rights: drift is looked for in the name of the
    /// caller, not of the execution role.
    #[must_use]
    pub fn reads(&self) -> &[String] {
        match self {
            Self::DetectDrift { stacks, .. } => stacks,
            _ => &[],
        }
    }
}

impl Plan {
    /// The lines of stacks.
    #[must_use]
    pub fn lines<'a>(stacks: impl Iterator<Item = &'a pipeline::Stack>) -> String {
        let line = |stack: &pipeline::Stack| [&stack.name, &stack.template, stack.capabilities()].join(" ");
        stacks.map(|stack| line(stack).trim_end().to_owned() + "\n").collect()
    }

    fn settings(&self) -> [Setting; 2] {
        [("PARAMETERS", self.parameters.clone()), ("STACKS", self.stacks.clone())]
    }

    fn names(&self, inputs: &Bindings) -> Vec<String> {
        let lines = self.stacks.bind(inputs).text();
        lines
            .lines()
            .filter_map(|line| line.split(' ').next())
            .map(str::to_owned)
            .collect()
    }
}

/// One line: the stack, the resource, the property, what it grows to at the most, and why. A hyphen is any value.
fn by_design((stack, moved): &(String, Move)) -> String {
    let Move {
        resource,
        property,
        most,
        because,
    } = moved;
    let most = most.map_or_else(|| "-".to_owned(), |most| most.to_string());
    format!("{stack} {resource} {property} {most} {because}\n")
}

fn deploy(plan: &Plan, execution_role: &Value, keeping: &Value) -> Shape {
    let [parameters, stacks] = plan.settings();
    let role = ("EXECUTION_ROLE", execution_role.clone());
    runs(DEPLOY, [role, ("KEEPING", keeping.clone()), parameters, stacks])
}

fn kept_review() -> [Setting; 3] {
    [
        ("name", REVIEW.into()),
        ("path", "review.md".into()),
        ("retention-days", "1".into()),
    ]
}

fn comment(text: &'static str, marker: &str) -> Shape {
    Shape::Runs {
        script: script!("comment"),
        env: vec![
            ("GH_TOKEN", Value::Context("github.token")),
            ("MARKER", marker.into()),
            ("PULL_REQUEST", Value::Context("github.event.pull_request.number")),
            ("TEXT", text.into()),
        ],
        needs: &[(Scope::PullRequests, Level::Write)],
    }
}

fn wait(workflow: &str, job: &str, commit: &Value) -> Shape {
    Shape::Runs {
        script: script!("await-templates"),
        env: vec![
            ("COMMIT", commit.clone()),
            ("GH_TOKEN", Value::Context("github.token")),
            ("JOB", job.into()),
            ("WORKFLOW", format!("{workflow}.yml").into()),
        ],
        needs: &[(Scope::Actions, Level::Read)],
    }
}

fn detect_drift(stacks: &[String], moves: &[(String, Move)]) -> Shape {
    let by_design: Vec<_> = moves.iter().map(by_design).collect();
    let settings = [
        ("BY_DESIGN", Value::Known(by_design.concat())),
        ("STACKS", Value::Known(stacks.join("\n") + "\n")),
    ];
    runs(script!("detect-drift"), settings)
}

/// Nothing here can execute a change set, nor touch one that was made to be executed.
fn review(stacks: &[String]) -> [Grant; 3] {
    let own = Condition::new(
        Operator::StringLike,
        "cloudformation:ChangeSetName",
        [format!("{REVIEWED}*")],
    );
    let change_sets = ["cloudformation:DeleteChangeSet", "cloudformation:DescribeChangeSet"];
    [
        on_stacks(["cloudformation:DescribeStacks"], stacks),
        on_stacks(["cloudformation:CreateChangeSet"], stacks)
            .only_if(own.clone())
            .only_if(without_imports())
            // What it plans, the role plans that the stack has.
            .only_if(Condition::new(Operator::Null, "cloudformation:RoleArn", ["true"])),
        on_stacks(change_sets, stacks).only_if(own),
    ]
}

/// What telling which exports are in use takes, and keeping them.
fn keep(stacks: &[String]) -> [Grant; 2] {
    [
        on_stacks(["cloudformation:GetTemplate"], stacks),
        Grant::new(["cloudformation:ListImports"], ["*"]).because("it takes the name of an export, which has no ARN"),
    ]
}

fn detect(stacks: &[String]) -> [Grant; 2] {
    let on_stack = [
        "cloudformation:DescribeStackResourceDrifts",
        "cloudformation:DescribeStacks",
        "cloudformation:DetectStackDrift",
        "cloudformation:DetectStackResourceDrift",
    ];
    let anywhere = [
        "cloudformation:BatchDescribeTypeConfigurations",
        "cloudformation:DescribeStackDriftDetectionStatus",
    ];
    [
        on_stacks(on_stack, stacks),
        Grant::new(anywhere, ["*"]).because("they take a detection and types, which have no ARN"),
    ]
}

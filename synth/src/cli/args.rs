//! What can be asked for.

use std::path::PathBuf;

use clap::{Parser, Subcommand, ValueEnum};
use clap_complete::Shell;

/// Renders CloudFormation templates, GitHub workflows and a README from the systems of this workspace.
///
/// Without a command, everything is rendered into the folder `out`; a line tells of each file that changed. All files
/// are written, or none.
#[derive(Debug, Parser)]
#[command(name = "synth", version, after_help = EXAMPLES, max_term_width = 100)]
pub(super) struct Args {
    #[command(subcommand)]
    pub(super) command: Option<Command>,
    /// Overwrite this file, which synth did not render, or those in this folder; can be given more than once
    ///
    /// Every rendered file says so in its first line. One that does not is somebody else's: nothing is written then.
    #[arg(long, value_name = "FILE")]
    pub(super) adopt: Vec<PathBuf>,
    #[command(flatten)]
    pub(super) options: Options,
}

const EXAMPLES: &str = "\
Examples:
  synth                                    render all systems into out/
  synth check                              fail with a diff if a file is missing, stale or stray
  synth list --format json                 the stacks in the order of deployment, for scripts
  synth --system predict-api --out /tmp/a  one system, into another folder
  synth validate templates/                judge any template, manifest or module, ours or not
  synth diff main..HEAD                    what a change does to what runs
  synth explain unpinned-action            why a rule forbids what it forbids

Exit codes:
  0  fine
  1  findings at error level, or files that are not as rendered
  2  bad usage, or something that cannot be read or written";

/// What to do instead of rendering.
#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Fail with a unified diff if a rendered file is missing, stale or stray
    ///
    /// Writes nothing. The exit code is 1 if `synth` would change a file, or if a check objects.
    #[command(after_help = "Examples:\n  synth check\n  synth check --format github    annotations in a workflow")]
    Check,
    /// List the systems, environments and stacks in the order of deployment
    ///
    /// With `--format json` it is an array of objects: system, environment, stack, `stack_name`, template, parameters,
    /// capabilities, `depends_on`. The paths are those in the repository.
    #[command(after_help = "Examples:\n  synth list\n  synth list --system predict-api --format json")]
    List,
    /// Judge any CloudFormation template, Kubernetes manifest or .tf.json module, ours or not
    ///
    /// Says what AWS, the API server or a plan would refuse, what does not fit together and what will hurt, with the line it is
    /// about. Works offline, needs no credentials and runs nothing. One file that cannot be read does not silence the
    /// others. All manifests of a call are judged together.
    #[command(after_help = VALIDATE_EXAMPLES)]
    Validate(ValidateArgs),
    /// Tell what a change of templates, manifests, modules and workflows does to what runs
    ///
    /// Compares two files, two folders or git revisions, ours or not: what is replaced, deleted or interrupted and who
    /// says so, what data is in danger, what gets wider. Of Kubernetes manifests it tells which pods restart and what the
    /// API server refuses; of GitHub workflows what sets them off and what their jobs may do. Needs no credentials.
    #[command(after_help = DIFF_EXAMPLES)]
    Diff(DiffArgs),
    /// Tell what a rule forbids and why, find rules by words, or list all of them
    ///
    /// The name of a rule leads to its page; other words to a list of the rules that have all of them, in their name, their
    /// reason, their example or what they are about, those first whose name has them.
    #[command(
        after_help = "Examples:\n  synth explain\n  synth explain unpinned-action\n  synth explain secret environment\n  synth explain --format markdown > RULES.md"
    )]
    Explain {
        /// The name of the rule, as a finding shows it, or words to find rules by
        #[arg(value_name = "RULE|WORD")]
        words: Vec<String>,
    },
    /// Write the JSON Schema of a file that synth reads to standard output
    #[command(
        after_help = "Examples:\n  synth schema config > synth.schema.json    what an editor completes synth.toml by"
    )]
    Schema {
        /// Of which file
        of: SchemaOf,
    },
    /// Answer an editor over the Language Server Protocol, on standard input and output
    ///
    /// Diagnostics for templates, manifests, modules and workflows that are open; for templates also what a property is and
    /// whether a change of it replaces, what can be written, where names are made and used.
    #[cfg(feature = "lsp")]
    Lsp,
    /// Write completions for a shell to standard output
    #[command(after_help = "Examples:\n  synth completions bash > ~/.local/share/bash-completion/completions/synth")]
    Completions {
        /// The shell
        shell: Shell,
    },
}

const DIFF_EXAMPLES: &str = "\
Examples:
  synth diff                          the working tree against the merge base with the default branch
  synth diff main..HEAD               two revisions
  synth diff old.yaml new.yaml        two files, or two folders
  synth diff old/k8s new/k8s          what a change of manifests restarts, moves or is refused
  synth diff --format markdown        for a comment on a pull request
  synth diff --fail-on delete         exit code 1 if something is deleted";

const VALIDATE_EXAMPLES: &str = "\
Examples:
  synth validate template.yaml
  synth validate templates/ 'stacks/**/*.yml'           folders and globs
  aws cloudformation get-template … | synth validate -  standard input
  helm template my-chart | synth validate -             what a chart makes
  synth validate --format sarif infra/ > synth.sarif    for code scanning
  synth validate --allow practice --deny unused-parameter infra/
  synth validate --region eu-central-1 template.yaml
  synth validate --kubernetes 1.36 k8s/                 manifests, for a version of the cluster
  synth validate --baseline known.json --write-baseline .   take what is there as known
  synth validate --baseline known.json .                    only what is new

A resource or a template allows a rule with a reason:
  Metadata: {synth: {allow: {open-port: \"a public web server\"}}}
and so does an object of Kubernetes:
  metadata: {annotations: {allow.synth/host-path: \"reads the logs of its node\"}}

Exit codes:
  0  no finding at error level
  1  findings at error level
  2  bad usage, nothing to judge, or a file that cannot be read; the others are judged all the same";

/// A file that synth reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum SchemaOf {
    /// The settings, `synth.toml`
    Config,
}

/// What to judge, and by what.
#[derive(Debug, clap::Args)]
#[expect(
    clippy::struct_excessive_bools,
    reason = "each is an option of its own, as clap wants them"
)]
pub(super) struct ValidateArgs {
    /// Files, folders, globs in quotes, or `-` for standard input
    ///
    /// Of a folder, the files *.json, *.yaml, *.yml and *.template are looked at, also in folders below it that are
    /// not hidden; those that are neither templates nor manifests are skipped. A file that is named is never skipped.
    #[arg(required_unless_present = "explain", value_name = "FILE")]
    pub(super) files: Vec<PathBuf>,
    /// Do not ask this rule; a family (schema, graph, practice, across) stands for all of its rules
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) allow: Vec<String>,
    /// Make every finding of this rule an error
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) deny: Vec<String>,
    /// Ask only this rule
    #[arg(long, value_name = "RULE", value_delimiter = ',')]
    pub(super) only: Vec<String>,
    /// A region that the templates are deployed to; a type that it does not have is an error
    #[arg(long, value_name = "REGION", value_delimiter = ',')]
    pub(super) region: Vec<String>,
    /// The version of the cluster that manifests are applied to, such as 1.36; otherwise it is the newest that is known
    #[arg(long, value_name = "VERSION")]
    pub(super) kubernetes: Option<String>,
    /// The schema of a private resource type, or a folder of them; it is taken in place of AWS's
    #[arg(long, value_name = "FILE")]
    pub(super) schema: Vec<PathBuf>,
    /// Fix what has one right answer, and show it: slips in names, quotes, `DependsOn`
    ///
    /// Nothing else of a file changes. What is left is told as ever.
    #[arg(long, conflicts_with_all = ["diff", "write_baseline"])]
    pub(super) fix: bool,
    /// Show what --fix would write, and write nothing; the exit code is 1 if there is something
    #[arg(long, conflicts_with = "write_baseline")]
    pub(super) diff: bool,
    /// Say nothing of the findings that this file has; it is made by --write-baseline
    #[arg(long, value_name = "FILE")]
    pub(super) baseline: Option<PathBuf>,
    /// Write what is found into the baseline, so that from now on only what is new is told
    #[arg(long)]
    pub(super) write_baseline: bool,
    /// Settings from this file; otherwise from the `synth.toml` that is nearest, from here upwards in the repository
    ///
    /// What the command line says goes before what the file says.
    #[arg(long, value_name = "FILE", conflicts_with = "no_config")]
    pub(super) config: Option<PathBuf>,
    /// No settings from a file
    #[arg(long)]
    pub(super) no_config: bool,
    /// Tell what a rule forbids and why, as `synth explain` does
    #[arg(long, value_name = "RULE")]
    pub(super) explain: Option<String>,
}

/// What to compare.
#[derive(Debug, clap::Args)]
pub(super) struct DiffArgs {
    /// A file, a folder, or a revision such as `main` or `main..HEAD`
    pub(super) old: Option<String>,
    /// The file, folder or revision to compare with
    pub(super) new: Option<String>,
    /// Exit with 1 if this happens; can be given more than once
    #[arg(long, value_enum, value_name = "WHAT")]
    pub(super) fail_on: Vec<FailOn>,
}

/// What to fail on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum FailOn {
    /// A resource is replaced or deleted, or may be; or its change is refused
    Replace,
    /// CloudFormation, a service or the API server refuses a change, or takes it only in another order
    Refused,
    /// A resource is deleted, or may be, or its policy protects it less
    Delete,
    /// A permission, a network or an exposure gets wider, or a protection goes
    Wider,
    /// Anything changes
    Any,
}

/// What means the same for every command.
#[derive(Debug, clap::Args)]
pub(super) struct Options {
    /// The folder of the rendered files; otherwise it is `out` of the repository that holds the systems
    ///
    /// That repository is looked for from here upwards. The workflows of the repository itself stand in .github/workflows/ beside the folder `out`. In another folder
    /// they are below their system, so that nothing outside of that folder changes. The paths inside of the files
    /// stay those of `out`.
    #[arg(long, value_name = "FOLDER", global = true)]
    pub(super) out: Option<PathBuf>,
    /// Only this system; can be given more than once
    #[arg(long, value_name = "NAME", global = true)]
    pub(super) system: Vec<String>,
    /// How findings and lists are written
    #[arg(long, value_enum, value_name = "FORMAT", default_value_t = Format::Human, global = true)]
    pub(super) format: Format,
    /// When to colour
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true)]
    pub(super) color: Color,
    /// Say nothing but errors and findings
    #[arg(short, long, global = true)]
    pub(super) quiet: bool,
}

/// How findings and lists are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For a person
    Human,
    /// For a script
    Json,
    /// For code scanning
    Sarif,
    /// Annotations in a workflow's log
    Github,
    /// For a comment on a pull request (`diff`) or a page of rules (`explain`)
    Markdown,
}

/// When to colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub(super) enum Color {
    /// On a terminal
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

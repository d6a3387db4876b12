//! What the files look like.

use synth::workflow::step::Shape;
use synth::workflow::{Only, Work, Workflow, all, render};

use super::sample::pipeline;

fn text(file: &str) -> String {
    let path = format!(".github/workflows/{file}.yml");
    let files = render(&all(&pipeline())).expect("the templates fit");
    files
        .into_iter()
        .find(|one| one.path == path)
        .expect("the workflow exists")
        .text
}

/// From a line on, as far as it goes deeper.
fn part(file: &str, first: &str) -> String {
    let text = text(file);
    let mut lines = text.lines().skip_while(|line| line.trim() != first);
    let head = lines.next().unwrap_or_default();
    let deep = |line: &str| line.len() - line.trim_start().len();
    let rest = lines.take_while(|line| line.is_empty() || deep(line) > deep(head));
    [head].into_iter().chain(rest).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_same_pipeline_gives_the_same_bytes() {
    assert_eq!(render(&all(&pipeline())).unwrap(), render(&all(&pipeline())).unwrap());
}

#[test]
fn files_are_sorted_and_end_with_one_newline() {
    let files = render(&all(&pipeline())).unwrap();
    assert!(files.is_sorted_by_key(|file| &file.path));
    assert!(
        files
            .iter()
            .all(|file| file.text.ends_with('\n') && !file.text.ends_with("\n\n"))
    );
}

#[test]
fn no_line_ends_with_a_blank() {
    for file in render(&all(&pipeline())).unwrap() {
        assert!(!file.text.lines().any(|line| line.ends_with(' ')), "{}", file.path);
    }
}

#[test]
fn a_release_goes_from_the_build_to_the_last_environment() {
    let release: Vec<_> = all(&pipeline())
        .into_iter()
        .filter(|one| one.file == "release")
        .collect();
    let order = |one: &Workflow| {
        one.jobs
            .iter()
            .map(|job| format!("{:?} > {}", job.needs, job.id))
            .collect::<Vec<_>>()
    };
    assert_eq!(
        order(&release[0]),
        [
            r"[] > build",
            r#"["build"] > publish"#,
            r#"["publish"] > list_contents"#,
            r#"["publish", "list_contents"] > sign_image"#,
            r#"["sign_image"] > dev"#,
            r#"["dev"] > prod"#
        ]
    );
}

#[test]
fn a_permission_names_the_steps_that_need_it() {
    insta::assert_snapshot!(part("infra", "permissions:"), @r#"
    permissions:
      contents: read # Check out
    "#);
}

#[test]
fn the_job_that_runs_the_code_of_a_pull_request_cannot_write_and_the_one_that_can_runs_none() {
    let all = all(&pipeline());
    let infra = all.iter().find(|one| one.file == "infra").unwrap();
    let of = |id: &str| {
        let job = infra.jobs.iter().find(|job| job.id == id).unwrap();
        let permissions = job.permissions(&all);
        let named = permissions
            .iter()
            .map(|(scope, need)| format!("{}: {}", scope.name(), need.level.name()));
        (named.collect::<Vec<_>>().join(", "), job.only.clone())
    };
    assert_eq!(
        of("review_templates"),
        ("contents: read".to_owned(), Some(Only::PullRequest))
    );
    assert_eq!(
        of("post_review"),
        ("pull-requests: write".to_owned(), Some(Only::OwnPullRequest))
    );
}

#[test]
fn the_templates_of_a_system_are_compared_with_the_branch_that_the_pull_request_goes_into() {
    insta::assert_snapshot!(part("infra", "- name: Compare the templates"), @r#"
    - name: Compare the templates
      env:
        SYNTH: cargo run --locked --package synth --
        SYSTEM: predict-api
      run: |
        # A pull request is checked out as its merge, of which the first parent is the branch that it goes into.
        read -ra command <<< "$SYNTH"
        "${command[@]}" diff HEAD^1..HEAD --system "$SYSTEM" --format markdown > review.md
        cat review.md >> "$GITHUB_STEP_SUMMARY"
    "#);
}

#[test]
fn release_and_rollback_call_the_same_workflow_and_differ_in_the_image() {
    let calls = |file: &str| {
        let all = all(&pipeline());
        let jobs = all.into_iter().filter(|one| one.file == file).flat_map(|one| one.jobs);
        let call = |work| match work {
            Work::Call { workflow, with, .. } => Some((
                workflow,
                with.into_iter()
                    .filter(|(name, _)| !["tag", "commit"].contains(name))
                    .collect::<Vec<_>>(),
            )),
            Work::Run(_) => None,
        };
        jobs.filter_map(|job| call(job.work)).collect::<Vec<_>>()
    };
    assert_eq!(calls("release"), calls("rollback"));
}

/// GitHub cancels what waits in a group when something newer comes.
#[test]
fn a_release_never_takes_the_place_of_templates_that_wait() {
    let groups = |file: &str| {
        let text = text(file);
        let jobs = text.split("    concurrency:\n").skip(1);
        let groups = jobs.filter_map(|job| Some(job.lines().next()?.trim().to_owned()));
        groups.collect::<Vec<_>>()
    };
    assert_eq!(groups("deploy"), ["group: predict-api/${{ inputs.environment }}"]);
    assert_eq!(
        groups("deploy-stacks"),
        ["group: predict-api/${{ inputs.environment }}/infra"]
    );
}

#[test]
fn a_release_that_waits_for_an_approval_holds_up_no_other() {
    insta::assert_snapshot!(part("release", "concurrency:"), @"
    concurrency:
      group: predict-api-release-${{ github.sha }}
      cancel-in-progress: false
    ");
}

#[test]
fn only_a_release_looks_whether_something_newer_runs() {
    insta::assert_snapshot!(part("deploy", "- name: See that nothing newer runs"), @r#"
    - name: See that nothing newer runs
      if: inputs.commit != ''
      env:
        COMMIT: ${{ inputs.commit }}
        GH_TOKEN: ${{ github.token }}
        STACK: ${{ inputs.stack }}
      run: |
        # Releases wait for each other in the environment and not before it, so that an older one may come after a newer one.
        running=$(aws cloudformation describe-stacks --stack-name "$STACK" --output text \
          --query "Stacks[0].Parameters[?ParameterKey=='ImageTag'].ParameterValue | [0]") || running=none
        if ! [[ $running =~ ^[0-9a-f]{40}$ ]]; then
          echo "$STACK runs no commit yet"
          exit 0
        fi
        # A commit that GitHub does not know any more is not newer.
        order=$(gh api "repos/$GITHUB_REPOSITORY/compare/$running...$COMMIT" --jq .status) || order=unknown
        echo "seen from $running, which $STACK runs, $COMMIT is $order"
        if [[ $order == behind ]]; then
          echo "::error::$STACK runs $running, which comes after $COMMIT: a release never goes back, a rollback does"
          exit 1
        fi
    "#);
}

#[test]
fn a_rollback_takes_an_environment_and_a_tag() {
    insta::assert_snapshot!(part("rollback", "on:"), @r#"
    on:
      # checkov:skip=CKV_GHA_7:the input chooses among published and signed images; nothing is built from it
      workflow_dispatch:
        inputs:
          environment:
            description: Where to roll back
            required: true
            type: choice
            options:
              - dev
              - prod
          rollback_tag:
            description: "The earlier image: the SHA of its commit, the first digits of it, or NAME:SHA"
            required: true
            type: string
    "#);
}

/// What stands twice is read once and changed once.
#[test]
fn no_script_that_changes_something_stands_twice_in_a_workflow() {
    let mut twice = Vec::new();
    for workflow in all(&pipeline()).iter().filter(|one| one.file != "drift") {
        let steps = workflow.jobs.iter().filter_map(|job| match &job.work {
            Work::Run(run) => Some(&run.steps),
            Work::Call { .. } => None,
        });
        let scripts = steps.flatten().filter_map(|step| match step.shape() {
            Shape::Runs { script, .. } if script.lines().count() > 3 => Some(script),
            _ => None,
        });
        let mut scripts: Vec<_> = scripts.collect();
        scripts.sort_unstable();
        let same = scripts.windows(2).filter(|pair| pair[0] == pair[1]);
        twice.extend(same.map(|pair| format!("{}: {}", workflow.file, pair[0])));
    }
    assert_eq!(twice, Vec::<String>::new());
}

#[test]
fn infra_plans_all_stacks_in_one_step() {
    insta::assert_snapshot!(part("infra", "stacks: |"), @r#"
    stacks: |
      predict-api-dev-network out/predict-api/dev/network.template.json CAPABILITY_NAMED_IAM
      predict-api-dev-service out/predict-api/dev/service.template.json CAPABILITY_NAMED_IAM
      predict-api-dev-observability out/predict-api/dev/observability.template.json
    "#);
}

//! What differs from the stacks: who looks, at what, and what is told apart.

use serde_json::Value as Json;

use super::{OWN, Out, S0, S2, every, items};

/// The step that looks for drift in an environment: its stacks, and what services change by themselves.
fn look(out: &Out, environment: &str) -> (Vec<String>, Vec<String>) {
    let (_, workflow) = out
        .rendered
        .files
        .iter()
        .find(|(path, _)| path.ends_with("/drift.yml"))
        .unwrap();
    let workflow = synth::read::document("drift.yml", workflow).unwrap();
    let steps = workflow
        .root
        .get("jobs")
        .unwrap()
        .get(environment)
        .unwrap()
        .get("steps")
        .unwrap();
    let step = steps.list().unwrap().last().unwrap();
    let lines = |name: &str| {
        let text = step.get("env").unwrap().get(name).unwrap().text().unwrap();
        text.lines().map(str::to_owned).collect()
    };
    (lines("STACKS"), lines("BY_DESIGN"))
}

fn environments(out: &Out) -> Vec<&str> {
    let names = out.rendered.stacks.iter().map(|stack| stack.environment.as_str());
    let mut names: Vec<&str> = names.collect();
    names.dedup();
    names
}

#[test]
fn every_stack_of_an_environment_is_looked_at() {
    for out in every() {
        for environment in environments(out) {
            let stacks = out
                .rendered
                .stacks
                .iter()
                .filter(|stack| stack.environment == environment);
            let names: Vec<_> = stacks.map(|stack| stack.stack_name.clone()).collect();
            assert_eq!(look(out, environment).0, names);
        }
    }
}

/// A table of what is meant to move: each line is a property that its template sets.
#[test]
fn what_services_change_by_themselves_is_told_apart_by_resource_and_property() {
    let of = |out: &Out| {
        environments(out)
            .into_iter()
            .flat_map(|environment| look(out, environment).1)
            .collect::<Vec<_>>()
    };
    let all = every().map(of).concat().join("\n");
    insta::assert_snapshot!(all, @r"
    predict-api-prod-service Service DesiredCount 10 scaling chooses how many tasks run
    cars-api-dev-data Database AllocatedStorage 50 RDS adds storage when less than a tenth of it is free
    cars-api-prod-data Database AllocatedStorage 500 RDS adds storage when less than a tenth of it is free
    cars-api-prod-service Service DesiredCount 10 scaling chooses how many tasks run
    quotes-staging-service ListenerRule Actions - CodeDeploy moves the traffic between two versions with it
    quotes-staging-service Service TaskDefinition - CodeDeploy gives each release a set of tasks of its own
    quotes-staging-service Service LoadBalancers - CodeDeploy gives each release a set of tasks of its own
    quotes-prod-service ListenerRule Actions - ECS moves the traffic between two versions with its weights
    quotes-prod-service Service DesiredCount 30 scaling chooses how many tasks run
    ");
}

#[test]
fn what_moves_is_a_property_that_the_template_sets() {
    for out in every() {
        for environment in environments(out) {
            for line in look(out, environment).1 {
                let words: Vec<_> = line.split(' ').collect();
                let stack = out
                    .rendered
                    .stacks
                    .iter()
                    .find(|stack| stack.stack_name == words[0])
                    .unwrap();
                let resource = out.of(&format!("{environment}/{}", stack.stack), words[1]);
                assert!(resource.get(words[2]).is_some(), "{line}");
            }
        }
    }
}

/// Every rule that sends requests to one of two target groups is moved by what shifts the traffic.
#[test]
fn no_environment_that_shifts_traffic_calls_that_drift() {
    for environment in environments(&OWN) {
        let moved = look(&OWN, environment).1;
        let service = format!("{environment}/service");
        assert!(OWN.of(&service, "GreenTargetGroup").is_object());
        assert!(
            moved.iter().any(|line| line.contains(" ListenerRule Actions - ")),
            "{moved:?}"
        );
    }
}

/// Storage that RDS may add is no drift up to the limit of the template.
#[test]
fn storage_moves_as_far_as_the_template_lets_it() {
    for environment in environments(&S2) {
        let most = &S2.of(&format!("{environment}/data"), "Database")["MaxAllocatedStorage"];
        let moved = look(&S2, environment).1;
        assert!(
            moved
                .iter()
                .any(|line| line.contains(&format!(" Database AllocatedStorage {most} "))),
            "{moved:?}"
        );
    }
}

/// What a policy of a stack allows on what.
fn allows(out: &Out, stack: &str, action: &str) -> Vec<String> {
    let policies = out.all(stack, "AWS::IAM::ManagedPolicy").into_iter();
    let statements = policies.flat_map(|policy| items(&policy["PolicyDocument"]["Statement"]));
    let allowing = statements.filter(|statement| match &statement["Action"] {
        Json::String(one) => one == action,
        all => items(all).iter().any(|one| one == action),
    });
    allowing.map(|statement| statement["Resource"].to_string()).collect()
}

#[test]
fn who_looks_may_read_what_a_person_deployed_too() {
    for environment in ["dev", "prod"] {
        let roles = allows(&S2, &format!("{environment}/bootstrap"), "iam:GetRole").join("\n");
        for role in ["cloudformation", "deploy", "review"] {
            assert!(
                roles.contains(&format!("role/cars-api-{environment}-{role}")),
                "{role}: {roles}"
            );
        }
        let policies = allows(&S2, &format!("{environment}/bootstrap"), "iam:GetPolicyVersion").join("\n");
        assert!(
            policies.contains(&format!("policy/cars-api-{environment}-")),
            "{policies}"
        );
    }
    assert_eq!(allows(&S2, "dev/bootstrap", "ecr:GetLifecyclePolicy").len(), 1);
}

#[test]
fn stacks_that_are_kept_cannot_be_deleted_by_mistake() {
    let infra = &S0.rendered.files[".github/workflows/infra.yml"];
    let keeping = infra.lines().filter_map(|line| line.trim().strip_prefix("keeping: "));
    assert_eq!(keeping.collect::<Vec<_>>(), ["disposable", "kept"]);
    let protect = "cloudformation:UpdateTerminationProtection";
    let may = |environment: &str| allows(&S0, &format!("{environment}/bootstrap"), protect).len();
    assert_eq!((may("dev"), may("prod")), (0, 1));
    let page = &S0.rendered.files["out/predict-api/DEPLOYMENT.md"];
    for stack in ["bootstrap", "permissions"] {
        assert!(page.contains(&format!(
            "--stack-name predict-api-prod-{stack} --enable-termination-protection"
        )));
    }
    assert!(page.contains("--no-enable-termination-protection"));
}

#[test]
fn a_release_waits_for_the_stacks_of_its_commit_before_it_has_any_rights() {
    let deploy = &S0.rendered.files[".github/workflows/deploy.yml"];
    let at = |text: &str| deploy.find(text).unwrap_or_else(|| panic!("no {text} in {deploy}"));
    let (wait, role) = (
        at("name: Wait for the stacks of this commit"),
        at("name: Assume the deploy role"),
    );
    assert!(wait < role, "{wait} {role}");
    // The job of the one is the job that the other waits for, and a rollback is of no commit.
    let wait = &deploy[wait..role];
    assert!(wait.contains("JOB: Deploy to ${{ inputs.environment }}"), "{wait}");
    assert!(wait.contains("if: inputs.commit != ''"), "{wait}");
    let infra = &S0.rendered.files[".github/workflows/infra.yml"];
    assert!(infra.contains("name: Deploy to prod\n"), "{infra}");
}

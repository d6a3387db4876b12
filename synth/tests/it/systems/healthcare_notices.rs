//! What Slack is told of S3's releases.

use serde_json::{Value as Json, json};

use super::healthcare_pipeline::{job, needs, step, workflow};

#[test]
fn s3_30_slack_is_told_how_a_release_and_a_rollback_ended_in_words_of_ours() {
    let workflow = workflow("ci-cd");
    let jobs = workflow["jobs"].as_object().unwrap();
    let tell = &jobs["tell_people"];
    assert_eq!(tell["if"], "${{ always() && github.event_name != 'pull_request' }}");
    let others = jobs
        .keys()
        .filter(|id| !["tell_people", "findings"].contains(&id.as_str()));
    assert_eq!(needs(tell), others.cloned().collect());
    assert!(tell["permissions"].is_null());
    let env = step(tell, "Tell the channel")["env"].take();
    let from_github: Vec<&str> = env.as_object().unwrap().values().filter_map(Json::as_str).collect();
    let from_github: Vec<&str> = from_github.into_iter().filter(|text| text.contains("${{")).collect();
    assert_eq!(
        from_github,
        ["${{ toJSON(needs) }}", "${{ secrets.SLACK_WEBHOOK_URL }}"]
    );
}

#[test]
fn s3_30_slack_is_told_of_a_release_that_went_back_by_itself() {
    let deploy = job("deploy", "deploy");
    let apply = step(&deploy, "Apply the manifests");
    // The step says so in fixed words, though it fails; the called workflow hands them on to the job that tells.
    assert!(
        apply["run"]
            .as_str()
            .unwrap()
            .ends_with("is_there\ngoes_back \"done\"\nexit 1\n")
    );
    assert_eq!(apply["id"], "apply");
    assert_eq!(
        deploy["outputs"],
        json!({ "rollback": "${{ steps.apply.outputs.rollback }}" })
    );
    let called = workflow("deploy")["on"]["workflow_call"]["outputs"].take();
    assert_eq!(called["rollback"]["value"], "${{ jobs.deploy.outputs.rollback }}");
    let tell = step(&job("ci-cd", "tell_people"), "Tell the channel")["run"].take();
    assert!(
        tell.as_str()
            .unwrap()
            .contains("and was rolled back: what ran before runs again")
    );
}

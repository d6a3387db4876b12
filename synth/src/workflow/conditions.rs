//! When jobs and steps happen, as GitHub reads it.

use super::model::{Only, ROLLBACK_TO};
use super::step::When;
use super::value::ByBranch;

pub(super) fn only(only: &Only) -> String {
    match only {
        Only::OwnPullRequest => {
            "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository"
                .to_owned()
        }
        Only::PullRequest => "github.event_name == 'pull_request'".to_owned(),
        Only::Commit => "github.event_name != 'workflow_dispatch'".to_owned(),
        Only::Push => "github.event_name == 'push'".to_owned(),
        Only::Deployment => "github.event_name != 'pull_request'".to_owned(),
        Only::Findings => "${{ !cancelled() && github.event_name != 'workflow_dispatch' && \
                           (github.event_name != 'pull_request' || \
                           github.event.pull_request.head.repo.full_name == github.repository) }}"
            .to_owned(),
        Only::Ended => "${{ always() && github.event_name != 'pull_request' }}".to_owned(),
        Only::Chosen { input, value } => format!("inputs.{input} == '{value}'"),
        Only::OtherBranch(environments) => {
            format!("{DISPATCH} && ({}) != inputs.environment", environments.expression())
        }
        Only::Change(environments) => format!(
            "(github.event_name != 'workflow_dispatch' || {}) && inputs.{ROLLBACK_TO} == ''",
            fits(environments)
        ),
        // A job that was skipped counts as none that succeeded, for all jobs after it: these say themselves what they need.
        Only::Unbuilt => "${{ !cancelled() && !failure() && (github.event_name == 'pull_request' || \
                          needs.find.result == 'success' && needs.find.outputs.digest == '') }}"
            .to_owned(),
        Only::Built => format!("${{{{ !cancelled() && (needs.build.result == 'success' || {FOUND}) }}}}"),
        Only::Known(environments) => format!(
            "${{{{ !cancelled() && (needs.sign_image.result == 'success' || needs.scan.result == 'success' && {FOUND} || \
             {DISPATCH} && {} && inputs.{ROLLBACK_TO} != '') }}}}",
            fits(environments)
        ),
        Only::After(job) => format!("${{{{ !cancelled() && needs.{job}.result == 'success' }}}}"),
    }
}

/// A person started it.
const DISPATCH: &str = "github.event_name == 'workflow_dispatch'";

/// The image of the same files was there.
const FOUND: &str = "needs.find.result == 'success' && needs.find.outputs.digest != ''";

/// The branch leads to the environment that a person chose.
fn fits(environments: &ByBranch) -> String {
    format!("({}) == inputs.environment", environments.expression())
}

pub(super) fn when(when: When) -> Option<String> {
    match when {
        When::Succeeding => None,
        When::Failing => Some("failure()".to_owned()),
        When::Ended => Some("${{ !cancelled() }}".to_owned()),
        When::Given(input) => Some(format!("inputs.{input} != ''")),
        When::NotGiven(input) => Some(format!("inputs.{input} == ''")),
        When::Found(found) => Some(format!(
            "${{{{ !cancelled() && hashFiles('{}') != '' }}}}",
            found.fetched()
        )),
        When::AnImage(id) => Some(format!("steps.{id}.outputs.digest != ''")),
        When::NoImage(id) => Some(format!("steps.{id}.outputs.digest == ''")),
    }
}

//! When jobs and steps happen, as GitHub reads it.

use super::model::Only;
use super::step::When;

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
    }
}

pub(super) fn when(when: When) -> Option<String> {
    match when {
        When::Succeeding => None,
        When::Failing => Some("failure()".to_owned()),
        When::Ended => Some("${{ !cancelled() }}".to_owned()),
        When::Given(input) => Some(format!("inputs.{input} != ''")),
        When::Found(found) => Some(format!(
            "${{{{ !cancelled() && hashFiles('{}') != '' }}}}",
            found.fetched()
        )),
        When::NoImage(id) => Some(format!("steps.{id}.outputs.digest == ''")),
    }
}

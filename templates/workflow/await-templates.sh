#!/usr/bin/env bash
# A commit that changes templates and code is tried as a whole: its image comes after its stacks. The newest run counts,
# be it started by the commit or by a person; a run on a pull request deploys nothing.
runs=repos/$GITHUB_REPOSITORY/actions/workflows/$WORKFLOW/runs
run=$(gh api "$runs?head_sha=$COMMIT&per_page=100" --jq '[.workflow_runs[] | select(.event != "pull_request")][0].id // empty')
if [[ -z $run ]]; then
  echo "$COMMIT changes no template: there is nothing to wait for"
  exit 0
fi
said=
for ((waited = 0; waited < 1800; waited += 20)); do
  # The jobs of a called workflow have the name of the call before their own.
  # What the run as a whole came to is asked first: a job of it that is not there by then never will be.
  ended=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$run" --jq .status)
  job=$(gh api "repos/$GITHUB_REPOSITORY/actions/runs/$run/jobs?per_page=100" |
    jq --raw-output --arg name "$JOB" '[.jobs[] | select(.name == $name or (.name | startswith($name + " / ")))]
      | if length == 0 then "not there" else first(.[] | select(.conclusion != "success")) // .[0]
        | "\(.status) \(.conclusion // "")" end')
  case $job in
  'completed success')
    echo "the stacks of $COMMIT are deployed"
    exit 0
    ;;
  completed*) break ;;
  esac
  [[ $ended != completed ]] || break
  [[ -n $said ]] || echo "waiting for \`$JOB\` of $GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$run, which may wait for an approval"
  said=yes
  sleep 20
done
echo "::error::the stacks of $COMMIT are not deployed here (\`$JOB\` is $job): see $GITHUB_SERVER_URL/$GITHUB_REPOSITORY/actions/runs/$run, then run this again"
exit 1

#!/usr/bin/env bash
# The task ends by itself; its exit code tells whether the database is as this image needs it.
output() {
  aws cloudformation describe-stacks --stack-name "$1" --output text \
    --query "Stacks[0].Outputs[?OutputKey=='$2'].OutputValue"
}
definition=$(output "$STACK" TaskDefinition)
inside=$(output "$NETWORK" MigrationNetwork)
started=$(aws ecs run-task --cluster "$CLUSTER" --launch-type FARGATE --task-definition "$definition" \
  --network-configuration "$inside" --output json)
task=$(jq --raw-output '.tasks[0].taskArn // empty' <<< "$started")
if [[ -z $task ]]; then
  echo "::error::the migration did not start: $(jq --compact-output '.failures' <<< "$started")"
  exit 1
fi
# One wait gives up after ten minutes.
for _ in 1 2 3 4; do
  if aws ecs wait tasks-stopped --cluster "$CLUSTER" --tasks "$task"; then break; fi
done
ended=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --output json)
code=$(jq --raw-output '.tasks[0].containers[0].exitCode // "none"' <<< "$ended")
if [[ $code != 0 ]]; then
  aws logs filter-log-events --log-group-name "$LOG_GROUP" --log-stream-names "migration/migration/${task##*/}" \
    --query 'events[].message' --output json | jq --raw-output '.[-50:][]' || true
  echo "::error::the migration ended with exit code $code: $(jq --raw-output '.tasks[0].stoppedReason // "still running"' <<< "$ended")"
  exit 1
fi

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
# It may take as long as this job has credentials: a waiter of the AWS CLI would give up after ten minutes.
status=
until [[ $status == STOPPED ]]; do
  sleep 10
  status=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --query 'tasks[0].lastStatus' --output text)
done
ended=$(aws ecs describe-tasks --cluster "$CLUSTER" --tasks "$task" --output json)
code=$(jq --raw-output '.tasks[0].containers[0].exitCode // "none"' <<< "$ended")
if [[ $code != 0 ]]; then
  if [[ $PRIVATE == true ]]; then
    aws logs filter-log-events --log-group-name "$LOG_GROUP" --log-stream-names "migration/migration/${task##*/}" \
      --query 'events[].message' --output json | jq --raw-output '.[-50:][]' || true
  else
    echo "everybody can read this: aws logs tail $LOG_GROUP --log-stream-names migration/migration/${task##*/} tells more"
  fi
  echo "::error::the migration ended with exit code $code: $(jq --raw-output '.tasks[0].stoppedReason // "no reason"' <<< "$ended")"
  exit 1
fi

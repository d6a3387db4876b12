#!/usr/bin/env bash
# The cluster makes the load balancer, so that the alarms learn its name from it.
for _ in {1..60}; do
  host=$(kubectl get ingress "$NAME" --namespace "$NAMESPACE" \
    --output 'jsonpath={.status.loadBalancer.ingress[0].hostname}')
  [[ -z $host ]] || break
  sleep 10
done
if [[ -z $host ]]; then
  echo "::error::the Ingress $NAME has no load balancer: its events say why"
  exit 1
fi
balancer=$(aws elbv2 describe-load-balancers --query "LoadBalancers[?DNSName=='$host'].LoadBalancerArn | [0]" --output text)
group=$(aws elbv2 describe-target-groups --load-balancer-arn "$balancer" --query 'TargetGroups[0].TargetGroupArn' --output text)
balancer=${balancer#*:loadbalancer/} group=${group##*:}
known=$(aws cloudformation describe-stacks --stack-name "$STACK" --query 'Stacks[0].Parameters' --output json)
if jq --exit-status --arg balancer "$LOAD_BALANCER $balancer" --arg group "$TARGET_GROUP $group" \
  'map("\(.ParameterKey) \(.ParameterValue)") | index($balancer) and index($group)' <<< "$known" > /dev/null; then
  echo "the alarms look at $balancer already"
  exit 0
fi
template=$RUNNER_TEMP/template.json
aws cloudformation get-template --stack-name "$STACK" --query TemplateBody --output json | jq --compact-output . > "$template"
aws cloudformation deploy --stack-name "$STACK" --template-file "$template" --role-arn "$EXECUTION_ROLE" \
  --parameter-overrides "$LOAD_BALANCER=$balancer" "$TARGET_GROUP=$group" --no-fail-on-empty-changeset

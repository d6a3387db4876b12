#!/usr/bin/env bash
# Rendered by synth: change the model and run `cargo run -p synth`, not this file.
#
# Deploys cars-api with nothing but the AWS CLI. The way of every day is the pipeline; this is the way without GitHub.
set -euo pipefail

usage() {
  cat <<'END'
usage: deploy.sh COMMAND [ENVIRONMENT] [--yes]

  setup     make or update every stack; the image that runs stays
  deploy    deploy the service; with IMAGE_TAG it runs that image, without it the one that runs stays
  rollback  run the earlier image IMAGE_TAG again; the database stays as it is
  status    tell what is deployed and what runs
  password  give the service another password for its database
  restore   make a second database as the first one was at RESTORE_TIME, or as SNAPSHOT has it
  replace   put the restored database in the place of the first one

ENVIRONMENT is dev or prod; dev if none is given. It asks before it deletes or replaces anything; --yes agrees.

  deploy.sh setup dev
  IMAGE_TAG=abc1234 deploy.sh deploy dev
END
}

registry=111122223333 registry_region=us-east-1
repository=cars-api

# What differs from one environment to the other.
choose() {
  case $1 in
  dev)
    account=111122223333 region=us-east-1
    cluster=cars-api-dev service=cars-api
    service_stack=cars-api-dev-service url_stack=cars-api-dev-network
    migration_stack=cars-api-dev-migration log_group=/ecs/cars-api/dev
    data_stack=cars-api-dev-data database=cars-api-dev user_secret=cars-api-dev-database-user
    restored_with=(--auto-minor-version-upgrade --backup-retention-period 1 --ca-certificate-identifier rds-ca-rsa2048-g1 --copy-tags-to-snapshot --db-instance-class db.t4g.micro --enable-cloudwatch-logs-exports error slowquery --engine-lifecycle-support open-source-rds-extended-support-disabled --manage-master-user-password --no-multi-az --preferred-backup-window 03:00-03:30 --no-publicly-accessible --no-deletion-protection)
    modified_with=(--max-allocated-storage 50 --preferred-maintenance-window sun:04:00-sun:04:30)
    monitored=''
    keeps=
    certificate=
    ;;
  prod)
    account=111122223333 region=us-east-1
    cluster=cars-api-prod service=cars-api
    service_stack=cars-api-prod-service url_stack=cars-api-prod-network
    migration_stack=cars-api-prod-migration log_group=/ecs/cars-api
    data_stack=cars-api-prod-data database=cars-api-prod user_secret=cars-api-prod-database-user
    restored_with=(--auto-minor-version-upgrade --backup-retention-period 30 --ca-certificate-identifier rds-ca-rsa2048-g1 --copy-tags-to-snapshot --db-instance-class db.t4g.medium --enable-cloudwatch-logs-exports error slowquery --engine-lifecycle-support open-source-rds-extended-support-disabled --manage-master-user-password --multi-az --preferred-backup-window 03:00-03:30 --no-publicly-accessible --deletion-protection)
    modified_with=(--database-insights-mode standard --enable-performance-insights --max-allocated-storage 500 --monitoring-interval 60 --performance-insights-retention-period 7 --preferred-maintenance-window sun:04:00-sun:04:30 --performance-insights-kms-key-id alias/cars-api-prod)
    monitored=yes
    keeps=yes
    certificate=arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000
    ;;
  *) fail "there is no environment \`$1\`: it is dev or prod" 2 ;;
  esac
  environment=$1
}

# Does something to each stack, in the order of deployment. A stack is its name, its template, the role that makes it,
# what must be agreed to (a hyphen is nothing), and its parameters.
stacks() {
  case $environment in
  dev)
    "$1" cars-api-dev-bootstrap dev/bootstrap.template.json - CAPABILITY_NAMED_IAM
    "$1" cars-api-dev-permissions dev/permissions.template.json - CAPABILITY_NAMED_IAM
    "$1" cars-api-dev-network dev/network.template.json arn:aws:iam::111122223333:role/cars-api-dev-cloudformation CAPABILITY_IAM
    "$1" cars-api-dev-data dev/data.template.json arn:aws:iam::111122223333:role/cars-api-dev-cloudformation -
    "$1" cars-api-dev-service dev/service.template.json arn:aws:iam::111122223333:role/cars-api-dev-cloudformation CAPABILITY_IAM
    "$1" cars-api-dev-migration dev/migration.template.json arn:aws:iam::111122223333:role/cars-api-dev-cloudformation CAPABILITY_IAM
    "$1" cars-api-dev-observability dev/observability.template.json arn:aws:iam::111122223333:role/cars-api-dev-cloudformation - NotificationEmail=platform@example.com
    ;;
  prod)
    "$1" cars-api-prod-bootstrap prod/bootstrap.template.json - CAPABILITY_NAMED_IAM
    "$1" cars-api-prod-permissions prod/permissions.template.json - CAPABILITY_NAMED_IAM
    "$1" cars-api-prod-network prod/network.template.json arn:aws:iam::111122223333:role/cars-api-prod-cloudformation CAPABILITY_IAM
    "$1" cars-api-prod-data prod/data.template.json arn:aws:iam::111122223333:role/cars-api-prod-cloudformation CAPABILITY_IAM
    "$1" cars-api-prod-service prod/service.template.json arn:aws:iam::111122223333:role/cars-api-prod-cloudformation CAPABILITY_IAM CertificateArn=arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000
    "$1" cars-api-prod-migration prod/migration.template.json arn:aws:iam::111122223333:role/cars-api-prod-cloudformation CAPABILITY_IAM
    "$1" cars-api-prod-observability prod/observability.template.json arn:aws:iam::111122223333:role/cars-api-prod-cloudformation - NotificationEmail=platform@example.com
    ;;
  esac
}

fail() {
  printf 'error: %s\n' "$1" >&2
  exit "${2-1}"
}

cloudformation() { aws cloudformation "$@" --region "$region"; }

deploy_stack() {
  local name=$1 template=$folder/$2 role=$3 capabilities=$4 started change_set used
  local parameters=("${@:5}")
  if [[ -n $digest ]]; then
    parameters+=("ImageDigest=$digest" "ImageTag=$tag")
  fi

  printf '\n%s\n' "$name"
  make_ready "$name" "$role"
  if exists "$name"; then
    # What has come to be is protected from now on; before, a rollback has to be able to delete it.
    parameters+=(DeletionProtection=true)
    used=$(in_use "$name" "$template")
    if [[ -n $used ]]; then
      printf 'it keeps what other stacks still import: %s\n' "$used"
      command -v jq >/dev/null || fail 'that takes jq: see https://jqlang.org/download'
      later=("$*" ${later[@]+"${later[@]}"})
      with_what_is_in_use "$name" "$template" "$used" >"$scratch/$name.template.json"
      template=$scratch/$name.template.json capabilities=CAPABILITY_NAMED_IAM
    fi
  elif grep -q '"DeletionProtection": {' "$template"; then
    later=("$*" ${later[@]+"${later[@]}"})
  fi
  local words=(--stack-name "$name" --template-file "$template" --no-fail-on-empty-changeset ${stack_tags[@]+"${stack_tags[@]}"})
  [[ $role == - ]] || words+=(--role-arn "$role")
  [[ $capabilities == - ]] || words+=(--capabilities "$capabilities")
  [[ -z ${parameters[*]-} ]] || words+=(--parameter-overrides "${parameters[@]}")

  # Events carry the time in UTC, to the fraction of a second.
  started=$(date -u +%Y-%m-%dT%H:%M:%S)
  if ! exists "$name"; then
    cloudformation deploy "${words[@]}" || explain "$name" "$started"
    # It takes IAM a moment until everybody knows a new role.
    [[ $role != - ]] || sleep 10
    return
  fi
  # What was looked at is what is done.
  change_set=$(cloudformation deploy "${words[@]}" --no-execute-changeset) || fail "$name is left as it was"
  change_set=$(grep -Eo 'arn:[^[:space:]]+:changeSet/[^[:space:]]+' <<<"$change_set") || {
    echo 'nothing changes'
    return
  }
  if ! review "$name" "$template" "$change_set"; then
    cloudformation delete-change-set --change-set-name "$change_set"
    fail "$name is left as it was"
  fi
  cloudformation execute-change-set --change-set-name "$change_set"
  cloudformation wait stack-update-complete --stack-name "$name" || explain "$name" "$started"
  echo 'updated'
}

# Deploys once more, the last stack first: what was kept goes, and what has just come to be is protected.
finish() {
  local words stack again=(${later[@]+"${later[@]}"})
  later=()
  for stack in ${again[@]+"${again[@]}"}; do
    read -r -a words <<<"$stack"
    deploy_stack "${words[@]}"
  done
  for stack in ${later[@]+"${later[@]}"}; do
    printf '\n%s keeps what a stack that is not deployed here imports: delete that stack, and do this again\n' "${stack%% *}"
  done
}

# Nobody is to delete it by mistake.
protect_stack() {
  cloudformation update-termination-protection --stack-name "$1" --enable-termination-protection >/dev/null
}

# CloudFormation deletes no export that a deployed stack imports. While one does, the template is deployed with that
# export and with the resources that it no longer has; once the stacks after it have let go, as it is written.

# The exports that a stack has, that its template has no more, and that others import.
in_use() {
  local name names
  names=$(cloudformation describe-stacks --stack-name "$1" --output text \
    --query 'Stacks[0].Outputs[?ExportName].[ExportName]') || return
  for name in $names; do
    if [[ $name == None ]] || grep -qF "\"$name\"" "$2"; then
      continue
    elif cloudformation list-imports --export-name "$name" --output text >"$scratch/importers" 2>"$scratch/error"; then
      echo "$name"
    elif ! grep -q 'not imported by any stack' "$scratch/error"; then
      cat "$scratch/error" >&2
      return 1
    fi
  done
}

# The template of a stack with what is in use, as it is deployed.
with_what_is_in_use() {
  cloudformation get-template --stack-name "$1" --query TemplateBody --output json >"$scratch/deployed.json"
  jq --compact-output --null-input --slurpfile old "$scratch/deployed.json" --slurpfile new "$2" --arg used "$3" '
    $old[0] as $old | reduce ("Parameters", "Mappings", "Conditions", "Resources") as $section ($new[0];
      .[$section] = ($old[$section] // {}) + (.[$section] // {}) | if .[$section] == {} then del(.[$section]) else . end)
    | .Outputs = ($old.Outputs | with_entries(select(.value.Export.Name | IN($used | splits("\n"))))) + (.Outputs // {})
  '
}

# What CloudFormation calls the state of a stack; nothing for one that is not there.
state() {
  cloudformation describe-stacks --stack-name "$1" --query 'Stacks[0].StackStatus' --output text 2>"$scratch/error" ||
    grep -q 'does not exist' "$scratch/error" || fail "$(cat "$scratch/error")"
}

exists() {
  local state
  state=$(state "$1") || exit
  # A change set that nobody executed leaves such a stack: it holds nothing yet.
  [[ -n $state && $state != REVIEW_IN_PROGRESS ]]
}

# Waits for what somebody else does to a stack, perhaps a call of this script that was cut off, and clears away a stack
# that never came to be: it can only be deleted.
make_ready() {
  local state role=()
  state=$(state "$1")
  while [[ $state == *_IN_PROGRESS && $state != REVIEW_IN_PROGRESS ]]; do
    echo "it is $state: waiting for the end of that"
    sleep 10
    state=$(state "$1")
  done
  case $state in
  ROLLBACK_COMPLETE)
    echo 'it is ROLLBACK_COMPLETE: it never came to be, and must be deleted before it is made again'
    agree || fail "$1 is left as it was"
    [[ $2 == - ]] || role=(--role-arn "$2")
    cloudformation delete-stack --stack-name "$1" ${role[@]+"${role[@]}"}
    cloudformation wait stack-delete-complete --stack-name "$1"
    ;;
  ROLLBACK_FAILED | DELETE_FAILED)
    fail "$1 is $state and can only be deleted: aws cloudformation delete-stack --region $region --stack-name $1; if that fails again, with --deletion-mode FORCE_DELETE_STACK, which leaves behind what cannot go"
    ;;
  UPDATE_ROLLBACK_FAILED)
    fail "$1 is $state: set right what its events tell, then aws cloudformation continue-update-rollback --region $region --stack-name $1"
    ;;
  esac
}

# The roles that AWS's services have of their own. Without this the first resource that needs one makes it, and may not
# find it in the same minute. One that is there already is refused; what else may be wrong, the stacks tell.
make_service_roles() {
  local name
  for name in ecs.amazonaws.com elasticloadbalancing.amazonaws.com ecs.application-autoscaling.amazonaws.com rds.amazonaws.com; do
    aws iam create-service-linked-role --region "$region" --aws-service-name "$name" >/dev/null 2>&1 || true
  done
}

# What a quota is of, as Service Quotas calls it, and what all environments in the account take of it.
quotas() {
  case $environment in
  dev)
    echo 'ec2 L-0263D0A3 15 Elastic IP addresses'
    echo 'vpc L-F678F1CE 7 VPCs'
    echo 'vpc L-FE5A380F 7 NAT gateways in a zone'
    echo 'elasticloadbalancing L-53DA6B97 7 Application Load Balancers'
    echo 'fargate L-3032A538 12 vCPUs of tasks, at the most'
    echo 'ec2 L-1216C47A 46 vCPUs of machines for pods, at the most'
    ;;
  prod)
    echo 'ec2 L-0263D0A3 15 Elastic IP addresses'
    echo 'vpc L-F678F1CE 7 VPCs'
    echo 'vpc L-FE5A380F 7 NAT gateways in a zone'
    echo 'elasticloadbalancing L-53DA6B97 7 Application Load Balancers'
    echo 'fargate L-3032A538 12 vCPUs of tasks, at the most'
    echo 'ec2 L-1216C47A 46 vCPUs of machines for pods, at the most'
    ;;
  esac
}

# Looks at what a first deployment fails on after a while. What cannot be asked is told, and no reason to stop.
look_ahead() {
  local service code takes what has state short=''
  while read -r service code takes what; do
    has=$(aws service-quotas get-service-quota --region "$region" --service-code "$service" --quota-code "$code" \
      --query Quota.Value --output text 2>/dev/null </dev/null) || has=''
    if [[ ! $has =~ ^[0-9]+(\.[0-9]+)?$ ]]; then
      echo "not known: whether the account allows $takes $what"
    elif ((${has%.*} < takes)); then
      echo "the account allows ${has%.*} $what, and all environments in it take $takes: aws service-quotas request-service-quota-increase --region $region --service-code $service --quota-code $code --desired-value $takes"
      short=yes
    fi
  done < <(quotas)
  if [[ -n $certificate ]]; then
    state=$(aws acm describe-certificate --region "$region" --certificate-arn "$certificate" \
      --query Certificate.Status --output text 2>/dev/null) || state=''
    case $state in
    ISSUED) ;;
    '') echo "not known: whether the certificate is issued: $certificate" ;;
    *) echo "the certificate is $state, and a load balancer takes one that is ISSUED: $certificate" && short=yes ;;
    esac
  fi
  # The roles trust tokens of GitHub by their subject, which has one of two forms.
  if command -v gh >/dev/null; then
    state=$(gh api 'repos/example-org/synth/actions/oidc/customization/sub' --jq .use_immutable_subject 2>/dev/null) || state=''
    if [[ $state != true && $state != false ]]; then
      echo 'not known: which subject the tokens of example-org/synth have'
    elif [[ $state != true ]]; then
      echo 'the tokens of example-org/synth have another subject than the roles trust: see the subject of the repository in the model'
      short=yes
    fi
  fi
  [[ -z $short ]] || agree || fail 'nothing is deployed'
}

# In another account the roles would not be those that the templates name.
sign_in() {
  local signed_in
  command -v aws >/dev/null || fail 'there is no AWS CLI: see https://docs.aws.amazon.com/cli/latest/userguide/getting-started-install.html'
  signed_in=$(aws sts get-caller-identity --region "$region" --query Account --output text) ||
    fail 'AWS does not know you: sign in, such as by aws configure or aws sso login'
  [[ $signed_in == "$1" ]] || fail "you are signed in to the account $signed_in; this is for $1"
}

# Whether to go on: nobody is asked if nothing is deleted or replaced.
review() {
  local dangers found='' action replacement id type
  # Each release registers a new revision of the task definition, which is how it works.
  dangers=$(cloudformation describe-change-set --change-set-name "$3" --output text --query "Changes[].ResourceChange
    | [?Action == 'Remove' || Replacement == 'True' || Replacement == 'Conditional']
    | [?ResourceType != 'AWS::ECS::TaskDefinition' || Action == 'Remove']
    .[Action, Replacement, LogicalResourceId, ResourceType]") || return
  if [[ -n $dangers && $dangers != None ]]; then
    found=yes
    while read -r action replacement id type; do
      case $action-$replacement in
      Remove-*) echo "deletes      $id  $type" ;;
      *-True) echo "replaces     $id  $type" ;;
      *) echo "may replace  $id  $type" ;;
      esac
    done <<<"$dangers"
  fi
  if command -v synth >/dev/null; then
    cloudformation get-template --stack-name "$1" --query TemplateBody --output json >"$scratch/$1.json" || return
    synth diff "$scratch/$1.json" "$2" --fail-on replace || found=yes
  fi
  [[ -z $found ]] || agree
}

agree() {
  local answer
  [[ -z $yes ]] || return 0
  if [[ ! -t 0 ]]; then
    echo 'nobody is there to be asked: give --yes to agree' >&2
    return 1
  fi
  read -r -p 'Go on? [y/N] ' answer
  [[ $answer == [yY]* ]]
}

# What happened to a stack since a time, and the failure that came first: the others follow from it.
explain() {
  local since="StackEvents[?Timestamp >= '$2'] | reverse(@)"
  [[ -n $(state "$1") ]] || fail "$1 is not there, as before"
  {
    printf '\n%s failed; what happened, first things first:\n' "$1"
    cloudformation describe-stack-events --stack-name "$1" --output table \
      --query "$since [].[Timestamp, LogicalResourceId, ResourceStatus, ResourceStatusReason]"
    printf '\nThe cause: '
    cloudformation describe-stack-events --stack-name "$1" --output text \
      --query "$since [?contains(ResourceStatus, 'FAILED')
        && !contains(ResourceStatusReason || '', 'cancelled')] | [:1].[join(': ', [LogicalResourceId, ResourceStatusReason || 'no reason given'])]"
    if [[ $1 == "$service_stack" ]]; then
      printf '\nWhat ECS says of %s:\n' "$service"
      aws ecs describe-services --region "$region" --cluster "$cluster" --services "$service" --output text \
        --query 'services[0].events[:5].[message]'
    fi
  } >&2 || true # The service may not be there.
  exit 1
}

# The digest of IMAGE_TAG: `abc1234`, the first digits of a commit, or `cars-api:abc1234`.
find_image() {
  local whole=() word
  tag=${IMAGE_TAG##*:}
  [[ $tag =~ ^[A-Za-z0-9._-]{1,128}$ ]] ||
    fail "IMAGE_TAG is \`$IMAGE_TAG\`, which is no tag: give 1 to 128 letters, digits, dots, underscores and hyphens"
  digest=$(digest_of "$tag") || exit
  if [[ -z $digest && $tag =~ ^[0-9a-f]{4,39}$ ]]; then
    for word in $(images --filter tagStatus=TAGGED --query 'imageDetails[].imageTags[]'); do
      if [[ $word =~ ^[0-9a-f]{40}$ && $word == "$tag"* ]]; then whole+=("$word"); fi
    done
    [[ -z ${whole[1]-} ]] || fail "$tag may be each of ${whole[*]}: give more digits"
    tag=${whole[0]-$tag}
    digest=$(digest_of "$tag") || exit
  fi
  [[ $digest == sha256:* ]] || {
    printf 'the last images of %s:\n' "$repository"
    images --filter tagStatus=TAGGED --query "reverse(sort_by(imageDetails, &imagePushedAt))[:10].[join(', ', imageTags)]"
    fail "it has no image with the tag $tag"
  } >&2
  printf '%s:%s is %s\n' "$repository" "$tag" "$digest"
}

# Nothing if there is no such tag.
digest_of() {
  images --image-ids "imageTag=$1" --query 'imageDetails[0].imageDigest' 2>"$scratch/error" ||
    grep -q ImageNotFoundException "$scratch/error" || fail "$(cat "$scratch/error")"
}

registry() {
  local command=$1
  shift
  aws ecr "$command" --region "$registry_region" --registry-id "$registry" --repository-name "$repository" "$@"
}

images() { registry describe-images --output text "$@"; }

# The registry keeps images with such a tag longest, so that no number of later releases deletes what runs here.
mark_deployed() {
  local manifest type
  manifest=$(registry batch-get-image --image-ids "imageDigest=$digest" --query 'images[0].imageManifest' --output text)
  type=$(registry batch-get-image --image-ids "imageDigest=$digest" --query 'images[0].imageManifestMediaType' --output text)
  registry put-image --image-tag "deployed-$environment-$tag" --image-digest "$digest" --image-manifest "$manifest" \
    --image-manifest-media-type "$type" >/dev/null 2>"$scratch/error" ||
    grep -Eq 'Image(Tag)?AlreadyExistsException' "$scratch/error" || fail "$(cat "$scratch/error")"
}

deploy_service() {
  if [[ $1 == "$service_stack" ]]; then
    deploy_stack "$@"
  fi
}

deploy_migration() {
  if [[ $1 == "$migration_stack" ]]; then
    deploy_stack "$@"
  fi
}

# Runs the migration of the new image before any task of it starts.
migrate() {
  stacks deploy_migration
  run_migration
}

# Runs the task of the migration in the network of the service, and waits for its end.
run_migration() {
  local definition network task code state=''
  definition=$(output "$migration_stack" TaskDefinition)
  network=$(output "$url_stack" MigrationNetwork)
  task=$(aws ecs run-task --region "$region" --cluster "$cluster" --task-definition "$definition" --launch-type FARGATE \
    --network-configuration "$network" --query 'tasks[0].taskArn' --output text)
  [[ $task == arn:* ]] || fail 'ECS starts no migration: see the capacity of the account and the subnets'
  printf '\nmigrates in %s\n' "${task##*/}"
  # It may take as long as it needs; a waiter of the AWS CLI would give up after ten minutes.
  until [[ $state == STOPPED ]]; do
    sleep 5
    state=$(aws ecs describe-tasks --region "$region" --cluster "$cluster" --tasks "$task" --output text \
      --query 'tasks[0].lastStatus') || fail "nobody knows how the migration ${task##*/} ends: look at it"
  done
  code=$(aws ecs describe-tasks --region "$region" --cluster "$cluster" --tasks "$task" --output text \
    --query 'tasks[0].containers[0].exitCode')
  [[ $code == 0 ]] || {
    aws logs get-log-events --region "$region" --log-group-name "$log_group" --output text \
      --log-stream-name "migration/migration/${task##*/}" --query 'events[].[message]' || true
    aws ecs describe-tasks --region "$region" --cluster "$cluster" --tasks "$task" --output text \
      --query 'tasks[0].[stoppedReason, containers[0].reason]'
    fail "the migration ended with ${code/None/no exit code}; the service runs what it ran before"
  } >&2
}

secret() {
  local command=$1
  shift
  aws secretsmanager "$command" --region "$region" --secret-id "$user_secret" --output text "$@"
}

# Another password for the user that the service is: into the secret, from there into the database, then to new tasks.
# Nobody sees it. A migration that fails has not given it to the database, so that the secret gets the one before again.
change_password() {
  local before after
  before=$(secret get-secret-value --query VersionId)
  aws secretsmanager get-random-password --region "$region" --password-length 40 --exclude-punctuation \
    --query RandomPassword --output text | sed 's/.*/{"username":"cars","password":"&"}/' >"$scratch/secret"
  after=$(secret put-secret-value --secret-string "file://$scratch/secret" --query VersionId)
  if ! (run_migration); then
    secret update-secret-version-stage --version-stage AWSCURRENT --move-to-version-id "$before" \
      --remove-from-version-id "$after" >/dev/null
    fail 'the password is the one before'
  fi
  aws ecs update-service --region "$region" --cluster "$cluster" --service "$service" --force-new-deployment \
    --query service.status --output text
  aws ecs wait services-stable --region "$region" --cluster "$cluster" --services "$service"
}

# What AWS calls a resource of a stack.
made() {
  cloudformation describe-stack-resource --stack-name "$1" --logical-resource-id "$2" --output text \
    --query StackResourceDetail.PhysicalResourceId
}

database() {
  local command=$1 name=$2
  shift 2
  aws rds "$command" --region "$region" --db-instance-identifier "$name" --output text "$@"
}

# A name is known a while after it was given.
wait_for_database() {
  until [[ $(database describe-db-instances "$1" --query 'DBInstances[0].DBInstanceStatus' 2>/dev/null) == available ]]; do
    sleep 15
  done
}

# A second database beside the first, with all that the first one has, as it was at RESTORE_TIME or as SNAPSHOT has it.
# RDS makes another password for its master.
restore_database() {
  local target=$database-restored same
  same=(
    --db-subnet-group-name "$(made "$data_stack" DatabaseSubnetGroup)"
    --db-parameter-group-name "$(made "$data_stack" DatabaseParameterGroup)"
    --vpc-security-group-ids "$(made "$url_stack" DatabaseSecurityGroup)"
    --master-user-secret-kms-key-id "alias/$database" "${restored_with[@]}"
  )
  if [[ -n ${SNAPSHOT-} ]]; then
    database restore-db-instance-from-db-snapshot "$target" --db-snapshot-identifier "$SNAPSHOT" "${same[@]}" >/dev/null
  else
    aws rds restore-db-instance-to-point-in-time --region "$region" --source-db-instance-identifier "$database" \
      --target-db-instance-identifier "$target" --restore-time "$RESTORE_TIME" "${same[@]}" >/dev/null
  fi
  wait_for_database "$target"
  same=("${modified_with[@]}")
  if [[ -n $monitored ]]; then
    same+=(--monitoring-role-arn "$(aws iam get-role --role-name "$(made "$data_stack" MonitoringRole)" --query Role.Arn --output text)")
  fi
  database modify-db-instance "$target" --apply-immediately "${same[@]}" >/dev/null
  sleep 15
  wait_for_database "$target"
  printf '%s is there; its address, and the secret of its master:\n' "$target"
  database describe-db-instances "$target" --query 'DBInstances[0].[Endpoint.Address, MasterUserSecret.SecretArn]'
}

# The restored database takes the name of the first, and with it the address. The secret of its master is another one,
# which the migration imports from the stack of the database: CloudFormation changes an export that nobody imports, so
# that the migration, which holds nothing, goes and comes back.
replace_database() {
  local runs runs_tag
  echo "$database-restored becomes $database, and that $database-before, if it is still there; $migration_stack is made anew"
  agree || fail 'nothing is changed'
  runs=$(parameter ImageDigest) runs_tag=$(parameter ImageTag)
  cloudformation delete-stack --stack-name "$migration_stack"
  cloudformation wait stack-delete-complete --stack-name "$migration_stack"
  if database describe-db-instances "$database" >/dev/null 2>&1; then
    rename_database "$database" "$database-before"
  fi
  rename_database "$database-restored" "$database"
  # CloudFormation looks at what it has made only where something changes, and a tag is enough.
  stack_tags=(--tags "restored=$(date -u +%Y-%m-%dT%H%M%SZ)")
  stacks deploy_data
  stack_tags=()
  digest=$runs tag=$runs_tag
  migrate
}

rename_database() {
  database modify-db-instance "$1" --new-db-instance-identifier "$2" --apply-immediately >/dev/null
  wait_for_database "$2"
}

# What the stack of the service was given.
parameter() {
  cloudformation describe-stacks --stack-name "$service_stack" --output text \
    --query "Stacks[0].Parameters[?ParameterKey == '$1'].ParameterValue | [0]"
}

deploy_data() {
  if [[ $1 == "$data_stack" ]]; then
    deploy_stack "$@"
  fi
}

output() {
  cloudformation describe-stacks --stack-name "$1" --output text \
    --query "Stacks[0].Outputs[?OutputKey == '$2'].OutputValue | [0]"
}

desired() {
  aws ecs describe-services --region "$region" --cluster "$cluster" --services "$service" --output text \
    --query 'services[0].desiredCount'
}

release() {
  stacks deploy_service
  # Where tasks scale, the first ones are asked for a moment after the stack is done.
  for _ in 1 2 3 4 5 6; do
    [[ -n $digest && $(desired) == 0 ]] || break
    sleep 10
  done
  aws ecs wait services-stable --region "$region" --cluster "$cluster" --services "$service"
  [[ -z $digest ]] || mark_deployed
  printf '\n'
  show_service
}

show_stack() {
  if exists "$1"; then
    cloudformation describe-stacks --stack-name "$1" --output text \
      --query 'Stacks[0].[StackName, StackStatus, LastUpdatedTime || CreationTime]'
  else
    printf '%s\tis not there\n' "$1"
  fi
}

show_service() {
  local definition image tags
  definition=$(aws ecs describe-services --region "$region" --cluster "$cluster" --services "$service" --output text \
    --query 'services[0].taskDefinition' 2>/dev/null) || return 0
  [[ $definition == arn:* ]] || return 0
  aws ecs describe-services --region "$region" --cluster "$cluster" --services "$service" --output text --query \
    "services[0].[join(' ', [serviceName, 'runs', to_string(runningCount), 'of', to_string(desiredCount), 'tasks'])]"
  image=$(aws ecs describe-task-definition --region "$region" --task-definition "$definition" --output text \
    --query 'taskDefinition.containerDefinitions[0].image')
  printf 'revision  %s\nimage     %s\n' "${definition##*/}" "$image"
  if [[ $image == *@sha256:* ]]; then
    tags=$(images --image-ids "imageDigest=${image##*@}" --query 'imageDetails[0].imageTags' 2>/dev/null) || tags='not in the registry'
    printf 'tags      %s\n' "${tags//$'\t'/, }"
  fi
  printf 'address   %s\n' "$(output "$url_stack" Url)"
}

folder=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
later=() stack_tags=() yes='' digest='' tag='' command='' environment=''
for word in "$@"; do
  case $word in
  --yes | -y) yes=yes ;;
  --help | -h) usage && exit ;;
  -*) fail "there is no option $word: see deploy.sh --help" 2 ;;
  *)
    if [[ -z $command ]]; then
      command=$word
    elif [[ -z $environment ]]; then
      environment=$word
    else
      fail "\`$word\` is one word too many: see deploy.sh --help" 2
    fi
    ;;
  esac
done
choose "${environment:-dev}"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
case $command in
setup | deploy | rollback | status | password | restore | replace) sign_in "$account" ;;
esac

case $command in
setup)
  look_ahead
  make_service_roles
  stacks deploy_stack
  finish
  [[ -z $keeps ]] || stacks protect_stack
  ;;
deploy)
  if [[ -n ${IMAGE_TAG-} ]]; then
    find_image
    migrate
  fi
  release
  ;;
rollback)
  [[ -n ${IMAGE_TAG-} ]] || fail 'which image? give IMAGE_TAG, the tag of one that ran before' 2
  find_image
  release
  ;;
status)
  stacks show_stack
  show_service
  ;;
password) change_password ;;
restore)
  [[ -n ${SNAPSHOT-}${RESTORE_TIME-} ]] || fail 'as it was when? give RESTORE_TIME, such as 2026-01-31T12:00:00Z, or SNAPSHOT, the name of one' 2
  restore_database
  ;;
replace) replace_database ;;
'')
  usage >&2
  exit 2
  ;;
*) fail "there is no command \`$command\`: see deploy.sh --help" 2 ;;
esac

#!/usr/bin/env bash
# Rendered by synth: change the model and run `cargo run -p synth`, not this file.
#
# Deploys predictor with nothing but the AWS CLI and kubectl. The way of every day is the pipeline; this is the way without GitHub.
set -euo pipefail

usage() {
  cat <<'END'
usage: deploy.sh COMMAND [ENVIRONMENT] [--yes]

  setup     make or update every stack, and the objects of the cluster; the image that runs stays
  deploy    deploy the service; with IMAGE_TAG it runs that image, without it the one that runs stays
  rollback  run the earlier image IMAGE_TAG again
  manifests write the manifests, filled, into the folder k8s of where you are, for `kubectl apply -f k8s/`; with IMAGE_TAG
            they name that image, without it the one that runs
  status    tell what is deployed and what runs

ENVIRONMENT is dev or prod; dev if none is given. It asks before it deletes or replaces anything, and shows what a release changes in the
cluster and asks before that; --yes agrees.

  deploy.sh setup dev
  IMAGE_TAG=abc1234 deploy.sh deploy dev
END
}

registry=111122223333 registry_region=us-east-1
repository=predictor

# What differs from one environment to the other.
choose() {
  case $1 in
  dev)
    account=111122223333 region=us-east-1
    cluster=predictor-dev service=predictor
    watching=predictor-dev-observability url=
    operator=arn:aws:iam::111122223333:role/predictor-dev-operator
    reader=arn:aws:iam::111122223333:role/predictor-dev-reader
    keeps=
    certificate=
    ;;
  prod)
    account=111122223333 region=us-east-1
    cluster=predictor-prod service=predictor
    watching=predictor-prod-observability url=https://predictor.example.com
    operator=arn:aws:iam::111122223333:role/predictor-prod-operator
    reader=arn:aws:iam::111122223333:role/predictor-prod-reader
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
    "$1" predictor-dev-bootstrap dev/bootstrap.template.json - CAPABILITY_NAMED_IAM
    "$1" predictor-dev-permissions dev/permissions.template.json - CAPABILITY_NAMED_IAM
    "$1" predictor-dev-network dev/network.template.json arn:aws:iam::111122223333:role/predictor-dev-cloudformation CAPABILITY_IAM
    "$1" predictor-dev-cluster dev/cluster.template.json arn:aws:iam::111122223333:role/predictor-dev-cloudformation CAPABILITY_NAMED_IAM
    "$1" predictor-dev-identity dev/identity.template.json arn:aws:iam::111122223333:role/predictor-dev-cloudformation CAPABILITY_IAM
    "$1" predictor-dev-observability dev/observability.template.json arn:aws:iam::111122223333:role/predictor-dev-cloudformation - NotificationEmail=platform@example.com
    ;;
  prod)
    "$1" predictor-prod-bootstrap prod/bootstrap.template.json - CAPABILITY_NAMED_IAM
    "$1" predictor-prod-permissions prod/permissions.template.json - CAPABILITY_NAMED_IAM
    "$1" predictor-prod-network prod/network.template.json arn:aws:iam::111122223333:role/predictor-prod-cloudformation CAPABILITY_IAM
    "$1" predictor-prod-cluster prod/cluster.template.json arn:aws:iam::111122223333:role/predictor-prod-cloudformation CAPABILITY_NAMED_IAM
    "$1" predictor-prod-identity prod/identity.template.json arn:aws:iam::111122223333:role/predictor-prod-cloudformation CAPABILITY_IAM
    "$1" predictor-prod-observability prod/observability.template.json arn:aws:iam::111122223333:role/predictor-prod-cloudformation - NotificationEmail=platform@example.com
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
  for name in eks.amazonaws.com elasticloadbalancing.amazonaws.com; do
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
  } >&2 || true # The service may not be there.
  exit 1
}

# The digest of IMAGE_TAG: `abc1234`, the first digits of a commit, or `predictor:abc1234`.
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


output() {
  cloudformation describe-stacks --stack-name "$1" --output text \
    --query "Stacks[0].Outputs[?OutputKey == '$2'].OutputValue | [0]"
}

need_kubectl() {
  command -v kubectl >/dev/null || fail 'there is no kubectl: see https://kubernetes.io/docs/tasks/tools'
}

# Takes a role of the cluster: the policies of the account say who may.
connect() {
  need_kubectl
  export KUBECONFIG=$scratch/kubeconfig
  aws eks update-kubeconfig --region "$region" --name "$cluster" --role-arn "$1" >/dev/null
}

# Whether there is a cluster to ask.
has_cluster() {
  aws eks describe-cluster --region "$region" --name "$cluster" >/dev/null 2>"$scratch/error" && return
  grep -q ResourceNotFoundException "$scratch/error" || fail "$(cat "$scratch/error")"
  return 1
}

kube() { kubectl --namespace predictor "$@"; }

# What is put into the manifests besides the image, a line each: the placeholder, the stack, its output.
# shellcheck disable=SC2016
outputs() {
  case $environment in
  dev)
    echo '${network.AccessLogsBucketName} predictor-dev-network AccessLogsBucketName'
    ;;
  prod)
    echo '${network.AccessLogsBucketName} predictor-prod-network AccessLogsBucketName'
    echo '${network.FirewallArn} predictor-prod-network FirewallArn'
    ;;
  esac
}

# Puts into the manifests what is only known now. Those that name an image wait for the first one.
fill() {
  local placeholder stack name value file
  while read -r placeholder stack name; do
    [[ -n $placeholder ]] || continue
    value=$(output "$stack" "$name")
    [[ -n $value && $value != None ]] || fail "$stack has no output $name: deploy.sh setup $environment makes it"
    printf 's|%s|%s|g\n' "$placeholder" "$value" >&3
  done < <(outputs) 3>"$scratch/fill.sed"
  if [[ -n $digest ]]; then
    # shellcheck disable=SC2016
    printf 's|${image.digest}|%s|g\ns|${image.tag}|%s|g\n' "$digest" "$tag" >>"$scratch/fill.sed"
  fi
  rm -rf "$scratch/k8s"
  mkdir "$scratch/k8s"
  for file in "$folder/$environment"/k8s/*.yaml; do
    name=${file##*/}
    sed -f "$scratch/fill.sed" "$file" >"$scratch/k8s/$name"
    # shellcheck disable=SC2016
    if grep -q '\${image' "$scratch/k8s/$name"; then
      echo "$name waits for the first image"
      rm "$scratch/k8s/$name"
    elif grep -q '\${' "$scratch/k8s/$name"; then
      fail "$name has a placeholder that nothing fills"
    fi
  done
}

# The image that runs, if there is one.
running() {
  local image
  digest='' tag=''
  image=$(kube get deployment "$service" --ignore-not-found \
    --output "jsonpath={.spec.template.spec.containers[?(@.name=='$service')].image}")
  [[ $image == *@sha256:* ]] || return 0
  digest=${image##*@}
  tag=$(kube get deployment "$service" --output 'jsonpath={.metadata.labels.app\.kubernetes\.io/version}')
}

# What the pipeline may not change, since it says what the pipeline may do.
by_hand=(00-namespace.yaml 05-resourcequota.yaml 10-limitrange.yaml 15-serviceaccount.yaml 20-role.yaml 25-rolebinding.yaml 30-ingressclassparams.yaml 35-ingressclass.yaml)

# What the pipeline applies, too.
applied=(40-configmap.yaml 45-networkpolicy.yaml 50-service.yaml 55-ingress.yaml 60-poddisruptionbudget.yaml 65-deployment.yaml 70-horizontalpodautoscaler.yaml)

# Does something with files, as far as they are filled.
with_files() {
  local file chosen=() words=()
  while [[ $1 != -- ]]; do words+=("$1") && shift; done
  for file in "${@:2}"; do
    [[ ! -f $scratch/k8s/$file ]] || chosen+=(--filename "$scratch/k8s/$file")
  done
  [[ -z ${chosen[*]-} ]] || kubectl "${words[@]}" --server-side --field-manager synth "${chosen[@]}"
}

# Whether the new pods take requests. It fails as soon as the Deployment has made no progress for its own deadline.
is_through() { kube rollout status "deployment/$service" --timeout 15m; }

# All objects, with the image that runs.
apply_by_hand() {
  printf '\nthe objects of %s\n' "$cluster"
  connect "$operator"
  running
  fill
  with_files apply -- "${by_hand[@]}"
  with_files apply -- "${applied[@]}"
  [[ -z $digest ]] || is_through || fail "the new pods of $service take no requests: what changed besides the image?"
}

release() {
  local code=0 wanted=$digest wanted_tag=$tag before before_tag
  connect "$operator"
  running
  before=$digest before_tag=$tag
  if [[ -n $wanted ]]; then digest=$wanted tag=$wanted_tag; fi
  [[ -n $digest ]] || fail "nothing runs yet: give IMAGE_TAG, the tag of an image of $repository"
  fill
  with_files diff -- "${applied[@]}" || code=$?
  ((code <= 1)) || fail 'the cluster refuses the change: what cannot be changed must be deleted and made anew'
  if ((code == 1)); then agree || fail "$service is left as it was"; fi
  with_files apply -- "${applied[@]}"
  is_through || go_back "$before" "$before_tag"
  mark_deployed
  watch_entry
  ask
  printf '\n'
  show_service
}

# To the image before, by the same way: what is in the files otherwise stays as it is.
go_back() {
  {
    printf '\nThe new pods of %s take no requests. What the cluster says:\n' "$service"
    kube get pods --selector "app.kubernetes.io/name=$service"
    kube get events --field-selector type=Warning --sort-by .lastTimestamp | tail -n 10
  } >&2 || true
  if [[ -z $1 || $1 == "$digest" ]]; then
    fail 'there is no other image to go back to; the pods before, if there are any, still take requests'
  fi
  echo "it goes back to $2"
  digest=$1 tag=$2
  fill
  with_files apply -- "${applied[@]}"
  is_through || true
  fail "$service runs $2 again"
}

# The manifests, filled, into a folder of where this is run, for whoever applies them himself.
write_manifests() {
  if [[ -z $digest ]] && has_cluster; then
    connect "$reader"
    running
  fi
  fill
  mkdir -p k8s
  rm -f k8s/[0-9][0-9]-*.yaml
  cp "$scratch"/k8s/*.yaml k8s
  echo "k8s/ has the manifests of $environment: kubectl apply --server-side --field-manager synth -f k8s/"
}

# Where the load balancer is that the cluster makes; nothing before it is there.
balancer_host() {
  kube get ingress "$service" --ignore-not-found --output 'jsonpath={.status.loadBalancer.ingress[0].hostname}'
}

# The cluster makes the load balancer, so that the alarms learn its name from it.
watch_entry() {
  local host='' balancer group
  for _ in {1..60}; do
    host=$(balancer_host)
    [[ -z $host ]] || break
    sleep 10
  done
  [[ -n $host ]] || fail "the Ingress has no load balancer yet: kubectl describe ingress $service --namespace predictor says why"
  balancer=$(aws elbv2 describe-load-balancers --region "$region" --output text \
    --query "LoadBalancers[?DNSName == '$host'].LoadBalancerArn | [0]")
  [[ $balancer == arn:* ]] || fail "there is no load balancer $host in $region"
  group=$(aws elbv2 describe-target-groups --region "$region" --load-balancer-arn "$balancer" --output text \
    --query 'TargetGroups[0].TargetGroupArn')
  entry=("LoadBalancerFullName=${balancer#*:loadbalancer/}" "TargetGroupFullName=${group##*:}")
  stacks deploy_watching
}

deploy_watching() {
  if [[ $1 == "$watching" ]]; then
    deploy_stack "$@" "${entry[@]}"
  fi
}

# What must answer after a release. A load balancer that has just been made takes minutes until its name is known.
ask() {
  local address path
  if ! command -v curl >/dev/null; then
    echo 'there is no curl, so that nobody asked the service'
    return
  fi
  address=${url:-http://$(balancer_host)}
  for path in /health /predict; do
    curl --fail --silent --show-error --max-time 10 --retry 40 --retry-all-errors --retry-delay 10 --output /dev/null "$address$path" ||
      fail "$address$path does not answer: does its name lead to $(balancer_host)?"
    echo "$address$path answers"
  done
}

show_service() {
  local host tags
  if ! has_cluster; then
    printf '%s\tis no cluster yet\n' "$cluster"
    return
  fi
  connect "$reader"
  kube get deployment "$service" --ignore-not-found --output wide
  running
  if [[ -n $digest ]]; then
    tags=$(images --image-ids "imageDigest=$digest" --query 'imageDetails[0].imageTags' 2>/dev/null) || tags='not in the registry'
    printf 'image     %s\ntags      %s\n' "$digest" "${tags//$'\t'/, }"
  fi
  host=$(balancer_host)
  [[ -z $host ]] || printf 'balancer  %s\naddress   %s\n' "$host" "${url:-http://$host}"
}

show_stack() {
  if exists "$1"; then
    cloudformation describe-stacks --stack-name "$1" --output text \
      --query 'Stacks[0].[StackName, StackStatus, LastUpdatedTime || CreationTime]'
  else
    printf '%s\tis not there\n' "$1"
  fi
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
setup | deploy | rollback | status | manifests) sign_in "$account" ;;
esac

case $command in
setup)
  need_kubectl
  look_ahead
  make_service_roles
  stacks deploy_stack
  finish
  apply_by_hand
  [[ -z $keeps ]] || stacks protect_stack
  ;;
deploy)
  if [[ -n ${IMAGE_TAG-} ]]; then
    find_image
  fi
  release
  ;;
rollback)
  [[ -n ${IMAGE_TAG-} ]] || fail 'which image? give IMAGE_TAG, the tag of one that ran before' 2
  find_image
  release
  ;;
manifests)
  [[ -z ${IMAGE_TAG-} ]] || find_image
  write_manifests
  ;;
status)
  stacks show_stack
  show_service
  ;;
'')
  usage >&2
  exit 2
  ;;
*) fail "there is no command \`$command\`: see deploy.sh --help" 2 ;;
esac

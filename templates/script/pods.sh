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

kube() { kubectl --namespace «pods.namespace» "$@"; }

# What is put into the manifests besides the image, a line each: the placeholder, the stack, its output.
# shellcheck disable=SC2016
outputs() {
  case $environment in
{%- for environment in environments %}
  «environment.name»)
    {%- for line in environment.outputs %}
    echo '«line»'
    {%- endfor %}
    ;;
{%- endfor %}
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
  for file in "«pods.folder»"/k8s/*.yaml; do
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
by_hand=({% for file in pods.by_hand %}{% if not loop.first %} {% endif %}«file»{% endfor %})

# What the pipeline applies, too.
applied=({% for file in pods.applied %}{% if not loop.first %} {% endif %}«file»{% endfor %})

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
  {%- if pods.operators %}
  install_operators
  {%- endif %}
  with_files apply -- "${by_hand[@]}"
  with_files apply -- "${applied[@]}"
  [[ -z $digest ]] || is_through || fail "the new pods of $service take no requests: what changed besides the image?"
}

{% if pods.operators -%}
{% include "script/operators.sh" %}{% endif -%}
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
  «pods.ask_entry» get ingress "$service" --ignore-not-found --output 'jsonpath={.status.loadBalancer.ingress[0].hostname}'
}

# The cluster makes the load balancer, so that the alarms learn its name from it.
watch_entry() {
  local host='' balancer group
  for _ in {1..60}; do
    host=$(balancer_host)
    [[ -z $host ]] || break
    sleep 10
  done
  [[ -n $host ]] || fail "the Ingress has no load balancer yet: kubectl describe ingress $service --namespace «pods.entry» says why"
  balancer=$(aws elbv2 describe-load-balancers --region "$region" --output text \
    --query "LoadBalancers[?DNSName == '$host'].LoadBalancerArn | [0]")
  [[ $balancer == arn:* ]] || fail "there is no load balancer $host in $region"
  group=$(aws elbv2 describe-target-groups --region "$region" --load-balancer-arn "$balancer" --output text \
    --query 'TargetGroups[0].TargetGroupArn')
  entry=("«pods.load_balancer»=${balancer#*:loadbalancer/}" "«pods.target_group»=${group##*:}")
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
  for path in «pods.smoke_paths»; do
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

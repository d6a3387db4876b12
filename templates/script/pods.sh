# Whoever does this takes the role that changes the cluster; the policies of the account say who may.
connect() {
  command -v kubectl >/dev/null || fail 'there is no kubectl: see https://kubernetes.io/docs/tasks/tools'
  export KUBECONFIG=$scratch/kubeconfig
  aws eks update-kubeconfig --region "$region" --name "$cluster" \
    --role-arn "arn:aws:iam::$account:role/$cluster-«pods.operator»" >/dev/null
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

# Puts into the manifests what is only known now.
fill() {
  local placeholder stack name value file
  while read -r placeholder stack name; do
    [[ -n $placeholder ]] || continue
    value=$(output "$stack" "$name")
    [[ -n $value && $value != None ]] || fail "$stack has no output $name: deploy.sh setup $environment makes it" >&2
    printf 's|%s|%s|g\n' "$placeholder" "$value"
  done < <(outputs) >"$scratch/fill.sed"
  if [[ -n $digest ]]; then
    # shellcheck disable=SC2016
    printf 's|${image.digest}|%s|g\ns|${image.tag}|%s|g\n' "$digest" "$tag" >>"$scratch/fill.sed"
  fi
  mkdir -p "$scratch/k8s"
  for file in "$folder/$environment"/k8s/*.yaml; do
    sed -f "$scratch/fill.sed" "$file" >"$scratch/k8s/${file##*/}"
  done
}

# The image that runs, if there is one.
running() {
  local image
  image=$(kube get deployment "$service" --ignore-not-found --output 'jsonpath={.spec.template.spec.containers[0].image}')
  [[ $image == *@sha256:* ]] || return 0
  digest=${image##*@}
  tag=$(kube get deployment "$service" --output 'jsonpath={.metadata.labels.app\.kubernetes\.io/version}')
}

# Chooses files for kubectl: those that this environment has, as far as nothing in them waits for an image.
choose_files() {
  local file
  chosen=()
  for file in "$@"; do
    [[ -f $scratch/k8s/$file ]] || continue
    # shellcheck disable=SC2016
    if grep -q '\${image' "$scratch/k8s/$file"; then
      echo "$file waits for the first image"
    else
      chosen+=(--filename "$scratch/k8s/$file")
    fi
  done
}

apply() {
  local chosen
  choose_files "$@"
  [[ -z ${chosen[*]-} ]] || kubectl apply --server-side --field-manager synth "${chosen[@]}"
}

# What the pipeline may not change, since it says what the pipeline may do; then what the pipeline applies, with the image
# that runs.
apply_by_hand() {
  printf '\nthe objects of %s\n' "$cluster"
  connect
  running
  fill
  apply{% for file in pods.by_hand %} «file»{% endfor %}
  apply{% for file in pods.applied %} «file»{% endfor %}
}

release() {
  local chosen code=0
  connect
  [[ -n $digest ]] || running
  [[ -n $digest ]] || fail "nothing runs yet: give IMAGE_TAG, the tag of an image of $repository"
  fill
  choose_files{% for file in pods.applied %} «file»{% endfor %}
  kubectl diff --server-side --field-manager synth "${chosen[@]}" || code=$?
  ((code <= 1)) || fail 'the cluster refuses the change: what cannot be changed must be deleted and made anew'
  if ((code == 1)); then agree || fail "$service is left as it was"; fi
  apply{% for file in pods.applied %} «file»{% endfor %}
  kube rollout status "deployment/$service" --timeout 15m ||
    fail "the new pods take no requests, and those before them still do: deploy.sh rollback $environment, with the IMAGE_TAG of the image before"
  mark_deployed
  watch_entry
  printf '\n'
  show_service
}

# The cluster makes the load balancer, so that the alarms learn its name from it.
watch_entry() {
  local host='' balancer group
  for _ in 1 2 3 4 5 6 7 8 9 10; do
    host=$(kube get ingress "$service" --output 'jsonpath={.status.loadBalancer.ingress[0].hostname}')
    [[ -z $host ]] || break
    sleep 20
  done
  [[ -n $host ]] || fail "the Ingress has no load balancer yet: kubectl describe ingress $service --namespace «pods.namespace» says why"
  balancer=$(aws elbv2 describe-load-balancers --region "$region" --output text \
    --query "LoadBalancers[?DNSName == '$host'].LoadBalancerArn | [0]")
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

show_service() {
  local host tags
  connect
  kube get deployment "$service" --ignore-not-found --output wide
  running
  [[ -n $digest ]] || return 0
  tags=$(images --image-ids "imageDigest=$digest" --query 'imageDetails[0].imageTags' 2>/dev/null) || tags='not in the registry'
  printf 'image     %s\ntags      %s\n' "$digest" "${tags//$'\t'/, }"
  host=$(kube get ingress "$service" --output 'jsonpath={.status.loadBalancer.ingress[0].hostname}')
  printf 'address   %s\n' "${url:-http://$host}"
}

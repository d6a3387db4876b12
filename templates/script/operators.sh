# What runs in the cluster for others, in order: the chart, its namespace, where it is published, its version, its sum, and
# its images of which only SUMS says what they are to the byte; with a hyphen it says so of the chart, too.
operators() {
{%- for operator in pods.operators %}
  "$1" «operator.from.name» «operator.from.namespace» «operator.from.repository» «operator.from.version» «operator.sum»{% for image in operator.asked %} «image»{% endfor %}
{%- endfor %}
}

need_helm() {
  command -v helm >/dev/null || fail 'there is no helm: see https://helm.sh/docs/intro/install'
}

pull_chart() { helm pull "$1" --repo "$3" --version "$4" --destination "$scratch" >/dev/null; }

sum_of() {
  local is
  is=$(openssl dgst -sha256 -r "$1") && printf '%s' "${is%% *}"
}

# The sum that SUMS has of something.
given() {
  local line
  [[ -n ${SUMS-} ]] || fail "nothing says what $1 is to the byte: give SUMS, a file with what \`deploy.sh sums\` prints"
  line=$(grep -m 1 -F -- "$1 " "$SUMS") || fail "$SUMS has no line of $1: \`deploy.sh sums\` prints it"
  [[ $line =~ ^"$1 "(sha256:)?([0-9a-f]{64})$ ]] || fail "$SUMS has no sum of 64 digits and letters in \`$line\`"
  printf '%s' "${BASH_REMATCH[2]}"
}

# The values of a chart, with the sums of its images from a command.
fill_values() {
  local sum image
  for image in "${@:7}"; do
    sum=$("$1" "image $image") || exit
    # shellcheck disable=SC2016
    printf 's|${digest:%s}|sha256:%s|g\ns|${sum:%s}|%s|g\n' "$image" "$sum" "$image" "$sum"
  done >"$scratch/values.sed"
  sed -f "$scratch/values.sed" "«pods.folder»/operators/$2-values.yaml" >"$scratch/$2-values.yaml"
}

# A chart of the sum that was looked at, and nothing else. Helm makes the kinds of a chart once and never changes them
# again, so that they are applied first.
install_operator() {
  local name=$1 namespace=$2 version=$4 sum=$5 file=$scratch/$1-$4.tgz is kinds
  printf '\n%s %s\n' "$name" "$version"
  [[ $sum != - ]] || sum=$(given "chart $name $version") || exit
  fill_values given "$@"
  pull_chart "$@"
  is=$(sum_of "$file")
  [[ $is == "$sum" ]] || fail "the chart $name $version is another than the one that was looked at: its sum is $is"
  kinds=$(helm show crds "$file")
  [[ -z $kinds ]] || kubectl apply --server-side --force-conflicts --field-manager synth --filename - <<<"$kinds"
  helm upgrade "$name" "$file" --install --skip-crds --namespace "$namespace" --wait --timeout 10m \
    --values "$scratch/$name-values.yaml"
}

none() { printf '%064d' 0; }

# What SUMS must say of an operator, as its maker publishes it now.
print_sums() {
  local name=$1 version=$4 file=$scratch/$1-$4.tgz text image tagged digest
  pull_chart "$@"
  printf 'chart %s %s %s\n' "$name" "$version" "$(sum_of "$file")"
  fill_values none "$@"
  text=$(helm template "$name" "$file" --namespace "$2" --values "$scratch/$name-values.yaml")
  for image in "${@:6}"; do
    tagged=$(grep -m 1 -Eo "$image:[A-Za-z0-9._-]+" <<<"$text") || fail "the chart $name $version runs no $image"
    digest=$(docker buildx imagetools inspect "$tagged" --format '{% raw %}{{.Manifest.Digest}}{% endraw %}')
    [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || fail "nobody says the digest of $tagged"
    printf 'image %s %s\n' "$image" "$digest"
  done
}

make() { kubectl apply --server-side --field-manager synth --filename "$1"; }

# What runs in the cluster for others, and what it is told. What was installed already is left as it is.
install_operators() {
  need_helm
  # Some get rights in the namespace of the system, and in no other.
  kubectl get namespace «pods.namespace» >/dev/null 2>&1 || kubectl create namespace «pods.namespace»
{%- for file in pods.before %}
  make "«pods.folder»/«file»"
{%- endfor %}
{%- if pods.sealing %}
  open_sealed
{%- endif %}
{%- if pods.telling %}
  tell_alerting
{%- endif %}
  operators install_{% if pods.sealing %}other{% else %}operator{% endif %}
{%- if pods.condition %}
  # Without the condition an outage of Gatekeeper would close every namespace.
  kubectl get validatingwebhookconfiguration gatekeeper-validating-webhook-configuration \
    --output 'jsonpath={.webhooks[*].matchConditions[*].name}' | grep -q «pods.condition» ||
    fail 'Gatekeeper looks at every namespace, and not at «pods.namespace» alone: the chart left validatingWebhookMatchConditions out'
{%- endif %}
{%- for file in pods.after %}
  make "«pods.folder»/«file.path»"
{%- if file.makes_kinds %}
  kubectl wait constrainttemplates --all --for 'jsonpath={.status.created}=true' --timeout 2m
{%- endif %}
{%- endfor %}
}
{%- if pods.sealing %}

# It comes before the others, which what it opens is for.
install_sealer() {
  [[ $1 != «pods.sealing.name» ]] || install_operator "$@"
}

install_other() {
  [[ $1 == «pods.sealing.name» ]] || install_operator "$@"
}

# What was sealed for this cluster, which alone can open it.
open_sealed() {
  operators install_sealer
  [[ -n ${SEALED-} ]] || return 0
  make "$SEALED"
  kubectl wait secret/«pods.telling.secret» --namespace «pods.telling.namespace» --for create --timeout 2m ||
    fail "the cluster cannot open $SEALED: seal it again, for this one"
}

# Prints what Alertmanager tells by, sealed for this cluster under this name in this namespace: it may stand beside the code.
# What is typed is in no history.
seal() {
  local key value from=()
  command -v kubeseal >/dev/null || fail 'there is no kubeseal: see https://github.com/bitnami/sealed-secrets#kubeseal'
  connect "$operator"
  for key in «pods.sealing.keys»; do
    [[ ! -t 0 ]] || printf '%s: ' "$key" >&2
    value=''
    IFS= read -rs value || true
    [[ -n $value ]] || fail "nothing is given for $key: a line for each of «pods.sealing.keys»"
    [[ ! -t 0 ]] || echo >&2
    printf %s "$value" >"$scratch/$key"
    from+=(--from-file "$scratch/$key")
  done
  kubectl create secret generic «pods.telling.secret» --namespace «pods.telling.namespace» --dry-run=client --output yaml \
    "${from[@]}" |
    kubeseal --scope strict --format yaml --controller-name «pods.sealing.name» --controller-namespace «pods.sealing.namespace»
}
{%- endif %}
{%- if pods.telling %}

# What Prometheus' operator takes from objects and not from files: whom Alertmanager tells, and what Grafana shows. Its first
# user gets a password that nobody has seen.
tell_alerting() {
  local space=(--namespace «pods.telling.namespace») dry=(--dry-run=client --output yaml)
  kubectl get secret «pods.telling.secret» "${space[@]}" >/dev/null 2>&1 ||
    fail {% if pods.sealing %}"Alertmanager cannot tell anybody: \`deploy.sh seal $environment >FILE\` seals what it tells by, give FILE as SEALED"
{%- else %}'Alertmanager cannot tell anybody: DEPLOYMENT.md says how the secret «pods.telling.secret» is made'{% endif %}
  kubectl create secret generic «pods.telling.routes» "${space[@]}" "${dry[@]}" \
    --from-file "alertmanager.yaml=«pods.folder»/«pods.telling.file»" | make -
  kubectl create configmap «name»-dashboard "${space[@]}" "${dry[@]}" --from-file "«pods.folder»/«pods.telling.dashboard»" |
    kubectl label --local --filename - «pods.telling.label»=1 "${dry[@]}" | make -
  kubectl get secret «pods.telling.admin» "${space[@]}" >/dev/null 2>&1 ||
    kubectl create secret generic «pods.telling.admin» "${space[@]}" --from-literal user=admin \
      --from-file password=<(openssl rand -base64 24 | tr -d '\n')
}
{%- endif %}


#!/usr/bin/env bash
# What a key of the user `deploy` runs, whatever it asks for: it deploys one environment, and does nothing else.
#
#   ssh -T deploy@MACHINE 'apply NAMESPACE sha256:DIGEST' < MANIFESTS
#   ssh -T deploy@MACHINE 'rollback NAMESPACE sha256:DIGEST' < /dev/null
#   ssh -T deploy@MACHINE 'status NAMESPACE' < /dev/null
#
# The line of the key in `authorized_keys` says its environment: restrict,command="/usr/local/bin/deploy NAMESPACE". One space
# stands between two words, and nothing else is taken.
#
# apply     reads the manifests of the environment, at most 1 MiB. Each object is of that namespace and of a kind that the
#           account of the environment may apply, and each container runs «image»@sha256:DIGEST. They are tried, applied, waited
#           for and looked at; then they are kept. If the new pods take no requests, what was kept last is applied again.
# rollback  does the same with the manifests that were kept when that digest was deployed: the last 10 are.
# status    changes nothing.
#
# The last line that it prints says how it ended, and so does its exit code:
#   0  deployed NAMESPACE sha256:DIGEST     it runs, and what runs has that digest
#   0  runs NAMESPACE sha256:DIGEST         status: or `runs NAMESPACE nothing`
#   1  rolled back NAMESPACE sha256:DIGEST  the new pods took no requests; what ran before, which this is, runs again
#   2  refused: REASON                      nothing was changed
#   3  busy NAMESPACE                       it is being deployed by somebody else; nothing was changed
#   4  not rolled back: REASON              the new pods took no requests, and there is nothing that runs in their place
set -euo pipefail
umask 077
export LC_ALL=C

image='«image»'
app='«app»'
kept=/var/lib/deploy
accounts=/etc/deploy
most=$((1 << 20))
patience=5m

end() {
  printf '%s\n' "$2"
  exit "$1"
}
refuse() { end 2 "refused: $1"; }

# The words of the command, which are data and nothing else.
read_command() {
  local own=${1-} asked=${SSH_ORIGINAL_COMMAND-}
  local word='[a-z]([-a-z0-9]{0,18}[a-z0-9])?' sum='sha256:[0-9a-f]{64}'
  [[ $own =~ ^$word$ ]] || refuse 'this key is for no environment: its line in authorized_keys must name one'
  if [[ $asked =~ ^(apply|rollback)\ ($word)\ ($sum)$ ]]; then
    verb=${BASH_REMATCH[1]} namespace=${BASH_REMATCH[2]} digest=${BASH_REMATCH[4]}
  elif [[ $asked =~ ^(status)\ ($word)$ ]]; then
    verb=status namespace=${BASH_REMATCH[2]} digest=''
  else
    refuse "this is none of \`apply NAMESPACE sha256:DIGEST\`, \`rollback NAMESPACE sha256:DIGEST\`, \`status NAMESPACE\`"
  fi
  [[ $namespace == "$own" ]] || refuse "this key is for $own, and for no other environment"
}

kube() { kubectl --kubeconfig "$accounts/$namespace.kubeconfig" --namespace "$namespace" "$@"; }

# What was deployed last; nothing before the first time.
current() { readlink "$kept/$namespace/current" 2>/dev/null || true; }

# What stands in the objects that it may not say; nothing is fine. The cluster would refuse another namespace and another kind
# as well: this says so before anything is changed, and before it is asked.
objections() {
  jq --raw-output --slurp --arg namespace "$namespace" --arg image "$image" --arg digest "$digest" --argjson kinds '«kinds»' '
    [.[] | if .kind == "List" then .items[] else . end] as $all
    | def told: "\(.kind // "an object without a kind") \(.metadata.name // "without a name")";
      def containers: (.spec.template.spec // {}) | (.containers // [])[], (.initContainers // [])[], (.ephemeralContainers // [])[];
      if ($all | length) == 0 then "there are no manifests" else
        $all[]
        | (select([.apiVersion, .kind] as $kind | $kinds | any(. == $kind) | not) | "\(told) is of a kind that nobody deploys"),
          (select(.metadata.namespace != $namespace) | "\(told) is not of \($namespace)"),
          (told as $told | containers | .image // "nothing"
            | select((ltrimstr("docker.io/") | split("@")
                | length == 2 and .[1] == $digest and (.[0] | sub(":[A-Za-z0-9_][-.A-Za-z0-9_]*$"; "")) == $image) | not)
            | "\($told) runs \(.), which is not \($image)@\($digest)")
      end' | head -n 1
}

# Reads manifests from a file into JSON, and looks at them.
look() {
  local objection
  # It asks the cluster only which kinds there are, and refuses another namespace itself.
  kube create --dry-run=client --validate=false --output json --filename "$1" >"$scratch/objects.json" 2>"$scratch/error" ||
    refuse "these are no manifests: $(tail -n 1 "$scratch/error")"
  objection=$(objections <"$scratch/objects.json") || refuse 'nobody can read these manifests'
  [[ -z $objection ]] || refuse "$objection"
}

apply() { kube apply --server-side --field-manager synth "${@:2}" --filename "$1"; }

deployments() { jq --raw-output --slurp '.[] | if .kind == "List" then .items[] else . end | select(.kind == "Deployment").metadata.name' "$scratch/objects.json"; }

# Whether the new pods take requests. It fails as soon as a Deployment has made no progress for its own deadline.
is_through() {
  local name
  while read -r name; do
    kube rollout status "deployment/$name" --timeout "$patience" || return 1
  done < <(deployments)
  is_running
}

# Whether what runs has the digest. An image that is named by its digest is pulled by it, so that what a pod says is what it
# runs. One that is on its way out is not counted; it may still be there for as long as it may take to stop.
is_running() {
  local seen=''
  for _ in {1..30}; do
    seen=$(kube get pods --selector "app.kubernetes.io/name=$app" --output json | jq --raw-output --arg digest "$digest" '
      [.items[] | select(.metadata.deletionTimestamp == null and .status.phase != "Succeeded" and .status.phase != "Failed")]
      | "\(length) \([.[] | select((.spec.containers | all(.image | endswith("@" + $digest)))
            and any(.status.conditions[]?; .type == "Ready" and .status == "True"))] | length)"') || return 1
    [[ $seen != 0\ * && ${seen% *} == "${seen#* }" ]] && return
    sleep 2
  done
  printf 'of %s pods of %s %s run %s\n' "${seen% *}" "$app" "${seen#* }" "$digest"
  return 1
}

# Keeps what runs now, and forgets all but the last 10.
keep() {
  local folder=$kept/$namespace name=${digest#sha256:}
  cp "$1" "$folder/.new"
  mv "$folder/.new" "$folder/$name.yaml"
  touch "$folder/$name.yaml"
  ln -sfn "$name.yaml" "$folder/.current"
  mv -T "$folder/.current" "$folder/current"
  find "$folder" -maxdepth 1 -name '*.yaml' -type f -printf '%T@ %p\n' | sort --numeric-sort --reverse | tail -n +11 | cut -d ' ' -f 2- |
    xargs --no-run-if-empty rm --
}

why() {
  kube get pods --selector "app.kubernetes.io/name=$app" || true
  kube get events --field-selector type=Warning --sort-by .lastTimestamp 2>/dev/null | tail -n 10 || true
}

# To what was deployed last, by the same way. What only the new manifests have stays: nothing here may delete.
go_back() {
  local before failed=$digest
  before=$(current)
  why
  [[ -n $before ]] || end 4 'not rolled back: nothing was deployed here before'
  digest=sha256:${before%.yaml}
  printf 'the new pods take no requests: it goes back from %s to %s\n' "$failed" "$digest"
  look_again "$kept/$namespace/$before"
  apply "$kept/$namespace/$before" --force-conflicts || end 4 "not rolled back: the cluster does not take what runs with $digest"
  is_through || end 4 "not rolled back: the pods of $digest take no requests either"
  end 1 "rolled back $namespace $digest"
}

# What was looked at when it came in names its Deployments again.
look_again() {
  kube create --dry-run=client --validate=false --output json --filename "$1" >"$scratch/objects.json" ||
    end 4 'not rolled back: the cluster does not answer'
}

release() {
  look "$1"
  apply "$1" --dry-run=server >/dev/null 2>"$scratch/error" || refuse "the cluster does not take it: $(tail -n 1 "$scratch/error")"
  { apply "$1" && is_through; } || go_back
  keep "$1"
  end 0 "deployed $namespace $digest"
}

take_in() {
  head -c "$((most + 1))" >"$scratch/manifests.yaml"
  (($(stat --format %s "$scratch/manifests.yaml") <= most)) || refuse 'the manifests are larger than 1 MiB'
}

status() {
  local before
  before=$(current)
  kube get deployments,pods --output wide || true
  [[ -n $before ]] || end 0 "runs $namespace nothing"
  end 0 "runs $namespace sha256:${before%.yaml}"
}

read_command "$@"
[[ -r $accounts/$namespace.kubeconfig ]] || refuse "$namespace has no account here: setup.sh makes it"
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
mkdir -p "$kept/$namespace"
[[ $verb != status ]] || status
exec 9>"$kept/$namespace/.lock"
flock --nonblock 9 || end 3 "busy $namespace"
# Whoever asked may go away meanwhile: it is brought to an end all the same.
trap '' HUP
exec > >(trap '' HUP; exec 9>&-; exec tee -p "$kept/$namespace/log") 2>&1
case $verb in
apply)
  take_in
  release "$scratch/manifests.yaml"
  ;;
rollback)
  [[ -f $kept/$namespace/${digest#sha256:}.yaml ]] || refuse "the manifests of $digest are not kept here: apply them"
  # What is kept may go while it is used.
  cp "$kept/$namespace/${digest#sha256:}.yaml" "$scratch/manifests.yaml"
  release "$scratch/manifests.yaml"
  ;;
esac

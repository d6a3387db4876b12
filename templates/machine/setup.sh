#!/usr/bin/env bash
# Rendered by synth: change the model and run `«renders»`, not this file.
#
# Brings what all environments of «name» share into the cluster, once OpenTofu has made the machines.
set -euo pipefail

usage() {
  cat <<'END'
usage: setup.sh COMMAND

  sums      print what the images of others are to the byte, as their makers publish them now: a person looks at it, keeps it,
            and gives it to cluster{% if watching %} and monitoring{% endif %} by SUMS, the name of the file
  cluster   apply the network, the figures of pods and machines, the namespaces and the accounts that deploy; `join.sh` comes after
            it
  namespaces
            say again what nothing in an environment may exceed, and which pods it admits; with kubectl of this computer
{%- if watching %}
  monitoring
            apply what measures and tells; with kubectl of this computer
{%- endif %}
  key ENVIRONMENT
            let one key deploy an environment, in the place of the one before: the public key, of ssh-ed25519, is read from the
            input
  host-key  print what says that the machine of the control plane is itself, as a line for known_hosts
  backup    print what is in the store, for a file on another machine than that
  status    tell what is there

Everything may be done again. ENVIRONMENT is «choices». TUNNEL=1 reaches the machines through Google's Identity-Aware Proxy.

  setup.sh sums >sums.txt
  SUMS=sums.txt setup.sh cluster
  setup.sh namespaces
{%- if watching %}
  SUMS=sums.txt setup.sh monitoring
{%- endif %}
  ssh-keygen -t ed25519 -N '' -C dev -f dev.key && setup.sh key «namespaces[0]» <dev.key.pub
END
}

# The images that are named by what they are to the byte, which only SUMS says.
images=({% for image in images %}
  «image»
{%- endfor %}
)
{%- if watching %}
watching=({% for image in watching %}
  «image»
{%- endfor %}
)
{%- endif %}

# The sum that SUMS has of an image.
given() {
  local line
  [[ -n ${SUMS-} ]] || fail "nothing says what $1 is to the byte: give SUMS, a file with what \`setup.sh sums\` prints"
  line=$(grep -m 1 -F -- "image $1 " "$SUMS") || fail "$SUMS has no line of $1: \`setup.sh sums\` prints it"
  [[ $line =~ ^"image $1 "(sha256:[0-9a-f]{64})$ ]] || fail "$SUMS has no sum of 64 digits and letters in \`$line\`"
  printf %s "${BASH_REMATCH[1]}"
}

sums() {
  local image digest
  for image in "${images[@]}"{% if watching %} "${watching[@]}"{% endif %}; do
    digest=$(docker buildx imagetools inspect "$image" --format '{% raw %}{{.Manifest.Digest}}{% endraw %}')
    [[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || fail "nobody says the digest of $image"
    printf 'image %s %s\n' "$image" "$digest"
  done
}

# The manifests of a file, with the sums of those images.
fill() {
  local image sum
  for image in "${@:2}"; do
    sum=$(given "$image") || exit
    # shellcheck disable=SC2016
    printf 's|${digest:%s}|%s|g\n' "$image" "$sum"
  done >"$scratch/fill.sed"
  sed -f "$scratch/fill.sed" "$1"
}

make() { kube 'apply --server-side --field-manager synth --filename -'; }

cluster() {
  local file namespace
  fill "$folder/cluster/addons.yaml" "${images[@]}" >"$scratch/addons.yaml"
  on «control.name» 'systemctl is-active --quiet machine.service' </dev/null ||
    fail "the control plane is not ready yet: \`journalctl --unit machine\` there says how far it is"
  make <"$scratch/addons.yaml"
  for namespace in «namespaces | join(sep=" ")»; do
    make <"$folder/../k8s/cluster/$namespace.yaml"
  done
  make <"$folder/cluster/deployers.yaml"
  on «control.name» /usr/local/sbin/write-accounts </dev/null
  kube 'rollout status daemonset/«flannel» --namespace «flannel_namespace» --timeout 5m' </dev/null
  echo 'the cluster is ready for its machines: join.sh'
}

# What a folder of manifests is made of.
build() {
  command -v kubectl >/dev/null || fail 'there is no kubectl: see https://kubernetes.io/docs/tasks/tools'
  kubectl kustomize "$folder/../k8s/$1" >"$scratch/built.yaml"
}

namespaces() {
  build cluster
  make <"$scratch/built.yaml"
}
{% if watching %}
monitoring() {
  local name
  build monitoring
  fill "$scratch/built.yaml" "${watching[@]}" >"$scratch/filled.yaml"
  make <"$scratch/filled.yaml"
  for name in prometheus alertmanager kube-state-metrics; do
    kube "rollout status deployment/$name --namespace «watching_namespace» --timeout 5m" </dev/null
  done
  echo 'it is measured, and somebody is told'
}
{% endif %}
key() {
  case ${1-} in
  {% for one in namespaces %}{% if not loop.first %} | {% endif %}«one»{% endfor %}) on «control.name» "/usr/local/sbin/set-deploy-key $1" ;;
  *) fail 'name an environment: «choices»' 2 ;;
  esac
  echo "this key deploys $1 and nothing else"
}

host_key() {
  local key
  key=$(on «control.name» 'cat /etc/ssh/ssh_host_ed25519_key.pub' </dev/null)
  [[ $key =~ ^(ssh-ed25519\ [A-Za-z0-9+/=]+) ]] || fail 'the machine has no key of ssh-ed25519'
  printf '%s %s\n' «outside» "${BASH_REMATCH[1]}"
}

backup() {
  local file
  file=$(on «control.name» /usr/local/sbin/back-up-etcd </dev/null | tail -n 1)
  [[ $file =~ ^/var/backups/etcd/etcd-[-0-9TZ]+\.db$ ]] || fail 'the control plane kept nothing'
  on «control.name» "cat $file" </dev/null
}

status() {
  kube 'get nodes --output wide' </dev/null
  kube 'get pods --all-namespaces --output wide' </dev/null
}

command=${1-} folder=$(dirname "$0") yes=no
case $command in
-h | --help)
  usage
  exit
  ;;
sums) ;;
cluster | namespaces{% if watching %} | monitoring{% endif %} | key | host-key | backup | status) ;;
*)
  usage >&2
  exit 2
  ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
{% include "machine/reach.sh" %}
case $command in
host-key) host_key ;;
key) key "${2-}" ;;
*) "$command" ;;
esac

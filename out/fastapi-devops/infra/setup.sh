#!/usr/bin/env bash
# Rendered by synth: change the model and run `cargo run -p synth`, not this file.
#
# Brings what all environments of fastapi-devops share into the cluster, once OpenTofu has made the machines.
set -euo pipefail

usage() {
  cat <<'END'
usage: setup.sh COMMAND

  sums      print what the images of others are to the byte, as their makers publish them now: a person looks at it, keeps it,
            and gives it to cluster and monitoring by SUMS, the name of the file
  cluster   apply the network, the figures of pods and machines, the namespaces and the accounts that deploy; `join.sh` comes after
            it
  namespaces
            say again what nothing in an environment may exceed, and which pods it admits; with kubectl of this computer
  monitoring
            apply what measures and tells; with kubectl of this computer
  key ENVIRONMENT
            let one key deploy an environment, in the place of the one before: the public key, of ssh-ed25519, is read from the
            input
  host-key  print what says that the machine of the control plane is itself, as a line for known_hosts
  backup    print what is in the store, for a file on another machine than that
  status    tell what is there

Everything may be done again. ENVIRONMENT is dev or stage or prod. TUNNEL=1 reaches the machines through Google's Identity-Aware Proxy.

  setup.sh sums >sums.txt
  SUMS=sums.txt setup.sh cluster
  setup.sh namespaces
  SUMS=sums.txt setup.sh monitoring
  ssh-keygen -t ed25519 -N '' -C dev -f dev.key && setup.sh key dev <dev.key.pub
END
}

# The images that are named by what they are to the byte, which only SUMS says.
images=(
  ghcr.io/flannel-io/flannel:v0.28.9
  ghcr.io/flannel-io/flannel-cni-plugin:v1.9.1-flannel3
  registry.k8s.io/networking/kube-network-policies:v1.0.0
  registry.k8s.io/metrics-server/metrics-server:v0.8.1
)
watching=(
  quay.io/prometheus/prometheus:v3.14.0
  quay.io/prometheus/alertmanager:v0.34.0
  registry.k8s.io/kube-state-metrics/kube-state-metrics:v2.20.0
  quay.io/prometheus/node-exporter:v1.11.1
)

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
  for image in "${images[@]}" "${watching[@]}"; do
    digest=$(docker buildx imagetools inspect "$image" --format '{{.Manifest.Digest}}')
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
  on devops-instance-1 'systemctl is-active --quiet machine.service' </dev/null ||
    fail "the control plane is not ready yet: \`journalctl --unit machine\` there says how far it is"
  make <"$scratch/addons.yaml"
  for namespace in dev stage prod; do
    make <"$folder/../k8s/cluster/$namespace.yaml"
  done
  make <"$folder/cluster/deployers.yaml"
  on devops-instance-1 /usr/local/sbin/write-accounts </dev/null
  kube 'rollout status daemonset/flannel --namespace kube-flannel --timeout 5m' </dev/null
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

monitoring() {
  local name
  build monitoring
  fill "$scratch/built.yaml" "${watching[@]}" >"$scratch/filled.yaml"
  make <"$scratch/filled.yaml"
  for name in prometheus alertmanager kube-state-metrics; do
    kube "rollout status deployment/$name --namespace monitoring --timeout 5m" </dev/null
  done
  echo 'it is measured, and somebody is told'
}

key() {
  case ${1-} in
  dev | stage | prod) on devops-instance-1 "/usr/local/sbin/set-deploy-key $1" ;;
  *) fail 'name an environment: dev or stage or prod' 2 ;;
  esac
  echo "this key deploys $1 and nothing else"
}

host_key() {
  local key
  key=$(on devops-instance-1 'cat /etc/ssh/ssh_host_ed25519_key.pub' </dev/null)
  [[ $key =~ ^(ssh-ed25519\ [A-Za-z0-9+/=]+) ]] || fail 'the machine has no key of ssh-ed25519'
  printf '%s %s\n' 34.14.169.168 "${BASH_REMATCH[1]}"
}

backup() {
  local file
  file=$(on devops-instance-1 /usr/local/sbin/back-up-etcd </dev/null | tail -n 1)
  [[ $file =~ ^/var/backups/etcd/etcd-[-0-9TZ]+\.db$ ]] || fail 'the control plane kept nothing'
  on devops-instance-1 "cat $file" </dev/null
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
cluster | namespaces | monitoring | key | host-key | backup | status) ;;
*)
  usage >&2
  exit 2
  ;;
esac
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
fail() {
  printf 'error: %s\n' "$1" >&2
  exit "${2-1}"
}

# A command on a machine, as its administrator. With TUNNEL the way is Google's Identity-Aware Proxy.
on() {
  gcloud compute ssh "$1" --project example-project --zone asia-south1-a ${TUNNEL:+--tunnel-through-iap} --quiet --command "sudo $2"
}

kube() { on devops-instance-1 "kubectl --kubeconfig /etc/kubernetes/admin.conf $1"; }

agree() {
  local answer
  [[ $yes != yes ]] || return 0
  read -r -p "$1 [y/N] " answer </dev/tty || answer=''
  [[ $answer == [yY]* ]]
}

command -v gcloud >/dev/null || fail 'there is no gcloud: see https://cloud.google.com/sdk/docs/install'

case $command in
host-key) host_key ;;
key) key "${2-}" ;;
*) "$command" ;;
esac

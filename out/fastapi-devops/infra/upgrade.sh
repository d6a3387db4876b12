#!/usr/bin/env bash
# Rendered by synth: change the model and run `cargo run -p synth`, not this file.
#
# Brings the cluster of fastapi-devops to another version of Kubernetes, one machine after the other.
set -euo pipefail

usage() {
  cat <<'END'
usage: upgrade.sh VERSION [--yes]

VERSION has its patch, such as 1.31.14: a later one of the version that runs, or one of the version after it. Kubernetes skips
none, so that to go from 1.30 to 1.33 takes three of these. Machines that have it already stay as they are: what was cut off is
gone on with by the same command. What is in the store is kept first; it shows what kubeadm plans and asks before it does it;
--yes agrees.

While a machine is upgraded its pods run on the others; those of the control plane are away for a minute or two.

Then set `version` of the model to it, where it has that one, so that further machines are made with it.

  upgrade.sh 1.31.14
END
}

# What a machine does for itself; it runs there. Its kubeadm, then its kubelet and kubectl, from the repository of the version.
# shellcheck disable=SC2317 # it is called on the machine
here() {
  set -euo pipefail
  export DEBIAN_FRONTEND=noninteractive
  local step=$1 version=$2 minor=${2%.*} pause
  local install=(apt-get install -y -q --allow-change-held-packages -o DPkg::Lock::Timeout=300)
  case $step in
  kubeadm)
    sed -i "s|/core:/stable:/v[0-9.]*/|/core:/stable:/v$minor/|" /etc/apt/sources.list.d/kubernetes.sources
    apt-get update -q
    "${install[@]}" "kubeadm=$version-*"
    apt-mark hold kubeadm
    ;;
  kubelet)
    "${install[@]}" "kubelet=$version-*" "kubectl=$version-*"
    apt-mark hold kubelet kubectl
    # containerd keeps the image that the new version names.
    pause=$(kubeadm config images list --kubernetes-version "v$version" | grep /pause:)
    sed -i "s|registry.k8s.io/pause:[0-9.]*|$pause|" /etc/kubernetes/machine/containerd.toml
    /usr/local/sbin/prepare-machine
    systemctl daemon-reload
    systemctl restart kubelet
    ;;
  esac
}

run_here() { printf '%s\nhere %s %s </dev/null\n' "$(declare -f here)" "$2" "$version" | on "$1" 'bash -s'; }

runs() { kube "get node $1 --output jsonpath={.status.nodeInfo.kubeletVersion}" </dev/null; }

# Kubernetes goes from one version to the next, and never back.
look() {
  local is=$1
  [[ $is =~ ^v1\.([0-9]+)\.([0-9]+)$ ]] || fail "nobody knows the version \`$is\`"
  local minor=${BASH_REMATCH[1]} patch=${BASH_REMATCH[2]}
  [[ $version =~ ^1\.([0-9]+)\.([0-9]+)$ ]]
  local to=${BASH_REMATCH[1]} to_patch=${BASH_REMATCH[2]}
  ((to != minor + 1)) || return 0
  ((to != minor || to_patch < patch)) || return 0
  fail "$is cannot become $version: give a later patch of 1.$minor, or one of 1.$((minor + 1))" 2
}

# Moves the pods of a machine to others, does something, and lets them come back, whatever became of it.
without_pods() {
  local host=$1
  # On the control plane nothing moves: its own pods are the machine's.
  kube "drain $host --ignore-daemonsets --delete-emptydir-data --timeout 10m" </dev/null
  "${@:2}" || {
    kube "uncordon $host" </dev/null
    fail "$host has not become $version: look there, and go on with the same command"
  }
  kube "wait node/$host --for condition=Ready --timeout 5m" </dev/null
  kube "uncordon $host" </dev/null
}

control() {
  local host=devops-instance-1 is
  is=$(on "$host" 'kubectl --kubeconfig /etc/kubernetes/admin.conf version --output json' </dev/null |
    sed -n '/serverVersion/,$ s/.*"gitVersion": "\(v[0-9.]*\)".*/\1/p' | head -n 1)
  look "$is"
  if [[ $is != "v$version" ]]; then
    printf 'what is in the store is kept in %s of %s\n' "$(on "$host" /usr/local/sbin/back-up-etcd </dev/null | tail -n 1)" "$host"
    run_here "$host" kubeadm
    on "$host" "kubeadm upgrade plan v$version" </dev/null
    agree "bring the control plane from $is to v$version?" || fail 'the cluster is left as it was'
    on "$host" "kubeadm upgrade apply v$version --yes" </dev/null
  fi
  if [[ $(runs "$host") != "v$version" ]]; then
    without_pods "$host" run_here "$host" kubelet
  fi
  echo "$host runs v$version"
}

worker() {
  local host=$1
  if [[ $(runs "$host") != "v$version" ]]; then
    run_here "$host" kubeadm
    on "$host" 'kubeadm upgrade node' </dev/null
    without_pods "$host" run_here "$host" kubelet
  fi
  echo "$host runs v$version"
}

yes=no version=''
for word in "$@"; do
  case $word in
  --yes) yes=yes ;;
  -h | --help)
    usage
    exit
    ;;
  *)
    [[ -z $version && $word =~ ^1\.[0-9]+\.[0-9]+$ ]] || {
      usage >&2
      exit 2
    }
    version=$word
    ;;
  esac
done
[[ -n $version ]] || {
  usage >&2
  exit 2
}
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

control
# In the order of the model; those that have not joined are left out.
for host in devops-instance-2 devops-instance-3; do
  kube "get node $host --ignore-not-found --output name" </dev/null | grep -q . || {
    echo "$host is not in the cluster"
    continue
  }
  worker "$host"
done

#!/usr/bin/env bash
# Rendered by synth: change the model and run `cargo run -p synth`, not this file.
#
# Adds machines to the cluster of fastapi-devops, and takes them out of it.
set -euo pipefail

usage() {
  cat <<'END'
usage: join.sh [add] [MACHINE...]        all that work, if none is named
       join.sh remove MACHINE [--yes]

  add      joins machines that are made to the cluster; those that are in it stay as they are. Each gets a token for a quarter
           of an hour over SSH, which is deleted as soon as it has joined.
  remove   moves the pods of a machine to the others, takes it out of the cluster, and clears it. Add joins it again.

A further machine is a `Host` among the workers of the model first: render, and let OpenTofu make it. TUNNEL=1 reaches the
machines through Google's Identity-Aware Proxy.

  join.sh
  join.sh remove devops-instance-2
END
}

known() {
  case $1 in
  devops-instance-2) ;;
  devops-instance-3) ;;
  devops-instance-1) fail "$1 is the control plane" 2 ;;
  *) fail "the model has no machine $1: add a Host, render, and let OpenTofu make it" 2 ;;
  esac
}

is_in() { kube "get node $1 --ignore-not-found --output name" </dev/null | grep -q .; }

# What is known of a token is in the memory of this script, and in no argument.
add() {
  local host=$1 given token sum
  known "$host"
  if is_in "$host"; then
    echo "$host is in the cluster"
    return
  fi
  on "$host" 'systemctl is-active --quiet machine.service' </dev/null ||
    fail "$host is not ready yet: \`journalctl --unit machine\` there says how far it is"
  given=$(on devops-instance-1 /usr/local/sbin/let-in </dev/null)
  token=$(sed -n 1p <<<"$given")
  sum=$(sed -n 2p <<<"$given")
  [[ $token == *.* && $sum == sha256:* ]] || fail 'the control plane gave no token'
  forget=${token%%.*}
  printf '%s\n%s\n' "$token" "$sum" | on "$host" /usr/local/sbin/join-cluster
  forget_token
  kube "wait node/$host --for condition=Ready --timeout 5m" </dev/null
}

forget=''
forget_token() {
  [[ -n $forget ]] || return 0
  on devops-instance-1 "kubeadm token delete --kubeconfig /etc/kubernetes/admin.conf $forget" </dev/null >/dev/null
  forget=''
}

remove() {
  local host=$1
  known "$host"
  if is_in "$host"; then
    agree "move the pods of $host to other machines, and take it out?" || fail "$host is left as it was"
    kube "drain $host --ignore-daemonsets --delete-emptydir-data --timeout 10m" </dev/null
    kube "delete node $host" </dev/null
  fi
  on "$host" 'kubeadm reset --force' </dev/null
  echo "$host is out of the cluster"
}

yes=no words=()
for word in "$@"; do
  case $word in
  --yes) yes=yes ;;
  -h | --help)
    usage
    exit
    ;;
  -*)
    usage >&2
    exit 2
    ;;
  *) words+=("$word") ;;
  esac
done
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

trap forget_token EXIT
case ${words[0]-add} in
remove)
  [[ -n ${words[1]-} && -z ${words[2]-} ]] || fail 'name one machine that is to go' 2
  remove "${words[1]}"
  ;;
add)
  words=("${words[@]:1}")
  ;;&
*)
  [[ -n ${words[*]-} ]] || words=(devops-instance-2 devops-instance-3)
  for host in "${words[@]}"; do known "$host"; done
  for host in "${words[@]}"; do add "$host"; done
  ;;
esac

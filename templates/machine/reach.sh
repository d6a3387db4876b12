fail() {
  printf 'error: %s\n' "$1" >&2
  exit "${2-1}"
}

# A command on a machine, as its administrator. With TUNNEL the way is Google's Identity-Aware Proxy.
on() {
  gcloud compute ssh "$1" --project «project» --zone «zone» ${TUNNEL:+--tunnel-through-iap} --quiet --command "sudo $2"
}

kube() { on «control.name» "kubectl --kubeconfig /etc/kubernetes/admin.conf $1"; }

agree() {
  local answer
  [[ $yes != yes ]] || return 0
  read -r -p "$1 [y/N] " answer </dev/tty || answer=''
  [[ $answer == [yY]* ]]
}

command -v gcloud >/dev/null || fail 'there is no gcloud: see https://cloud.google.com/sdk/docs/install'

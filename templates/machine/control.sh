#!/usr/bin/env bash
# Makes the control plane. It runs at each start after prepare-machine, and changes nothing that is as it should be.
set -euo pipefail
umask 077

admin=/etc/kubernetes/admin.conf
settings=/etc/kubernetes/machine
kube() { kubectl --kubeconfig "$admin" "$@"; }

# What secrets are encrypted with before they come to the store. It is made here, once, and leaves the machine with no backup
# of the store.
encryption() {
  local file=/etc/kubernetes/encryption/encryption.yaml
  [[ ! -s $file ]] || return 0
  install -d -m 0700 /etc/kubernetes/encryption
  {
    printf '%s\n' 'apiVersion: apiserver.config.k8s.io/v1' 'kind: EncryptionConfiguration' 'resources:' '  - resources: [secrets]' \
      '    providers:' '      - secretbox:' '          keys:' '            - name: first'
    printf '              secret: %s\n' "$(head -c 32 /dev/urandom | base64)"
    printf '%s\n' '      - identity: {}'
  } >"$file.new"
  mv "$file.new" "$file"
}

# kubeadm makes everything or, where it was cut off, leaves what it refuses to find again: that is cleared away first. Nothing
# can be in a store that was never there as a whole; it is kept all the same.
init() {
  [[ ! -e $settings/made ]] || return 0
  if [[ -e /etc/kubernetes/kubelet.conf || -d /var/lib/etcd/member ]]; then
    [[ ! -d /var/lib/etcd/member ]] || cp --archive /var/lib/etcd "/var/lib/etcd-$(date +%s)"
    kubeadm reset --force >/dev/null
  fi
  install -d -m 0700 /var/log/kubernetes/audit
  # The token that it makes has a minute, nobody is told it, and it is deleted.
  kubeadm init --config "$settings/kubeadm.yaml" --skip-token-print
  touch "$settings/made"
}

# Tokens are for the moment in which a machine joins.
forget_tokens() {
  local token
  for token in $(kubeadm token list --kubeconfig "$admin" | grep -oE '^[a-z0-9]{6}\.' | tr -d . || true); do
    kubeadm token delete --kubeconfig "$admin" "$token" >/dev/null
  done
}

wait_for_api() {
  for _ in {1..60}; do
    [[ $(kube get --raw /readyz --request-timeout 5s 2>/dev/null || true) != ok ]] || return 0
    sleep 5
  done
  echo 'error: the API server does not answer' >&2
  exit 1
}

install -d -m 0700 -o deploy -g deploy /var/lib/deploy
encryption
init
wait_for_api
forget_tokens
systemctl enable --quiet --now approve-certificates.timer back-up-etcd.timer write-accounts.timer
echo 'the control plane is there'

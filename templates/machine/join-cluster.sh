#!/usr/bin/env bash
# Joins this machine to the cluster, with what `join.sh` gives on the input: the token and the sum of the cluster's key, each on
# a line. They are in no argument and no log, and in a file for as long as it takes.
set -euo pipefail
umask 077

if [[ -s /etc/kubernetes/kubelet.conf ]]; then
  echo 'it is in the cluster already'
  exit
fi
token='' sum=''
IFS= read -r token || true
IFS= read -r sum || true
[[ $token =~ ^[a-z0-9]{6}\.[a-z0-9]{16}$ && $sum =~ ^sha256:[0-9a-f]{64}$ ]] || {
  echo 'error: give a token and the sum of the key on the input' >&2
  exit 2
}
# On no disk.
folder=$(mktemp -d /run/join.XXXXXX)
trap 'rm -rf "$folder"' EXIT
sed -e "s|TOKEN|$token|" -e "s|SUM|$sum|" /etc/kubernetes/machine/join.yaml >"$folder/join.yaml"
# Of a time that was cut off.
[[ ! -e /var/lib/kubelet/config.yaml ]] || kubeadm reset --force >/dev/null
kubeadm join --config "$folder/join.yaml"
echo 'it has joined the cluster'

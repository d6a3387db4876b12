#!/usr/bin/env bash
# Keeps what is in the store as it is now, in /var/backups/etcd, and forgets all but the last 7. Secrets stand in it encrypted,
# and the key to them does not.
set -euo pipefail
umask 077
folder=/var/backups/etcd

install -d -m 0700 "$folder"
file=etcd-$(date --utc +%Y-%m-%dT%H-%M-%SZ).db
# The store's own program is in its container, which sees this folder of the machine.
certificates=/etc/kubernetes/pki/etcd
kubectl --kubeconfig /etc/kubernetes/admin.conf --namespace kube-system exec "etcd-«control.name»" -- etcdctl \
  --endpoints https://127.0.0.1:2379 --cacert "$certificates/ca.crt" --cert "$certificates/server.crt" \
  --key "$certificates/server.key" snapshot save /var/lib/etcd/snapshot.db >&2
mv /var/lib/etcd/snapshot.db "$folder/$file"
find "$folder" -name 'etcd-*.db' | sort --reverse | tail -n +8 | xargs --no-run-if-empty rm --
echo "$folder/$file"

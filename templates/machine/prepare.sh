#!/usr/bin/env bash
# Makes the machine one that Kubernetes runs on. It runs at each start, and changes nothing that is as it should be.
set -euo pipefail
export DEBIAN_FRONTEND=noninteractive

kubernetes='«packages.version»'
fail() {
  printf 'error: %s\n' "$1" >&2
  exit 1
}

# Key NAME FINGERPRINT ADDRESS: the one key of who signs packages. It comes over TLS and is this one or is not taken; packages
# are believed by nothing else.
key() {
  local file=/etc/apt/keyrings/$1.gpg found
  [[ ! -s $file ]] || return 0
  install -d -m 0755 /etc/apt/keyrings
  curl --fail --silent --show-error --location --proto '=https' --proto-redir '=https' --tlsv1.2 --retry 5 --max-time 60 \
    --output "$scratch/$1.asc" "$3"
  found=$(gpg --batch --no-options --homedir "$scratch" --show-keys --with-colons "$scratch/$1.asc" |
    awk -F: '$1 == "pub" { primary = 1; next } $1 == "fpr" && primary { print $10; primary = 0 }')
  [[ $found == "$2" ]] || fail "$3 has the key \`${found//$'\n'/ }\` and not $2: do not believe it, look why"
  gpg --batch --yes --no-options --homedir "$scratch" --dearmor --output "$scratch/$1.gpg" "$scratch/$1.asc"
  install -m 0644 "$scratch/$1.gpg" "$file"
}

# Whether a package is there: one that is stays, whatever version somebody brought it to.
is_there() { [[ $(dpkg-query --show --showformat '${db:Status-Status}' "$1" 2>/dev/null) == installed ]]; }

add_packages() {
  apt-get update -q -o DPkg::Lock::Timeout=300
  apt-get install -y -q --no-install-recommends --allow-change-held-packages -o DPkg::Lock::Timeout=300 \
    -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold "$@"
}

packages() {
  local missing=()
  for name in kubeadm kubelet kubectl; do
    is_there "$name" || missing+=("$name=$kubernetes")
  done
  is_there containerd.io || missing+=('containerd.io=«packages.containerd»')
  for name in chrony conntrack jq openssl socat unattended-upgrades; do
    is_there "$name" || missing+=("$name")
  done
  if [[ -n ${missing[*]-} ]]; then
    if ! command -v curl >/dev/null || ! command -v gpg >/dev/null; then add_packages ca-certificates curl gpg; fi
    key kubernetes «packages.kubernetes_key» «packages.kubernetes»Release.key
    key docker «packages.docker_key» «packages.docker»gpg
    add_packages "${missing[@]}"
  fi
  # Nothing brings these to another version but upgrade.sh, one machine after the other.
  apt-mark hold containerd.io kubeadm kubectl kubelet >/dev/null
}

kernel() {
  modprobe --all overlay br_netfilter
  sysctl --quiet --load /etc/sysctl.d/90-kubernetes.conf
  # The kubelet does not start where memory may be on a disk.
  swapoff --all
  systemctl mask --quiet swap.target
}

# containerd reads its settings at its start only.
runtime() {
  local settings=/etc/containerd/config.toml
  if ! cmp --quiet /etc/kubernetes/machine/containerd.toml "$settings"; then
    install -D -m 0644 /etc/kubernetes/machine/containerd.toml "$settings"
    systemctl restart containerd
  fi
  systemctl enable --quiet --now containerd chrony
  systemctl enable --quiet kubelet
}

scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
packages
kernel
runtime
echo 'the machine is ready for Kubernetes'

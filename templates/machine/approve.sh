#!/usr/bin/env bash
# Approves the certificates that kubelets answer with, of the machines of this cluster and no others: a request must be the
# kubelet's own, and say the machine's name and address and nothing else. Kubernetes approves none of them by itself
# (https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/#certificate-rotation).
set -euo pipefail
export KUBECONFIG=${KUBECONFIG-/etc/kubernetes/admin.conf}

# The address of a machine of this cluster.
address_of() {
  case $1 in
{%- for host in hosts %}
  «host.name») echo «host.inside» ;;
{%- endfor %}
  *) return 1 ;;
  esac
}

# The names in a request as its bytes say them, for one name and one address (RFC 5280, section 4.2.1.6): a text could be made
# to look like another.
names() {
  local name address
  name=$(printf %s "$1" | od -An -v -tx1 | tr -d ' \n')
  # shellcheck disable=SC2046 # four numbers are four words
  address=$(printf %02x $(tr . ' ' <<<"$2"))
  name=$(printf '82%02x%s8704%s' "$(printf %s "$1" | wc -c)" "$name" "$address")
  printf '30%02x%s' "$(($(printf %s "$name" | wc -c) / 2))" "$name" | tr a-f A-F
}

# Says why a request is not approved; nothing if it is.
objection() {
  local user=$1 usages=$2 pem=$3 host address said
  host=${user#system:node:}
  if [[ $user != system:node:* ]] || ! address=$(address_of "$host"); then
    echo "$user is no machine of this cluster"
    return
  fi
  # What is asked for with a key of elliptic curves, and with one of RSA.
  if [[ $usages != 'digital signature,server auth' && $usages != 'digital signature,key encipherment,server auth' ]]; then
    echo "it is for $usages"
    return
  fi
  # It ends well whether it is or not, and says it.
  if [[ $(openssl req -noout -verify <<<"$pem" 2>&1) != *'verify OK'* ]]; then
    echo 'it is not signed by its own key'
    return
  fi
  said=$(openssl req -noout -subject -nameopt RFC2253 <<<"$pem")
  if [[ $said != "subject=CN=$user,O=system:nodes" ]]; then
    echo "it says $said"
    return
  fi
  said=$(openssl asn1parse <<<"$pem" | grep -A 1 'X509v3 Subject Alternative Name')
  if [[ $(wc -l <<<"$said") != 2 || ${said##*'[HEX DUMP]:'} != "$(names "$host" "$address")" ]]; then
    echo "it is not for $host and $address alone"
  fi
}

requests() {
  kubectl get certificatesigningrequests --field-selector spec.signerName=kubernetes.io/kubelet-serving --output json |
    jq --raw-output '.items[] | select(.spec.signerName == "kubernetes.io/kubelet-serving" and (.status.conditions // []) == [])
      | select((.spec.groups // []) | index("system:nodes"))
      | [.metadata.name, .spec.username, (.spec.usages | sort | join(",")), .spec.request] | @tsv'
}

while IFS=$'\t' read -r name user usages request; do
  pem=$(base64 --decode <<<"$request") || continue
  why=$(objection "$user" "$usages" "$pem")
  if [[ -z $why ]]; then
    kubectl certificate approve "$name"
  else
    printf 'the request %s of %s is not approved: %s\n' "$name" "$user" "$why"
  fi
done < <(requests)

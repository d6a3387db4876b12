#!/usr/bin/env bash
url=$URL
if [[ -z $url ]]; then
  url=http://$(kubectl get ingress "$NAME" --namespace "$NAMESPACE" \
    --output 'jsonpath={.status.loadBalancer.ingress[0].hostname}')
fi
read -ra asked <<< "$PATHS"
# A load balancer that has just been made takes minutes until its name is known everywhere.
for path in "${asked[@]}"; do
  echo "$url$path"
  curl --fail --silent --show-error --max-time 10 --retry 40 --retry-all-errors --retry-delay 10 "$url$path"
  echo
done

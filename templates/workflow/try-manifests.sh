#!/usr/bin/env bash
# A cluster that lives as long as this job, on what kind takes for itself: an image whose digest stands in its program.
node=()
if [[ -n $NODE_IMAGE ]]; then
  if ! [[ $NODE_IMAGE =~ @sha256:[0-9a-f]{64}$ ]]; then
    echo '::error::the variable KIND_NODE_IMAGE has no digest: end it with @sha256: and 64 digits'
    exit 1
  fi
  node=(--image "$NODE_IMAGE")
fi
skopeo copy oci:image "docker-archive:$RUNNER_TEMP/image.tar:trial:commit"
kind create cluster --name trial --wait 3m "${node[@]}"
kind load image-archive "$RUNNER_TEMP/image.tar" --name trial
kubectl label nodes --all topology.kubernetes.io/zone=trial

# Kinds that only the real cluster has, and what is known only of the real account, stay out.
mkdir -p "$RUNNER_TEMP/manifests"
for file in "$FOLDER"/*.yaml; do
  sed --regexp-extended --expression 's|^( *image: ).*@\$\{image\.digest\}"?$|\1trial:commit|' \
    --expression 's/\$\{[^}]*\}/trial/g' "$file" |
    awk -v name="$RUNNER_TEMP/manifests/$(basename "$file" .yaml)" \
      'BEGIN { part = name "-00.yaml" } /^---$/ { part = sprintf("%s-%02d.yaml", name, ++number); next } { print > part }'
done
for part in "$RUNNER_TEMP"/manifests/*.yaml; do
  group=$(sed --quiet 's/^apiVersion: //p' "$part" | cut --delimiter / --fields 1)
  case $group in
  v1 | apps | autoscaling | batch | policy | *.k8s.io) kubectl apply --server-side --filename "$part" ;;
  *) echo "without $(basename "$part"), which is of $group" ;;
  esac
done
while read -r secret keys; do
  [[ -n $secret ]] || continue
  given=()
  for key in $keys; do given+=("--from-literal=$key=of a trial"); done
  kubectl create secret generic "$secret" --namespace "$NAMESPACE" "${given[@]}"
done <<< "$SECRETS"

kubectl rollout status "deployment/$NAME" --namespace "$NAMESPACE" --timeout 5m
kubectl get pods,horizontalpodautoscalers,poddisruptionbudgets --namespace "$NAMESPACE"
restarts=$(kubectl get pods --namespace "$NAMESPACE" --output json |
  jq '[.items[].status.containerStatuses[]?.restartCount] | add')
if [[ $restarts != 0 ]]; then
  echo "::error::containers were started $restarts times more than once"
  exit 1
fi
kubectl port-forward "deployment/$NAME" --namespace "$NAMESPACE" "18000:$PORT" &
read -ra asked <<< "$PATHS"
for path in "${asked[@]}"; do
  echo "$path"
  curl --fail --silent --show-error --max-time 10 --retry 10 --retry-all-errors --retry-delay 1 \
    --output "$RUNNER_TEMP/answer" "http://127.0.0.1:18000$path"
done
if kubectl run forbidden --namespace "$NAMESPACE" --image trial:commit --privileged --dry-run=server 2>&1 |
  tee "$RUNNER_TEMP/said" | grep --quiet 'violates PodSecurity'; then
  echo 'a pod with all rights is refused'
else
  echo '::error::a pod with all rights is not refused by Pod Security:'
  cat "$RUNNER_TEMP/said"
  exit 1
fi

#!/usr/bin/env bash
# As it runs later: a user without rights, nothing to write to but a scratch folder, and no more than its limits.
skopeo copy oci:image "docker-archive:$RUNNER_TEMP/image.tar:trial:commit"
docker load --input "$RUNNER_TEMP/image.tar"
given=()
while read -r setting; do
  [[ -z $setting ]] || given+=(--env "$setting")
done <<< "$SETTINGS"
while read -r folder keys; do
  [[ -n $folder ]] || continue
  mkdir -p "$RUNNER_TEMP/given$folder"
  for key in $keys; do echo 'of a trial' > "$RUNNER_TEMP/given$folder/$key"; done
  given+=(--volume "$RUNNER_TEMP/given$folder:$folder:ro")
done <<< "$SECRETS"
docker run --detach --name trial --user 1000:1000 --read-only --tmpfs /tmp:size=64m --cap-drop ALL \
  --security-opt no-new-privileges --cpus "$CPUS" --memory "$MEMORY" --memory-swap "$MEMORY" \
  --publish "127.0.0.1:$PORT:$PORT" "${given[@]}" trial:commit
for _ in {1..60}; do
  ! curl --fail --silent --max-time 5 "http://127.0.0.1:$PORT$HEALTH" || exit 0
  sleep 1
done
echo "::error::it does not answer on $HEALTH within a minute"
exit 1

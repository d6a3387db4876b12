#!/usr/bin/env bash
# The machine is known before it is asked, by a key that a person has recorded. The key that is shown there stands in a file as
# long as this step takes.
if ! [[ $ADDRESS =~ ^[0-9]{1,3}(\.[0-9]{1,3}){3}$ ]]; then
  echo "::error::nobody says where the control plane is: give its address with gh secret set CONTROL_PLANE_IP --env $ENVIRONMENT"
  exit 1
fi
if [[ $SSH_PRIVATE_KEY != *'PRIVATE KEY-----'* ]]; then
  echo "::error::there is no key to show: give it with gh secret set SSH_PRIVATE_KEY --env $ENVIRONMENT"
  exit 1
fi
umask 077
folder=$RUNNER_TEMP/ssh
mkdir "$folder"
trap 'rm -rf "$folder"' EXIT
printf '%s\n' "${SSH_PRIVATE_KEY//$'\r'/}" > "$folder/key"
printf '%s\n' "${KNOWN_HOSTS//$'\r'/}" > "$folder/known_hosts"
if ! ssh-keygen -F "$ADDRESS" -f "$folder/known_hosts" > "$folder/found"; then
  echo "::error::nobody says how the control plane is known: give the line of its host key with gh variable set CONTROL_PLANE_KNOWN_HOSTS --env $ENVIRONMENT"
  exit 1
fi

# What a machine says is no command to GitHub's runner. Its last line is kept.
ask() { # WORDS, with the input of the command
  local code=0 stop
  stop=$(openssl rand -hex 16)
  echo "::stop-commands::$stop"
  ssh -T -F /dev/null -i "$folder/key" -o BatchMode=yes -o IdentitiesOnly=yes -o StrictHostKeyChecking=yes \
    -o "UserKnownHostsFile=$folder/known_hosts" -o GlobalKnownHostsFile=/dev/null -o ConnectTimeout=20 \
    -o ServerAliveInterval=15 -o ServerAliveCountMax=8 "$LOGIN@$ADDRESS" "$1" | tee "$folder/said" || code=${PIPESTATUS[0]}
  printf '\n::%s::\n' "$stop"
  last=$(tail --lines 1 "$folder/said")
  return "$code"
}
end() { # WORDS, of which none is the machine's
  echo "::error::$1"
  echo "$1" >> "$GITHUB_STEP_SUMMARY"
  exit 1
}

verb=apply input=$RUNNER_TEMP/manifests.yaml
[[ -z $ROLLBACK_TO ]] || verb=rollback input=/dev/null
code=0
ask "$verb $NAMESPACE $DIGEST" < "$input" || code=$?
case $code in
0) [[ $last == "deployed $NAMESPACE $DIGEST" ]] || end "The machine does not say that $NAMESPACE runs $DIGEST: the log tells what it says." ;;
1) end "The pods of $DIGEST did not get ready: $NAMESPACE runs again what it ran before. The log says why." ;;
2) end "The machine refused to $verb $DIGEST in $NAMESPACE and changed nothing: the log says why." ;;
3) end "Another deployment of $NAMESPACE is at work on the machine, and nothing was changed: run this again when it has ended." ;;
4) end "The pods of $DIGEST did not get ready, and neither did what ran in $NAMESPACE before: a person must look. The log says why." ;;
255) end "The control plane was not reached, or does not know the key, or is not the one that is known: see CONTROL_PLANE_IP, SSH_PRIVATE_KEY and CONTROL_PLANE_KNOWN_HOSTS of $ENVIRONMENT." ;;
*) end "The machine ended with $code, which means nothing here: the log tells what it says." ;;
esac
if ! ask "status $NAMESPACE" < /dev/null || [[ $last != "runs $NAMESPACE $DIGEST" ]]; then
  end "The machine does not say that $NAMESPACE runs $DIGEST: the log tells what runs."
fi
echo "\`$NAMESPACE\` runs \`$DIGEST\`." >> "$GITHUB_STEP_SUMMARY"

#!/usr/bin/env bash
# Lets one key deploy one environment, in the place of the one before: `set-deploy-key ENVIRONMENT` reads the public key.
set -euo pipefail
file=/etc/ssh/deploy_keys
namespace=${1-}
case $namespace in
{% for one in namespaces %}{% if not loop.first %} | {% endif %}«one»{% endfor %}) ;;
*)
  echo "error: there is no environment \`$namespace\`" >&2
  exit 2
  ;;
esac
IFS= read -r key || true
[[ $key =~ ^ssh-ed25519\ [A-Za-z0-9+/]+=*(\ [-A-Za-z0-9@._]*)?$ ]] || {
  echo 'error: that is no public key of ssh-ed25519' >&2
  exit 2
}
touch "$file"
command="command=\"/usr/local/bin/deploy $namespace\""
{
  grep -v -F "$command" "$file" || true
  printf 'restrict,%s %s\n' "$command" "$key"
} >"$file.new"
chmod 0644 "$file.new"
mv "$file.new" "$file"

#!/usr/bin/env bash
# Deploys every stack of every system with the real AWS CLI to two local stand-ins of AWS, on loopback:
#   moto       takes every type, so it gets the templates as rendered; what came of them is asked of the services.
#   ministack  is stricter; the types that it refuses are taken out. Create, an empty change set, an update, delete.
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
RUN=$CHECKERS/deploy
export PATH="$CHECKERS/bin:$PATH" AWS_PAGER='' AWS_ACCESS_KEY_ID=test AWS_SECRET_ACCESS_KEY=test
AWS_DEFAULT_REGION=us-east-1
export AWS_DEFAULT_REGION
rm -rf "$RUN"
mkdir -p "$RUN"

say() { printf -- '-- %s (%ss)\n' "$*" "$SECONDS"; }
fail() { echo "deploy: $*" >&2; exit 1; }

TARGET=
finish() { [ -z "$TARGET" ] || kill "$TARGET" 2>/dev/null || true; }
trap finish EXIT

await() { # await PORT: until something listens there
    for _ in $(seq 120); do
        (exec 3<>"/dev/tcp/127.0.0.1/$1") 2>/dev/null && return
        sleep 0.5
    done
    fail "nothing listens on port $1: $(tail -n 5 "$RUN"/*.log)"
}

call() { aws --endpoint-url "http://127.0.0.1:$PORT" "$@"; }

# Each stack in the order of deployment: name, template, parameters, capabilities.
list() { jq --raw-output '.[] | [.stack_name, .template, .parameters, (.capabilities | join(" "))] | @tsv' "$RUN/list.json"; }

deploy() { # deploy NAME TEMPLATE PARAMETERS CAPABILITIES, as the README of a system and its pipeline do
    local agreed=() overrides
    [ -z "$4" ] || agreed=(--capabilities "$4")
    mapfile -t overrides < <(jq --raw-output '.[] | "\(.ParameterKey)=\(.ParameterValue)"' "$3")
    call cloudformation deploy --stack-name "$1" --template-file "$2" --parameter-overrides "${overrides[@]}" \
        --no-fail-on-empty-changeset "${agreed[@]}"
}

parameters() { # parameters FILE CERTIFICATE: a copy with a certificate that is there; prints its path
    local copy
    copy=$RUN/parameters-$(cksum <<<"$1" | cut -d ' ' -f 1).json
    jq --arg certificate "$2" \
        'map(if .ParameterKey == "CertificateArn" then .ParameterValue = $certificate else . end)' "$1" >"$copy"
    echo "$copy"
}

is() { # is WHAT EXPECTED ACTUAL
    [ "$2" = "$3" ] || fail "$1: expected $2, there is $3"
    echo "   $1: $3"
}

count() { call "${@:2}" --query "length($1)" --output text; }

cargo run --locked --quiet --package synth -- list --format json >"$RUN/list.json"

say "moto, as rendered"
PORT=5055
"$CHECKERS/py/moto/bin/python" .ci/moto_target.py --host 127.0.0.1 --port $PORT >"$RUN/moto.log" 2>&1 &
TARGET=$!
await $PORT
certificate=$(call acm request-certificate --domain-name example.com --query CertificateArn --output text)
while IFS=$'\t' read -r name template file capabilities; do
    deploy "$name" "$template" "$(parameters "$file" "$certificate")" "$capabilities" >"$RUN/out" 2>&1 \
        || { cat "$RUN/out"; tail -n 20 "$RUN/moto.log"; fail "$name does not deploy to moto"; }
    echo "   $name: $(call cloudformation describe-stacks --stack-name "$name" --query 'Stacks[0].StackStatus' --output text)"
done < <(list)
while read -r system environment; do
    cluster=$system-$environment
    template() { cat "out/$system/$environment/$1.template.json"; }
    of() { template "$1" | jq "[.Resources[] | select(.Type == \"$2\")] | length"; }
    mine="Name=tag:environment,Values=$environment Name=tag:system,Values=$system"
    read -ra mine <<<"$mine"
    vpc=$(call ec2 describe-vpcs --filters "${mine[@]}" --query 'Vpcs[0].VpcId' --output text)
    is "$cluster subnets" "$(of network AWS::EC2::Subnet)" "$(count Subnets ec2 describe-subnets --filters "${mine[@]}")"
    is "$cluster NAT gateways" "$(of network AWS::EC2::NatGateway)" "$(count NatGateways ec2 describe-nat-gateways --filter "Name=vpc-id,Values=$vpc")"
    is "$cluster services" 1 "$(count serviceArns ecs list-services --cluster "$cluster")"
    service=$(call ecs describe-services --cluster "$cluster" --services "$system" --output json)
    is "$cluster runs" ACTIVE "$(jq --raw-output '.services[0].status' <<<"$service")"
    definition=$(call ecs describe-task-definition --task-definition "$cluster" --query taskDefinition --output json)
    is "$cluster container is read-only" true "$(jq '.containerDefinitions[0].readonlyRootFilesystem' <<<"$definition")"
    is "$cluster container's user" 1000:1000 "$(jq --raw-output '.containerDefinitions[0].user' <<<"$definition")"
    is "$cluster log group" 1 "$(count logGroups logs describe-log-groups --log-group-name-prefix "/ecs/$system/$environment")"
    is "$cluster dashboard" 1 "$(count DashboardEntries cloudwatch list-dashboards --dashboard-name-prefix "$cluster")"
    is "$cluster topic" 1 "$(call sns list-topics --output json | jq --arg name ":$cluster-alerts" '[.Topics[].TopicArn | select(endswith($name))] | length')"
done < <(jq --raw-output '[.[] | [.system, .environment]] | unique[] | @tsv' "$RUN/list.json")
is "registries" "$(jq '[.[].system] | unique | length' "$RUN/list.json")" "$(count repositories ecr describe-repositories)"
kill "$TARGET"
wait "$TARGET" 2>/dev/null || true

say "ministack, without the types that it refuses"
PORT=4567
mkdir -p "$RUN/ministack"
BIND_HOST=127.0.0.1 MINISTACK_HOST=127.0.0.1 IOT_MTLS_ENABLED=0 GATEWAY_PORT=$PORT HOME=$RUN/ministack \
    ministack >"$RUN/ministack.log" 2>&1 &
TARGET=$!
await $PORT
certificate=$(call acm request-certificate --domain-name example.com --query CertificateArn --output text)
stripped() { echo "$RUN/$(tr / - <<<"$1")"; }
while IFS=$'\t' read -r name template file capabilities; do
    python3 .ci/without.py ministack "$template" "$(stripped "$template")" | sed 's/^/   /'
    file=$(parameters "$file" "$certificate")
    deploy "$name" "$(stripped "$template")" "$file" "$capabilities" >"$RUN/out" 2>&1 \
        || { cat "$RUN/out"; fail "$name does not deploy to ministack"; }
    is "$name" CREATE_COMPLETE "$(call cloudformation describe-stacks --stack-name "$name" --query 'Stacks[0].StackStatus' --output text)"
    deploy "$name" "$(stripped "$template")" "$file" "$capabilities" >"$RUN/out" 2>&1 || { cat "$RUN/out"; fail "$name: an empty change set fails"; }
    grep -q "No changes to deploy" "$RUN/out" || { cat "$RUN/out"; fail "$name: the same template again is a change"; }
done < <(list)
say "an update: a release of an image"
digest=sha256:$(printf 'a%.0s' {1..64})
while IFS=$'\t' read -r name template _ capabilities; do
    [[ $name == *-service ]] || continue
    call cloudformation deploy --stack-name "$name" --template-file "$(stripped "$template")" \
        --parameter-overrides "ImageDigest=$digest" --capabilities "$capabilities" >"$RUN/out" 2>&1 || { cat "$RUN/out"; fail "$name does not update"; }
    cluster=${name%-service}
    image=$(call ecs describe-task-definition --task-definition "$cluster" --query 'taskDefinition.containerDefinitions[0].image' --output text)
    is "$name released" "$digest" "${image#*@}"
done < <(list)
say "everything is deleted again"
while IFS=$'\t' read -r name _; do
    call cloudformation delete-stack --stack-name "$name"
    call cloudformation wait stack-delete-complete --stack-name "$name" || fail "$name does not delete"
    echo "   $name: gone"
done < <(list | tac)
say "all stacks deployed"

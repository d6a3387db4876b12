#!/usr/bin/env bash
# Builds the control plane of Kubernetes 1.20 from Debian's source, which is the newest that is to be had in the registries,
# and puts it into .checkers/bin. It takes about 16 minutes of processor time, so what was built is kept in the user's cache.
# Needs root or sudo for apt-get.
set -euo pipefail
cd "$(dirname "$0")/.."
PROGRAMS=(kube-apiserver kube-controller-manager kube-scheduler)
VERSION=1.20.2
SOURCE=b83c0780efb182d928dc63d46488a847f161f04e40a94b96bf5247dd671ecdfc
REFLECT=af150a5172cf4c19bb321a53e67103e7fb18d07c1baa1e816a235155265d3948
hash=$(sha256sum "$0")
CACHE=${XDG_CACHE_HOME:-$HOME/.cache}/synth-ci/control-plane-$VERSION-${hash:0:16}
SCRATCH=$CACHE.build

# What Debian's archive has, without a change of the machine's own sources.
download() {
    local folder=$1/apt mirror
    mkdir -p "$folder"/{lists/partial,cache/archives/partial}
    # shellcheck disable=SC2016 # the variable is one of apt's
    mirror=$(apt-get indextargets --format '$(REPO_URI)' 2>/dev/null | grep -v security | sort -u | head -n 1)
    printf '%s\n' "deb $mirror bookworm main" "deb-src $mirror bookworm main" >"$folder/sources.list"
    local options=(-o "Dir::Etc::sourcelist=$folder/sources.list" -o Dir::Etc::sourceparts=/dev/null
        -o "Dir::State::lists=$folder/lists" -o "Dir::Cache=$folder/cache" -o APT::Sandbox::User=root)
    apt-get "${options[@]}" update -q
    (cd "$1" && apt-get "${options[@]}" source -q --download-only kubernetes)
    (cd "$1" && apt-get "${options[@]}" download -q golang-github-modern-go-reflect2-dev)
    sha256sum --check - <<SUMS
$SOURCE  $(echo "$1"/kubernetes_*.orig.tar.gz)
$REFLECT  $(echo "$1"/golang-github-modern-go-reflect2-dev_*.deb)
SUMS
}

build() {
    bash .ci/debian.sh etcd-server golang-1.19-go rsync make git
    download "$SCRATCH"
    tar --directory "$SCRATCH" --extract --file "$SCRATCH"/kubernetes_*.orig.tar.gz
    dpkg -x "$SCRATCH"/golang-*.deb "$SCRATCH/reflect2"
    local tree reflect
    tree=$(echo "$SCRATCH"/kubernetes-*/)
    # The one that the source brings ends programs of this compiler.
    reflect=$tree/vendor/github.com/modern-go/reflect2
    rm -f "$reflect"/*.{go,s}
    cp "$SCRATCH"/reflect2/usr/share/gocode/src/github.com/modern-go/reflect2/*.{go,s} "$reflect/"
    rm -f "$reflect"/*_test.go
    (
        cd "$tree"
        export PATH=/usr/lib/go-1.19/bin:$PATH GOPROXY=off GOCACHE=$SCRATCH/cache CGO_ENABLED=0 GO111MODULE=off GOFLAGS=
        export KUBE_GIT_TREE_STATE=archive KUBE_GIT_VERSION=v$VERSION KUBE_GIT_MAJOR=1 KUBE_GIT_MINOR=20 KUBE_GIT_COMMIT=debian
        make WHAT="${PROGRAMS[*]/#/cmd/}"
    )
    # All of it or nothing, whenever this is cut off.
    mkdir "$SCRATCH/done"
    cp "${PROGRAMS[@]/#/$tree/_output/local/go/bin/}" "$SCRATCH/done/"
    mv "$SCRATCH/done" "$CACHE"
}

# Of several that run at once, one builds.
mkdir -p "$(dirname "$CACHE")"
exec 8>"$CACHE.lock"
flock 8
if [ ! -d "$CACHE" ]; then
    # Of one that was cut off.
    rm -rf "$SCRATCH"
    mkdir -p "$SCRATCH"
    build
    rm -rf "$SCRATCH"
fi
flock --unlock 8
# Of what is kept, the cluster needs this as well.
bash .ci/debian.sh etcd-server openssl
mkdir -p .checkers/bin
for program in "${PROGRAMS[@]}"; do ln -sfn "$CACHE/$program" ".checkers/bin/$program"; done
.checkers/bin/kube-apiserver --version

# Builds one service of app/:  docker build --build-arg SERVICE=predictor -t predictor .
#                              docker build --build-arg SERVICE=cars --build-arg PORT=5000 -t cars-api .
# Both architectures build alike, each on its own kind of machine or under emulation.

# The manifests and empty sources: this stage always runs, but what it yields changes only with them.
FROM rust:1.95-slim-bookworm AS manifests
WORKDIR /all
COPY . .
RUN mkdir /bare \
    && find . \( -name Cargo.toml -o -name Cargo.lock \) -exec cp --parents -t /bare '{}' + \
    && find . -name '*.rs' \( -path '*/bench*/*' -o -path '*/tests/*' \) -exec cp --parents -t /bare '{}' + \
    && find /bare -name '*.rs' -exec truncate -s 0 '{}' + \
    && echo 'fn main() {}' > /main.rs \
    && find /bare -mindepth 2 -name Cargo.toml -execdir mkdir -p src \; \
        -execdir touch src/lib.rs \; -execdir cp /main.rs src/main.rs \;

FROM rust:1.95-slim-bookworm AS build
ARG SERVICE=predictor
# glibc is linked in. Naming a target, even the host's own, keeps the flag from procedural macros.
ENV RUSTFLAGS="-C target-feature=+crt-static" CARGO_TARGET_DIR=/target
WORKDIR /src
# The dependencies: a layer that lives as long as the manifests do.
COPY --from=manifests /bare .
RUN rustc --print host-tuple > /host \
    && cargo build --locked --profile dist --package "${SERVICE}" --target "$(cat /host)"
# The service. Its sources are touched, as they may be older than the empty ones were.
COPY . .
RUN find app -name '*.rs' -exec touch {} + \
    && cargo build --locked --profile dist --package "${SERVICE}" --target "$(cat /host)" \
    && cp "/target/$(cat /host)/dist/${SERVICE}" /service

# Nothing but the binary: the authorities that it trusts, if it calls another host, are in it.
FROM scratch
ARG SERVICE=predictor
# Only what tools show as the port: the service listens where its settings say.
ARG PORT=8000
ARG VERSION=0.0.0
ARG REVISION=unknown
LABEL org.opencontainers.image.title="${SERVICE}" \
    org.opencontainers.image.version="${VERSION}" \
    org.opencontainers.image.revision="${REVISION}" \
    org.opencontainers.image.licenses="MIT"
COPY --from=build /service /service
USER 1000:1000
EXPOSE ${PORT}
STOPSIGNAL SIGTERM
HEALTHCHECK --interval=10s --timeout=5s --start-period=5s --retries=3 CMD ["/service", "healthcheck"]
ENTRYPOINT ["/service"]

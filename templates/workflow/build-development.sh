#!/usr/bin/env bash
# The image that people develop in: it runs as nobody in particular, and what it holds passes the tests.
docker build --file "$DOCKERFILE" --tag "$IMAGE" .
user=$(docker run --rm --cap-drop ALL --security-opt no-new-privileges --entrypoint id "$IMAGE" -u)
if [[ $user != 1000 ]]; then
  echo "::error::it runs as user $user, and not as 1000"
  exit 1
fi
docker run --rm --cap-drop ALL --security-opt no-new-privileges "$IMAGE" cargo test --locked --package "$PACKAGE"

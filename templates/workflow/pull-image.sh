#!/usr/bin/env bash
# What is in an image is told of what the registry holds, on the processor that the tasks run on.
skopeo copy --override-os linux --override-arch "$PLATFORM" "docker://$IMAGE@$DIGEST" oci:published

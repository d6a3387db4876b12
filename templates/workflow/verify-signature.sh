#!/usr/bin/env bash
cosign verify \
  --certificate-identity "$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/.github/workflows/$WORKFLOW@refs/heads/$BRANCH" \
  --certificate-oidc-issuer https://token.actions.githubusercontent.com \
  --output text "$IMAGE@$DIGEST"

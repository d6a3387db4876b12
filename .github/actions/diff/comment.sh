#!/usr/bin/env bash
# Writes REVIEW as a comment on the pull request NUMBER, over the one that it wrote before.
set -euo pipefail

gh pr comment "$NUMBER" --repo "$GITHUB_REPOSITORY" --edit-last --create-if-none --body-file "$REVIEW"

#!/usr/bin/env bash
# Who signed it: this workflow's own file, on one of the branches that lead to an environment.
file=$GITHUB_SERVER_URL/$GITHUB_REPOSITORY/.github/workflows/$WORKFLOW
file=${file//./\\.} names=${BRANCHES//./\\.}
identity="^$file@refs/heads/(${names// /|})\$"
cosign verify --certificate-identity-regexp "$identity" \
  --certificate-oidc-issuer https://token.actions.githubusercontent.com --output text "$IMAGE@$DIGEST"
# Of what it was built: the certificate of the attestation names the commit that the run was of.
attested=$(gh attestation verify "oci://$IMAGE@$DIGEST" --repo "$GITHUB_REPOSITORY" --cert-identity-regex "$identity" \
  --deny-self-hosted-runners --format json \
  --jq '[.[].verificationResult.signature.certificate.sourceRepositoryDigest] | unique[]')
tree() { gh api "repos/$GITHUB_REPOSITORY/git/commits/$1" --jq .tree.sha; }
wanted=
[[ -z $COMMIT ]] || wanted=$(tree "$COMMIT")
for commit in $attested; do
  files=$(tree "$commit") || continue
  if [[ $files == "${wanted:-$files}" ]]; then
    echo "\`$DIGEST\` was built by this workflow of the commit \`$commit\`, with the files \`$files\`." | tee --append "$GITHUB_STEP_SUMMARY"
    exit 0
  fi
done
echo "::error::$DIGEST was not built of the files of ${COMMIT:-a commit that is there}: delete the tag on Docker Hub that led to it, and see who made it"
exit 1

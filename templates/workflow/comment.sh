#!/usr/bin/env bash
[[ -s $TEXT ]] || exit 0
# GitHub takes comments of up to 65,536 characters.
{ echo "$MARKER"; head --bytes 60000 "$TEXT"; } > comment.md
comments=repos/$GITHUB_REPOSITORY/issues/$PULL_REQUEST/comments
id=$(gh api --paginate "$comments" | jq --raw-output --slurp --arg marker "$MARKER" \
  'add // [] | map(select(.user.type == "Bot" and (.body | startswith($marker))))[0].id // empty')
if [[ -n $id ]]; then
  gh api --silent --method PATCH "repos/$GITHUB_REPOSITORY/issues/comments/$id" --field body=@comment.md
else
  gh api --silent --method POST "$comments" --field body=@comment.md
fi

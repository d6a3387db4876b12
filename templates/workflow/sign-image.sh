#!/usr/bin/env bash
cosign sign --yes "$IMAGE@$DIGEST"

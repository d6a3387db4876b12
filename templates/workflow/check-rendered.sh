#!/usr/bin/env bash
read -ra command <<< "$SYNTH"
"${command[@]}" check

#!/usr/bin/env bash
# A Prometheus of Ubuntu's own reads what the service tells, and is asked for the figures that alerts and pictures need.
sudo apt-get update -qq
sudo apt-get install -qq --no-install-recommends prometheus
curl --fail --silent --show-error "http://127.0.0.1:$PORT$FIGURES" > "$RUNNER_TEMP/figures.txt"
promtool check metrics < "$RUNNER_TEMP/figures.txt"
cat > "$RUNNER_TEMP/prometheus.yml" << END
scrape_configs:
  - job_name: trial
    scrape_interval: 1s
    scrape_timeout: 1s
    metrics_path: $FIGURES
    static_configs: [{ targets: ["127.0.0.1:$PORT"] }]
END
prometheus --config.file "$RUNNER_TEMP/prometheus.yml" --storage.tsdb.path "$RUNNER_TEMP/prometheus" \
  --web.listen-address 127.0.0.1:19090 > "$RUNNER_TEMP/prometheus.log" 2>&1 &
trap 'kill %1' EXIT
series() {
  curl --fail --silent --get --data-urlencode "query=$1" http://127.0.0.1:19090/api/v1/query |
    jq '.data.result | length'
}
read -ra wanted <<< "$NAMES"
for query in 'up{job="trial"} == 1' "${wanted[@]}"; do
  for attempt in {1..30}; do
    found=$(series "$query" || true)
    ((${found:-0} == 0)) || break
    sleep 1
  done
  echo "$query: ${found:-0} series after $attempt looks"
  if ((${found:-0} == 0)); then
    echo "::error::Prometheus finds nothing of $query"
    exit 1
  fi
done

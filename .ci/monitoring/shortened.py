"""Shortens the durations of rendered files, all of them by one factor, so that a rule stays the rule that it is.

An hour becomes a minute, a minute a second. It is exact to a millisecond, which is the least that Prometheus knows.
Thresholds stay as they are, such as seconds of an answer: they are what is measured and not how long it is looked at.
"""
import re

FACTOR = 60
MILLIS = {"ms": 1, "s": 1000, "m": 60_000, "h": 3_600_000, "d": 86_400_000, "w": 604_800_000, "y": 31_536_000_000}
DURATION = re.compile(r"(?:\d+(?:ms|[smhdwy]))+")
# Where a duration stands in what is rendered for Prometheus, its operator and Alertmanager.
KEYS = {"for", "group_interval", "group_wait", "interval", "keep_firing_for", "repeat_interval", "scrapeTimeout"}
# What PromQL looks back with: a range, and how long ago it ends.
BACK = re.compile(rf"(\[|\boffset )({DURATION.pattern})")
# What else it may look back with.
OTHER = re.compile(rf"\[[^\]]*:|\boffset (?!{DURATION.pattern})|@")


def millis(text):
    parts = re.findall(r"(\d+)(ms|[smhdwy])", text)
    return sum(int(number) * MILLIS[unit] for number, unit in parts)


def shorter(text):
    return f"{max(1, round(millis(text) / FACTOR))}ms"


def expression(text):
    """PromQL with shorter ranges and offsets. The names of what is recorded stay."""
    if OTHER.search(text):
        raise SystemExit(f"nothing here shortens this: {text}")
    return BACK.sub(lambda found: found[1] + shorter(found[2]), text)


def shortened(value, key=""):
    """An object with shorter durations. One that stands where none is known to be ends this."""
    if isinstance(value, dict):
        return {name: shortened(inner, name) for name, inner in value.items()}
    if isinstance(value, list):
        return [shortened(inner, key) for inner in value]
    if key == "expr":
        return expression(value)
    if key in KEYS:
        return shorter(value)
    if isinstance(value, str) and DURATION.fullmatch(value):
        raise SystemExit(f"is {key}: {value} a duration?")
    return value

//! The figures of this process that Prometheus clients usually show, read from Linux's `/proc`.

use std::fmt::Write as _;
use std::fs;

/// Linux counts processor time for user space in hundredths of a second on every architecture.
const TICKS_PER_SECOND: f64 = 100.0;

/// Appends the figures that can be read; elsewhere than on Linux, none.
pub(crate) fn render(text: &mut String, started_unix_seconds: f64) {
    gauge(
        text,
        "process_start_time_seconds",
        "gauge",
        "Start of the process in unix time.",
        started_unix_seconds,
    );
    if let Some(seconds) = processor_seconds() {
        gauge(
            text,
            "process_cpu_seconds_total",
            "counter",
            "User and system processor time spent.",
            seconds,
        );
    }
    if let Some(bytes) = status_bytes("VmRSS:") {
        gauge(
            text,
            "process_resident_memory_bytes",
            "gauge",
            "Resident memory.",
            bytes,
        );
    }
    if let Some(bytes) = status_bytes("VmSize:") {
        gauge(text, "process_virtual_memory_bytes", "gauge", "Virtual memory.", bytes);
    }
    if let Ok(entries) = fs::read_dir("/proc/self/fd") {
        let count = u32::try_from(entries.count()).unwrap_or(u32::MAX);
        gauge(
            text,
            "process_open_fds",
            "gauge",
            "Open file descriptors.",
            count.into(),
        );
    }
}

fn gauge(text: &mut String, name: &str, kind: &str, help: &str, value: f64) {
    // Writing to a string does not fail.
    let _ = writeln!(text, "# HELP {name} {help}\n# TYPE {name} {kind}\n{name} {value}");
}

fn processor_seconds() -> Option<f64> {
    let stat = fs::read_to_string("/proc/self/stat").ok()?;
    // The second field is the program's name in parentheses and may hold blanks.
    let mut fields = stat.rsplit_once(')')?.1.split_ascii_whitespace().skip(11);
    let user: u32 = fields.next()?.parse().ok()?;
    let system: u32 = fields.next()?.parse().ok()?;
    Some(f64::from(user) / TICKS_PER_SECOND + f64::from(system) / TICKS_PER_SECOND)
}

fn status_bytes(name: &str) -> Option<f64> {
    let status = fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find(|line| line.starts_with(name))?;
    let kibibytes: u32 = line.split_ascii_whitespace().nth(1)?.parse().ok()?;
    Some(f64::from(kibibytes) * 1024.0)
}

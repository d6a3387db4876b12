//! What the Pod Security Standards let pods have:
//! <https://kubernetes.io/docs/concepts/security/pod-security-standards/>.

use crate::schema::kubernetes::Version;

/// What a container may have by the baseline.
pub(super) const CAPABILITIES: [&str; 13] = [
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// Settings of the kernel that touch only the pod, and since when they are known.
pub(super) const SYSCTLS: [(&str, Version); 14] = [
    ("kernel.shm_rmid_forced", Version::V1_30),
    ("net.ipv4.ip_local_port_range", Version::V1_30),
    ("net.ipv4.tcp_syncookies", Version::V1_30),
    ("net.ipv4.ping_group_range", Version::V1_30),
    ("net.ipv4.ip_unprivileged_port_start", Version::V1_30),
    ("net.ipv4.ip_local_reserved_ports", Version::V1_30),
    ("net.ipv4.tcp_keepalive_time", Version::V1_30),
    ("net.ipv4.tcp_fin_timeout", Version::V1_30),
    ("net.ipv4.tcp_keepalive_intvl", Version::V1_30),
    ("net.ipv4.tcp_keepalive_probes", Version::V1_30),
    ("net.ipv4.tcp_rmem", Version::V1_32),
    ("net.ipv4.tcp_wmem", Version::V1_32),
    ("net.ipv4.tcp_slow_start_after_idle", Version::V1_37),
    ("net.ipv4.tcp_notsent_lowat", Version::V1_37),
];

/// The volumes that restricted pods may have.
pub(super) const VOLUMES: [&str; 9] = [
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

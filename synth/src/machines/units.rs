//! What systemd starts on a machine.

/// What is done at each start, and again where it fails: the network may come late, and a mirror may be away.
pub(super) fn machine(control: bool) -> String {
    let more = if control {
        "ExecStart=/usr/local/sbin/make-control-plane\n"
    } else {
        ""
    };
    format!(
        "[Unit]
Description=Makes this machine one of the cluster
Wants=network-online.target
After=network-online.target containerd.service
StartLimitIntervalSec=0

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/local/sbin/prepare-machine
{more}Restart=on-failure
RestartSec=30
TimeoutStartSec=30min

[Install]
WantedBy=multi-user.target
"
    )
}

/// A program that runs again and again: what it is for, its path, and when.
pub(super) fn again(description: &str, program: &str, when: &str) -> [(&'static str, String); 2] {
    let service = format!(
        "[Unit]
Description={description}
After=network-online.target

[Service]
Type=oneshot
ExecStart={program}
NoNewPrivileges=yes
PrivateTmp=yes
ProtectHome=yes
"
    );
    let timer = format!(
        "[Unit]
Description={description}

[Timer]
{when}

[Install]
WantedBy=timers.target
"
    );
    [("service", service), ("timer", timer)]
}

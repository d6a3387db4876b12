//! What a machine does at its first start: it writes files, and starts what does the rest at every start.

use serde_json::{Value as Json, json};

use super::view::{Packages, View};
use super::{Error, USER, kubeadm, settings, units};
use crate::manifest::{documents, yaml};
use crate::model::{Host, Machines};
use crate::text;

/// A file: its path, its rights, its text.
type File = (String, &'static str, String);

/// What somebody who may become root runs, and nobody else.
const PROGRAM: &str = "0700";

/// What anybody may read: there is no secret in it.
const SETTING: &str = "0644";

/// The text that stands in the metadata of a machine.
pub(super) fn of(machines: &Machines, host: &Host, view: &View<'_>, renders: &str) -> Result<String, Error> {
    let leads = host.name == machines.control.name;
    let mut files = shared(machines, view, renders, leads)?;
    if leads {
        files.extend(control(machines, view, renders)?);
    } else {
        let join = yaml(&kubeadm::worker(machines, host));
        files.push(("/etc/kubernetes/machine/join.yaml".into(), SETTING, join));
        let program = text::render("machine/join-cluster.sh", renders, view)?;
        files.push(("/usr/local/sbin/join-cluster".into(), PROGRAM, program));
    }
    let files: Vec<Json> = files
        .into_iter()
        .map(|(path, rights, text)| json!({ "path": path, "owner": "root:root", "permissions": rights, "content": text }))
        .collect();
    let mut all = json!({
        "hostname": host.name.as_str(),
        "ssh_pwauth": false,
        "disable_root": true,
        "timezone": "Etc/UTC",
    });
    if leads {
        all["users"] = users();
    }
    all["write_files"] = files.into();
    all["runcmd"] = json!([
        ["systemctl", "daemon-reload"],
        ["systemctl", "restart", "systemd-journald", "systemd-logind"],
        ["systemctl", "try-reload-or-restart", "ssh"],
        ["systemctl", "enable", "--now", "--no-block", "machine.service"],
    ]);
    let head = format!("#cloud-config\n# Rendered by synth: change the model and run `{renders}`, not this file.\n");
    Ok(head + &yaml(&all))
}

/// The user whose keys deploy has no password, and no rights but to its own folder.
fn users() -> Json {
    json!([
        "default",
        {
            "name": USER,
            "gecos": "Deploys environments",
            "homedir": format!("/var/lib/{USER}"),
            "shell": "/bin/bash",
            "system": true,
            "lock_passwd": true,
        },
    ])
}

fn shared(machines: &Machines, view: &View<'_>, renders: &str, leads: bool) -> Result<Vec<File>, Error> {
    let setting = |path: &str, text: String| (path.to_owned(), SETTING, text);
    let prepare = text::render("machine/prepare.sh", renders, view)?;
    let mut files = vec![
        setting("/etc/modules-load.d/kubernetes.conf", settings::MODULES.into()),
        setting("/etc/sysctl.d/90-kubernetes.conf", settings::KERNEL.into()),
        setting("/etc/systemd/journald.conf.d/90-bounds.conf", settings::JOURNAL.into()),
        setting(
            "/etc/systemd/logind.conf.d/zz-kubernetes.conf",
            settings::SHUTDOWN.into(),
        ),
        setting("/etc/apt/apt.conf.d/90-mending", settings::MENDING.into()),
        setting("/etc/ssh/sshd_config.d/10-machine.conf", settings::SSH.into()),
        setting(
            "/etc/kubernetes/machine/containerd.toml",
            settings::runtime(machines.version),
        ),
        ("/usr/local/sbin/prepare-machine".to_owned(), PROGRAM, prepare),
        setting("/etc/systemd/system/machine.service", units::machine(leads)),
    ];
    let sources = settings::sources(&Packages::of(machines.version));
    files.extend(sources.into_iter().map(|(path, text)| setting(path, text)));
    Ok(files)
}

/// What runs on the control plane: the path, the rights, the layout.
const PROGRAMS: [(&str, &str, &str); 7] = [
    ("/usr/local/sbin/make-control-plane", PROGRAM, "machine/control.sh"),
    ("/usr/local/sbin/approve-certificates", PROGRAM, "machine/approve.sh"),
    ("/usr/local/sbin/back-up-etcd", PROGRAM, "machine/backup.sh"),
    ("/usr/local/sbin/write-accounts", PROGRAM, "machine/accounts.sh"),
    ("/usr/local/sbin/set-deploy-key", PROGRAM, "machine/keys.sh"),
    ("/usr/local/sbin/let-in", PROGRAM, "machine/token.sh"),
    ("/usr/local/bin/deploy", "0755", "machine/deploy.sh"),
];

/// Which of them run again and again: what for, and when.
const AGAIN: [(&str, &str, &str); 3] = [
    (
        "approve-certificates",
        "Approves the certificates of the cluster's kubelets",
        "OnBootSec=1min\nOnUnitActiveSec=1min",
    ),
    (
        "back-up-etcd",
        "Keeps what is in the store",
        "OnCalendar=daily\nPersistent=true",
    ),
    (
        "write-accounts",
        "Writes new tokens of the accounts that deploy",
        "OnBootSec=3min\nOnUnitActiveSec=12h",
    ),
];

/// What only the control plane has: what runs there at every start, and again and again.
fn control(machines: &Machines, view: &View<'_>, renders: &str) -> Result<Vec<File>, Error> {
    let setting = |path: &str, text: String| (path.to_owned(), SETTING, text);
    let mut files = vec![
        setting(
            "/etc/kubernetes/machine/kubeadm.yaml",
            documents(&kubeadm::control(machines)),
        ),
        setting(
            "/etc/kubernetes/admission/admission.yaml",
            settings::admission(machines.version),
        ),
        setting("/etc/kubernetes/audit/policy.yaml", settings::audit()),
        setting("/etc/ssh/sshd_config.d/90-deploy.conf", settings::SSH_DEPLOYS.into()),
    ];
    for (path, rights, template) in PROGRAMS {
        files.push((path.to_owned(), rights, text::render(template, renders, view)?));
    }
    for (name, description, when) in AGAIN {
        let program = format!("/usr/local/sbin/{name}");
        let units = units::again(description, &program, when);
        files.extend(
            units
                .into_iter()
                .map(|(kind, text)| setting(&format!("/etc/systemd/system/{name}.{kind}"), text)),
        );
    }
    Ok(files)
}

//! What every server begins with: an empty data folder, and certificates. Making it takes seconds, so
//! it is kept for the next run.

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// The folder with `data`, `ca.pem`, `server.pem` and `server.key`.
pub(crate) fn template() -> &'static Path {
    static TEMPLATE: OnceLock<PathBuf> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        let version = run(Command::new("mariadbd").args(["--no-defaults", "--version"]));
        let version: String = version.chars().filter(char::is_ascii_alphanumeric).collect();
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("mariadb-{version}"));
        if !folder.exists() {
            make(&folder);
        }
        folder
    })
}

fn make(folder: &Path) {
    let unfinished = folder.with_extension(std::process::id().to_string());
    std::fs::create_dir_all(&unfinished).unwrap();
    run(Command::new("mariadb-install-db")
        .args([
            "--no-defaults",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ])
        .args(["--innodb-log-file-size=16M", "--innodb-undo-tablespaces=2", &whoami()])
        .arg(format!("--datadir={}", unfinished.join("data").display())));
    certificates(&unfinished);
    std::fs::rename(unfinished, folder).unwrap();
}

/// An authority, and a certificate for 127.0.0.1 that it signed.
fn certificates(folder: &Path) {
    let script = "set -e
        openssl req -x509 -newkey rsa:2048 -nodes -days 3650 -subj '/CN=test authority' -keyout ca.key -out ca.pem
        openssl req -newkey rsa:2048 -nodes -subj '/CN=server' -keyout server.key -out server.csr
        printf 'subjectAltName=IP:127.0.0.1,DNS:localhost\\nextendedKeyUsage=serverAuth\\n' > names
        openssl x509 -req -in server.csr -CA ca.pem -CAkey ca.key -CAcreateserial -days 3650 -extfile names -out server.pem";
    run(Command::new("sh").args(["-c", script]).current_dir(folder));
}

/// Runs a program that must succeed, and returns what it printed.
pub(crate) fn run(command: &mut Command) -> String {
    let output = command.output().unwrap();
    assert!(output.status.success(), "{command:?}: {output:?}");
    String::from_utf8(output.stdout).unwrap()
}

/// The option that lets a server run as the user of the tests, even as root.
pub(crate) fn whoami() -> String {
    format!("--user={}", run(Command::new("id").arg("-un")).trim())
}

/// An empty folder with a short name, as the path of a socket must be short.
pub(crate) fn scratch() -> PathBuf {
    static NUMBER: AtomicU32 = AtomicU32::new(0);
    let number = NUMBER.fetch_add(1, Ordering::Relaxed);
    let folder = std::env::temp_dir().join(format!("cars-{}-{number}", std::process::id()));
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

//! A rendered `deploy.sh`, run with an `aws` that answers from a script of the test and writes down what it was asked, and
//! with a `kubectl` that says which image runs.

use std::collections::BTreeMap;
use std::process::Command;

use crate::files::Temp;

/// How the script ended, and what it called, a line each.
pub(crate) struct Ended {
    pub(crate) succeeded: bool,
    pub(crate) said: String,
    pub(crate) calls: String,
    /// The manifests that it wrote into `k8s`: name and text.
    pub(crate) written: Vec<(String, String)>,
}

/// Whose script is run: the rendered files, the system, and the account that one is signed in to.
pub(crate) struct Of<'a> {
    pub(crate) files: &'a BTreeMap<String, String>,
    pub(crate) system: &'a str,
    pub(crate) account: &'a str,
}

/// A cluster in which an image runs.
const KUBECTL: &str = "#!/usr/bin/env bash\necho \"kubectl $*\" >> \"$CALLS\"\n[[ $* != *jsonpath*image* ]] || echo repository@sha256:0\n";

/// Runs a command of the script; `aws` is the body of a `case` over the arguments of the AWS CLI.
pub(crate) fn run(of: &Of<'_>, words: &[&str], env: &[(&str, &str)], aws: &str) -> Ended {
    run_beside(of, words, env, aws, &[])
}

/// The same with other programs beside the AWS CLI, each with the body of such a `case`. What they are asked is written
/// down after their names, and an argument that is a file with what is in it. What a person types stands in the file `TYPED`.
pub(crate) fn run_beside(
    of: &Of<'_>,
    words: &[&str],
    env: &[(&str, &str)],
    aws: &str,
    others: &[(&str, &str)],
) -> Ended {
    let folder = Temp::new();
    let here = format!("out/{}/", of.system);
    for (path, text) in of.files {
        if let Some(path) = path.strip_prefix(&here) {
            folder.put(path, text);
        }
    }
    let account = of.account;
    let text = format!(
        "#!/usr/bin/env bash\necho \"$*\" >> \"$CALLS\"\ncase \"$*\" in\n{aws}\n*get-caller-identity*) echo {account} ;;\n\
         *StackStatus*) echo UPDATE_COMPLETE ;;\n*describe-stack-resource*) echo the-$6 ;;\n*DBInstanceStatus*) echo available ;;\n\
         *get-role*) echo arn:role ;;\n*ParameterValue*) echo none ;;\nesac\n"
    );
    let bash = |name: &str, text: &str| put_program(&folder, name, text);
    bash("bin/aws", &text);
    bash("bin/kubectl", KUBECTL);
    bash("bin/sleep", "#!/usr/bin/env bash\n");
    for (name, answers) in others {
        let text = format!(
            "#!/usr/bin/env bash\necho \"{name} $*\" | sed \"s|[^ ]*/k8s/||g\" >> \"$CALLS\"\ncase \"$*\" in\n{answers}\nesac\n"
        );
        bash(&format!("bin/{name}"), &text);
    }
    ended(&folder, words, env)
}

/// Runs the script of a folder.
fn ended(folder: &Temp, words: &[&str], env: &[(&str, &str)]) -> Ended {
    let calls = folder.put("calls", "");
    let output = Command::new("bash")
        .args([
            "-c",
            "export PATH=$PWD/bin:$PATH; bash deploy.sh \"$@\" --yes <\"${TYPED:-/dev/null}\"",
            "bash",
        ])
        .args(words)
        .current_dir(folder.path())
        .env("CALLS", &calls)
        .envs(env.iter().copied())
        .output()
        .unwrap();
    Ended {
        succeeded: output.status.success(),
        said: String::from_utf8_lossy(&[output.stdout, output.stderr].concat()).into_owned(),
        calls: std::fs::read_to_string(calls).unwrap(),
        written: written(folder),
    }
}

fn put_program(folder: &Temp, name: &str, text: &str) {
    use std::os::unix::fs::PermissionsExt;
    let path = folder.put(name, text);
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
}

fn written(folder: &Temp) -> Vec<(String, String)> {
    let files = std::fs::read_dir(folder.path().join("k8s")).into_iter().flatten();
    let mut paths: Vec<_> = files.map(|file| file.unwrap().path()).collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        (name, std::fs::read_to_string(path).unwrap())
    };
    paths.iter().map(read).collect()
}

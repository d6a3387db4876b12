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
}

/// Whose script is run: the rendered files, the system, and the account that one is signed in to.
pub(crate) struct Of<'a> {
    pub(crate) files: &'a BTreeMap<String, String>,
    pub(crate) system: &'a str,
    pub(crate) account: &'a str,
}

/// Runs a command of the script; `aws` is the body of a `case` over the arguments of the AWS CLI.
pub(crate) fn run(of: &Of<'_>, words: &[&str], env: &[(&str, &str)], aws: &str) -> Ended {
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
    let bash = |name: &str, text: &str| {
        use std::os::unix::fs::PermissionsExt;
        let path = folder.put(name, text);
        std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    bash("bin/aws", &text);
    let image = "[[ $* != *jsonpath*image* ]] || echo repository@sha256:0\n";
    bash(
        "bin/kubectl",
        &format!("#!/usr/bin/env bash\necho \"kubectl $*\" >> \"$CALLS\"\n{image}"),
    );
    bash("bin/sleep", "#!/usr/bin/env bash\n");
    let calls = folder.put("calls", "");
    let output = Command::new("bash")
        .args(["-c", "export PATH=$PWD/bin:$PATH; bash deploy.sh \"$@\" --yes", "bash"])
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
    }
}

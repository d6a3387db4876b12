//! A workspace of somebody else, with a system of its own, in a folder of its own: what is rendered works there.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value as Json;
use synth::model::{Renderer, Systems};

const WORKSPACE: &str = r#"[workspace]
resolver = "3"
members = ["infra"]

[profile.dev]
debug = "line-tables-only"

[profile.dev.package."*"]
debug = false

[profile.dev.package.ruzstd]
opt-level = 3
"#;

const MAIN: &str = r#"//! Our infrastructure.

use std::process::ExitCode;

use synth::model::{
    Account, AccountId, CertificateArn, Cidr, Domain, Email, Environment, GitHubRepository, IdentityProvider, Owner,
    Pipeline, Region, Renderer, Service, System, Systems,
};

fn main() -> ExitCode {
    match Systems::new(vec![quotes()]) {
        Ok(systems) => synth::cli::main(&systems),
        Err(errors) => synth::cli::refuse(&errors),
    }
}

fn quotes() -> System {
    let owner = Owner {
        github: GitHubRepository::new(("acme", 31_337), ("quotes", 4711)),
        domain: Domain::new("acme.dev"),
        notify: Email::new("on-call@acme.dev"),
    };
    let account = Account {
        id: AccountId::new("444455556666"),
        region: Region::new("eu-central-1"),
        identity_provider: IdentityProvider::Make,
        certificate: CertificateArn::new(
            "arn:aws:acm:eu-central-1:444455556666:certificate/2f4c7c1e-6f1b-4a57-9d53-0f6a5f2f0c11",
        ),
    };
    let pipeline = Pipeline {
        renderer: Renderer::Package("infra".into()),
        ..Pipeline::new("1.95.0")
    };
    System {
        environments: vec![
            Environment::development("dev", &account, Cidr::ten(60), "it has no domain"),
            Environment::production("prod", &account, Cidr::ten(70), "quotes"),
        ],
        ..System::new(
            "quotes",
            "Prices insurance quotes.",
            owner,
            Service::on("predictor", synth::port!(5000)),
            pipeline,
        )
    }
}
"#;

/// The workspace, gone when it is dropped.
struct Elsewhere(PathBuf);

impl Elsewhere {
    #[expect(clippy::disallowed_methods, reason = "a workspace that nobody keeps")]
    fn new() -> Self {
        let folder = std::env::temp_dir().join(format!("synth-elsewhere-{}", std::process::id()));
        let here = Path::new(env!("CARGO_MANIFEST_DIR"));
        let package = format!(
            "[package]\nname = \"infra\"\nedition = \"2024\"\n\n[dependencies]\nsynth = {{ path = \"{}\" }}\n",
            here.display()
        );
        fs::create_dir_all(folder.join("infra/src")).unwrap();
        for (path, text) in [
            ("Cargo.toml", WORKSPACE),
            ("infra/Cargo.toml", &package),
            ("infra/src/main.rs", MAIN),
        ] {
            fs::write(folder.join(path), text).unwrap();
        }
        fs::copy(here.join("../Cargo.lock"), folder.join("Cargo.lock")).unwrap();
        fs::copy(here.join("../.rustfmt.toml"), folder.join(".rustfmt.toml")).unwrap();
        Self(folder)
    }

    /// Runs a script as a job would, without a network, into the folder of this test, where what it needs is compiled.
    fn run(&self, script: &str, variables: &[(String, String)]) -> Output {
        let this = std::env::current_exe().unwrap();
        let target = this.ancestors().nth(3).unwrap();
        Command::new("bash")
            .args(["-eo", "pipefail", "-c", script])
            .current_dir(&self.0)
            .envs(variables.iter().cloned())
            .env("CARGO_NET_OFFLINE", "true")
            .env("CARGO_TARGET_DIR", target)
            .output()
            .unwrap()
    }
}

impl Drop for Elsewhere {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// The scripts of a workflow that need neither a network nor a container engine, each with its variables.
fn offline(workflow: &str) -> Vec<(String, Vec<(String, String)>)> {
    let workflow: Json = yaml_serde::from_str(workflow).unwrap();
    let jobs = workflow["jobs"].as_object().unwrap().values();
    let steps = jobs.flat_map(|job| job["steps"].as_array().unwrap());
    let scripts = steps.filter_map(|step| Some((step["run"].as_str()?, &step["env"])));
    let reaches = ["rustup", "docker", "aws ", "gh "];
    let offline = scripts.filter(|(script, _)| !reaches.iter().any(|word| script.contains(word)));
    let variables = |env: &Json| {
        let all = env.as_object().into_iter().flatten();
        all.map(|(name, value)| (name.clone(), value.as_str().unwrap().to_owned()))
            .collect()
    };
    offline
        .map(|(script, env)| (script.to_owned(), variables(env)))
        .collect()
}

#[test]
fn what_is_rendered_for_another_workspace_passes_its_own_ci() {
    let there = Elsewhere::new();
    let rendered = there.run("cargo run --quiet --package infra", &[]);
    assert!(
        rendered.status.success(),
        "{}",
        String::from_utf8_lossy(&rendered.stderr)
    );
    let completions = there.run("cargo run --quiet --package infra -- completions bash", &[]);
    assert!(String::from_utf8_lossy(&completions.stdout).contains("_infra()"));
    let workflow = fs::read_to_string(there.0.join(".github/workflows/ci.yml")).unwrap();
    let scripts = offline(&workflow);
    assert!(scripts.len() >= 4, "{scripts:?}");
    for (script, variables) in scripts {
        let done = there.run(&script, &variables);
        let said = [&*done.stdout, &*done.stderr].concat();
        assert!(done.status.success(), "{script}\n{}", String::from_utf8_lossy(&said));
    }
}

#[test]
fn no_text_for_another_workspace_names_a_package_of_this_one() {
    let systems = Systems::new(vec![crate::own_system::quotes()]).unwrap();
    let rendered = systems.each().map(|system| synth::render(system).unwrap());
    let naming: Vec<String> = rendered
        .flat_map(|rendered| rendered.files)
        .filter(|(_, text)| {
            ["-p synth", "package synth", "synth/src/"]
                .iter()
                .any(|name| text.contains(name))
        })
        .map(|(path, _)| path)
        .collect();
    assert_eq!(naming, Vec::<String>::new());
}

#[test]
fn where_the_model_is_not_nothing_renders_and_a_review_uses_what_is_installed() {
    let mut system = crate::own_system::quotes();
    system.pipeline.renderer = Renderer::Installed;
    let systems = Systems::new(vec![system]).unwrap();
    let files = synth::render(systems.each().next().unwrap()).unwrap().files;
    let workflow = |name: &str| files.iter().find(|(path, _)| path.ends_with(name)).unwrap().1;
    let (ci, infra) = (workflow("/ci.yml"), workflow("/infra.yml"));
    assert!(!ci.contains("rendered:"), "{ci}");
    assert!(infra.contains("SYNTH: synth\n") && !infra.contains("cargo"), "{infra}");
}

//! What is looked at before the first deployment, and the ways out of one that failed.

use super::{Out, S0, S1, S2, S3};

fn deploy_script(out: &Out) -> &str {
    let mut files = out.rendered.files.iter();
    files.find(|(path, _)| path.ends_with("deploy.sh")).unwrap().1
}

/// How many resources of a type all systems have together.
fn count(kind: &str) -> usize {
    let all = [&S0, &S1, &S2, &S3].into_iter().flat_map(|out| out.everything());
    all.filter(|(_, resource)| resource["Type"] == kind).count()
}

#[test]
fn the_script_asks_for_as_much_as_all_environments_of_an_account_take() {
    let rendered = |system: &str| {
        let systems = synth::systems::all().unwrap();
        synth::render(systems.named(system).unwrap()).unwrap()
    };
    let script = &rendered("predict-api").files["out/predict-api/deploy.sh"];
    for (kind, quota) in [("AWS::EC2::EIP", "ec2 L-0263D0A3"), ("AWS::EC2::VPC", "vpc L-F678F1CE")] {
        let needed = format!("'{quota} {} ", count(kind));
        assert!(script.contains(&needed), "{needed}: {script}");
    }
    // Two tasks of a quarter in dev and up to ten of a half in prod, for each system.
    assert!(script.contains("'fargate L-3032A538 12 "), "{script}");
    let readme = &rendered("cars-api").files["out/cars-api/DEPLOYMENT.md"];
    assert!(
        readme.contains(&format!("**{}** | 5 | `ec2`", count("AWS::EC2::EIP"))),
        "{readme}"
    );
}

#[test]
fn the_script_looks_at_the_certificate_and_at_the_subject_before_it_makes_anything() {
    let script = deploy_script(&S0);
    let (looks, makes) = (
        script.rfind("look_ahead\n").unwrap(),
        script.rfind("make_service_roles\n").unwrap(),
    );
    assert!(looks < makes);
    assert!(script.contains("aws acm describe-certificate") && script.contains("/actions/oidc/customization/sub"));
}

#[test]
fn the_readme_has_a_way_out_of_each_state_that_a_stack_is_stuck_in() {
    let readme = &S2.rendered.files["out/cars-api/README.md"];
    for state in [
        "ROLLBACK_COMPLETE",
        "ROLLBACK_FAILED",
        "DELETE_FAILED",
        "UPDATE_ROLLBACK_FAILED",
    ] {
        assert!(readme.contains(&format!("`{state}`")), "{state}");
    }
}

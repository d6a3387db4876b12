//! S3 by the numbers of its requirements, as far as it is rendered.

use super::S3;
use serde_json::Value as Json;

fn object(kind: &str) -> Json {
    S3.object("production", kind, "healthcare-prediction-api")
}

fn container() -> Json {
    object("Deployment")["spec"]["template"]["spec"]["containers"][0].take()
}

/// The names of the files below a folder of the system.
fn names(folder: &str) -> Vec<&str> {
    let folder = format!("out/healthcare-api/{folder}/");
    S3.rendered
        .files
        .keys()
        .filter_map(|path| path.strip_prefix(&folder))
        .collect()
}

#[test]
fn s3_6_to_9_the_pod_runs_as_nobody_listens_on_8000_and_is_asked_in_three_ways() {
    let container = container();
    assert_eq!(container["ports"][0]["containerPort"], 8000);
    let pod = &object("Deployment")["spec"]["template"]["spec"];
    assert_eq!(pod["securityContext"]["runAsUser"], 1000);
    assert_eq!(pod["securityContext"]["runAsNonRoot"], true);
    for probe in ["startupProbe", "readinessProbe", "livenessProbe"] {
        assert_eq!(container[probe]["httpGet"]["path"], "/health", "{probe}");
    }
}

#[test]
fn s3_10_and_76_pods_scale_from_3_to_20_on_cpu_and_memory() {
    let spec = object("HorizontalPodAutoscaler")["spec"].take();
    assert_eq!((&spec["minReplicas"], &spec["maxReplicas"]), (&3.into(), &20.into()));
    let metrics = spec["metrics"].as_array().unwrap();
    let mut names: Vec<&str> = metrics
        .iter()
        .map(|one| one["resource"]["name"].as_str().unwrap())
        .collect();
    names.sort_unstable();
    assert_eq!(names, ["cpu", "memory"]);
    assert!(object("Deployment")["spec"]["replicas"].is_null());
    // The quota lets them come.
    let quota = object("ResourceQuota");
    let pods: u32 = quota["spec"]["hard"]["pods"].as_str().unwrap().parse().unwrap();
    assert!(pods > 20, "{pods}");
}

#[test]
fn s3_11_to_14_updates_take_no_pod_away_and_pods_are_limited_and_restricted() {
    let strategy = object("Deployment")["spec"]["strategy"]["rollingUpdate"].take();
    assert_eq!(
        (&strategy["maxUnavailable"], &strategy["maxSurge"]),
        (&0.into(), &1.into())
    );
    for amount in ["requests", "limits"] {
        for resource in ["cpu", "memory"] {
            assert!(
                container()["resources"][amount][resource].is_string(),
                "{amount} of {resource}"
            );
        }
    }
    let namespace = S3.object("production", "Namespace", "healthcare-api");
    assert_eq!(
        namespace["metadata"]["labels"]["pod-security.kubernetes.io/enforce"],
        "restricted"
    );
    for kind in ["ConfigMap", "Service", "Deployment"] {
        assert_eq!(object(kind)["metadata"]["namespace"], "healthcare-api", "{kind}");
    }
}

#[test]
fn s3_18_and_70_the_manifests_stand_in_one_folder_by_the_names_of_the_lines() {
    assert_eq!(
        names("k8s"),
        [
            "00-namespace.yaml",
            "01-deployment.yaml",
            "02-service.yaml",
            "03-ingress.yaml",
            "04-rbac.yaml",
            "05-autoscaling.yaml",
            "06-network-policy.yaml",
        ]
    );
    let in_file = |name: &str| -> Vec<String> {
        let all = S3
            .objects("production")
            .into_iter()
            .filter(|(path, _)| path.ends_with(name));
        let mut kinds: Vec<String> = all
            .map(|(_, object)| object["kind"].as_str().unwrap().to_owned())
            .collect();
        kinds.dedup();
        kinds
    };
    assert_eq!(
        in_file("05-autoscaling.yaml"),
        ["HorizontalPodAutoscaler", "PodDisruptionBudget"]
    );
    assert_eq!(in_file("01-deployment.yaml"), ["ConfigMap", "Deployment"]);
    assert_eq!(in_file("04-rbac.yaml"), ["Role", "RoleBinding"]);
    let page = &S3.rendered.files["out/healthcare-api/CLUSTER.md"];
    assert!(page.contains("--namespace healthcare-api rollout status deployment/healthcare-prediction-api"));
}

#[test]
fn s3_54_to_57_the_files_of_the_monitoring_have_the_names_of_the_lines() {
    let files = [
        "alertmanager.yml",
        "cloudwatch-config.yaml",
        "grafana-dashboard.json",
        "prometheus-config.yaml",
    ];
    assert_eq!(names("monitoring"), files);
    // What the add-on is given is what the file says.
    let text = &S3.rendered.files["out/healthcare-api/monitoring/cloudwatch-config.yaml"];
    let file: Json = yaml_serde::from_str(text).unwrap();
    let mut addons = S3
        .resources("production/cluster")
        .map(|(_, addon)| &addon["Properties"]["ConfigurationValues"]);
    let given = file.to_string();
    assert!(addons.any(|values| values.as_str() == Some(&given)));
}

#[test]
fn s3_61_nothing_can_be_written_but_a_scratch_folder() {
    assert_eq!(container()["securityContext"]["readOnlyRootFilesystem"], true);
    let mounts = container()["volumeMounts"].take();
    let writable = mounts
        .as_array()
        .unwrap()
        .iter()
        .filter(|mount| mount["readOnly"] != true);
    let paths: Vec<&Json> = writable.map(|mount| &mount["mountPath"]).collect();
    assert_eq!(paths, ["/tmp"]);
}

#[test]
fn s3_62_and_88_the_secret_has_its_name_its_description_and_no_value() {
    let (_, secret) = S3
        .resources("production/identity")
        .find(|(_, resource)| resource["Type"] == "AWS::SecretsManager::Secret")
        .unwrap();
    let properties = &secret["Properties"];
    assert_eq!(properties["Name"], "healthcare-api/production");
    assert_eq!(properties["Description"], "Healthcare API production secrets");
    // Nothing is made up, and nothing writes over what a person gave.
    assert!(properties["SecretString"].is_null() && properties["GenerateSecretString"].is_null());
    assert_eq!(secret["DeletionPolicy"], "RetainExceptOnCreate");
    let page = &S3.rendered.files["out/healthcare-api/DEPLOYMENT.md"];
    assert!(page.contains("`{\"database_url\":\"…\",\"api_key\":\"…\",\"jwt_secret\":\"…\"}`, in one line"));
    assert!(page.contains("put-secret-value --region us-east-1 --secret-id healthcare-api/production"));
}

#[test]
fn s3_86_clients_come_over_https() {
    let ingress = object("Ingress");
    let given = &ingress["metadata"]["annotations"];
    assert_eq!(given["alb.ingress.kubernetes.io/ssl-redirect"], "443");
    assert_eq!(ingress["spec"]["rules"][0]["host"], "healthcare.example.com");
}

#[test]
fn what_is_rendered_of_it_breaks_no_rule() {
    let told = S3.rendered.findings.iter();
    // The one environment has the registry too, so that its first stack comes near the length that deploys as it is.
    let told: Vec<_> = told
        .filter(|it| it.rule != "passed-limit")
        .map(|it| (&it.file, &it.message))
        .collect();
    assert!(told.is_empty(), "{told:?}");
}

#[test]
fn s3_63_the_secret_reaches_the_pods_as_files_and_only_its_operator_may_read_it() {
    let objects = S3.documents("out/healthcare-api/security/external-secrets.yaml");
    let [store, external] = objects.as_slice() else {
        panic!("{} objects", objects.len());
    };
    assert_eq!(
        (&store["kind"], &store["apiVersion"]),
        (&"SecretStore".into(), &"external-secrets.io/v1".into())
    );
    // With Pod Identity the store says nothing of who asks.
    assert!(store["spec"]["provider"]["aws"]["auth"].is_null());
    assert_eq!(external["spec"]["secretStoreRef"]["name"], store["metadata"]["name"]);
    let data = external["spec"]["data"].as_array().unwrap();
    let keys: Vec<&str> = data.iter().map(|one| one["secretKey"].as_str().unwrap()).collect();
    assert_eq!(keys, ["database_url", "api_key", "jwt_secret"]);
    assert!(
        data.iter()
            .all(|one| one["remoteRef"]["key"] == "healthcare-api/production")
    );
    // What it makes is what the pods have.
    let volumes = object("Deployment")["spec"]["template"]["spec"]["volumes"].take();
    assert_eq!(volumes[1]["secret"]["secretName"], external["spec"]["target"]["name"]);
    let mount = &container()["volumeMounts"][1];
    assert_eq!(
        (&mount["mountPath"], &mount["readOnly"]),
        (&"/run/secrets/production".into(), &true.into())
    );
    let settings = S3.object("production", "ConfigMap", "healthcare-prediction-api");
    assert_eq!(settings["data"]["PRODUCTION_SECRET"], mount["mountPath"]);
    let associations = S3.resources("production/identity");
    let associations = associations.filter(|(_, resource)| resource["Type"] == "AWS::EKS::PodIdentityAssociation");
    let accounts = associations.map(|(_, one)| one["Properties"]["Namespace"].as_str().unwrap());
    // The other is the controller of load balancers.
    assert_eq!(
        accounts.collect::<Vec<_>>(),
        ["external-secrets", "kube-system", "kyverno"]
    );
    // Pods have no identity on AWS to ask for.
    let policy = object("NetworkPolicy").to_string();
    assert!(!policy.contains("169.254.170.23"));
}

#[test]
fn a_secret_that_is_to_be_files_has_keys_and_a_name_of_its_own() {
    use crate::alone;
    use synth::model::{Secret, System};
    let with = |secret: Secret| {
        let mut system: System = synth::systems::healthcare_api();
        system.service.needs = vec![secret.read()];
        system.stores = vec![(&secret).into()];
        alone::verdict(system)
    };
    insta::assert_snapshot!(with(Secret::given("service").as_files()), @"Secret.keys: `service` has no key that could be a file; name the keys of its JSON: each is a file");
    insta::assert_snapshot!(with(Secret::of_environment("service", "two\nlines", &["a key", "b", "b"])), @r"
    Secret.description: `two\nlines` has a break or another sign in it that a line of a table cannot have; write it in one line
    Secret.keys: `a key` is not a key of a secret; use letters, digits, `_`, `-` and `.`
    Secret.keys: `b` stands twice; keep one of the two
    ");
    let mut system = synth::systems::healthcare_api();
    let second = Secret::of_environment("second", "Another", &["a"]);
    system.service.needs.push(second.read());
    system.stores.push((&second).into());
    insta::assert_snapshot!(alone::verdict(system), @"
    Secret.called: `production` has the name of another secret; keep one of them by environment, or make one of both, with the keys of both
    Secret.called: `second` has the name of another secret; keep one of them by environment, or make one of both, with the keys of both
    ");
}

#[test]
fn s3_67_gatekeeper_refuses_what_the_namespace_does_not_take() {
    let templates = S3.documents("out/healthcare-api/security/security-policies.yaml");
    let constraints = S3.documents("out/healthcare-api/security/security-constraints.yaml");
    let kinds: Vec<&str> = constraints.iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(
        kinds,
        [
            "RequiredDigests",
            "AllowedRegistries",
            "RequiredLimits",
            "RequiredLabels",
            "NoDefaultTokens"
        ]
    );
    for (template, kind) in templates.iter().zip(&kinds) {
        assert_eq!(template["kind"], "ConstraintTemplate");
        assert_eq!(template["metadata"]["name"], kind.to_lowercase());
        assert_eq!(template["spec"]["crd"]["spec"]["names"]["kind"], *kind);
        // The syntax of its Rego is that of version 1, which has to be said.
        assert_eq!(template["spec"]["targets"][0]["code"][0]["source"]["version"], "v1");
    }
    for constraint in &constraints {
        assert_eq!(constraint["spec"]["enforcementAction"], "deny");
        assert_eq!(
            constraint["spec"]["match"]["namespaces"],
            serde_json::json!(["healthcare-api"])
        );
    }
    // What the pods run is of the one registry that is allowed.
    let allowed = constraints[1]["spec"]["parameters"]["images"][0].as_str().unwrap();
    assert!(container()["image"].as_str().unwrap().starts_with(allowed));
    // A cluster that does not ask for it has none.
    assert!(!super::S1.rendered.files.keys().any(|path| path.contains("/security/")));
}

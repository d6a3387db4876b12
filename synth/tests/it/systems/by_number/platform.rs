//! The cluster, the registry, the way in, and the rights.

use serde_json::Value as Json;

use super::super::pods::{object, objects};
use super::super::{S1, items};
use super::{annotation, container};

#[test]
fn s1_1_pods_of_eks_are_replaced_one_after_the_other_and_none_is_missing() {
    for environment in ["dev", "prod"] {
        assert_eq!(S1.all(&format!("{environment}/cluster"), "AWS::EKS::Cluster").len(), 1);
        let strategy = &object(environment, "Deployment", "predictor")["spec"]["strategy"];
        assert_eq!(strategy["type"], "RollingUpdate");
        assert_eq!(
            (
                &strategy["rollingUpdate"]["maxSurge"],
                &strategy["rollingUpdate"]["maxUnavailable"]
            ),
            (&1.into(), &0.into())
        );
    }
}

/// What the Ingress names is what the Service is called, what it selects are the pods, and each port is there.
#[test]
fn s1_7_requests_come_from_the_ingress_to_the_service_to_the_pods() {
    for environment in ["dev", "prod"] {
        let ingress = object(environment, "Ingress", "predictor");
        let paths = ingress["spec"]["rules"][0]["http"]["paths"].as_array().unwrap();
        let all = paths.iter().find(|path| path["path"] == "/").unwrap();
        let backend = &all["backend"]["service"];
        let service = object(environment, "Service", backend["name"].as_str().unwrap());
        assert_eq!(service["spec"]["ports"][0]["name"], backend["port"]["name"]);
        let labels = &object(environment, "Deployment", "predictor")["spec"]["template"]["metadata"]["labels"];
        for (key, value) in service["spec"]["selector"].as_object().unwrap() {
            assert_eq!(&labels[key], value, "{key}");
        }
        let port = &container(environment)["ports"][0];
        assert_eq!(
            (&port["name"], &port["containerPort"]),
            (&service["spec"]["ports"][0]["targetPort"], &8000.into())
        );
    }
}

#[test]
fn s1_8_an_autoscaler_can_act_since_every_container_asks_for_what_it_takes() {
    for environment in ["dev", "prod"] {
        for amount in ["cpu", "memory"] {
            assert!(
                container(environment)["resources"]["requests"][amount].is_string(),
                "{environment} {amount}"
            );
        }
    }
    let scaled = object("prod", "HorizontalPodAutoscaler", "predictor");
    assert_eq!(scaled["spec"]["scaleTargetRef"]["name"], "predictor");
    let addons = S1.all("prod/cluster", "AWS::EKS::Addon");
    assert!(addons.iter().any(|addon| addon["AddonName"] == "metrics-server"));
}

#[test]
fn s1_10_what_runs_comes_from_ecr() {
    for environment in ["dev", "prod"] {
        let image = container(environment)["image"].as_str().unwrap().to_owned();
        assert_eq!(
            image,
            "111122223333.dkr.ecr.us-east-1.amazonaws.com/predictor@${image.digest}"
        );
    }
}

#[test]
fn s1_11_images_are_scanned_when_they_come() {
    let registry = S1.of("dev/bootstrap", "Registry");
    assert_eq!(registry["ImageScanningConfiguration"]["ScanOnPush"], true);
    assert_eq!(registry["ImageTagMutability"], "IMMUTABLE");
}

/// Of AWS's policies only those that EKS asks for; of the rights in the cluster only the namespace's own, and no secrets.
#[test]
fn s1_12_no_role_may_more_than_it_needs() {
    for (place, resource) in S1.everything().filter(|(_, one)| one["Type"] == "AWS::IAM::Role") {
        let attached = items(&resource["Properties"]["ManagedPolicyArns"]).iter();
        let of_aws: Vec<String> = attached
            .filter_map(|arn| arn["Fn::Sub"].as_str())
            .map(str::to_owned)
            .collect();
        let wide = of_aws
            .iter()
            .find(|arn| arn.contains("Administrator") || arn.contains("FullAccess") || arn.contains("PowerUser"));
        assert_eq!(wide, None, "{place}");
        assert!(
            resource["Properties"]["PermissionsBoundary"].is_object()
                || place.contains("/bootstrap ")
                || place.contains("/permissions "),
            "{place}"
        );
    }
    for (path, role) in objects("prod").into_iter().filter(|(_, one)| one["kind"] == "Role") {
        for rule in role["rules"].as_array().unwrap() {
            let words = |key: &str| items(&rule[key]).iter().filter_map(Json::as_str).collect::<Vec<_>>();
            assert!(
                !words("verbs").contains(&"*") && !words("resources").contains(&"*"),
                "{path} {rule}"
            );
            assert!(
                !words("resources")
                    .iter()
                    .any(|one| ["secrets", "roles", "rolebindings", "pods/exec"].contains(one)),
                "{rule}"
            );
        }
    }
    assert!(
        !objects("prod")
            .iter()
            .any(|(_, one)| one["kind"].as_str().unwrap().starts_with("ClusterRole"))
    );
}

#[test]
fn s1_13_https_ends_at_the_load_balancer_with_a_certificate_of_acm() {
    let class = object("prod", "IngressClass", "predictor-alb");
    assert_eq!(class["spec"]["controller"], "eks.amazonaws.com/alb");
    let parameters = object("prod", "IngressClassParams", "predictor-alb");
    let certificate = parameters["spec"]["certificateARNs"][0].as_str().unwrap();
    assert!(
        certificate.starts_with("arn:aws:acm:us-east-1:111122223333:certificate/"),
        "{certificate}"
    );
    assert_eq!(annotation("prod", "listen-ports"), r#"[{"HTTP":80},{"HTTPS":443}]"#);
    assert_eq!(annotation("prod", "ssl-redirect"), "443");
    assert!(annotation("prod", "ssl-policy").contains("TLS13"));
}

#[test]
fn s1_25_the_registry_is_called_predictor() {
    assert_eq!(S1.of("dev/bootstrap", "Registry")["RepositoryName"], "predictor");
}

#[test]
fn s1_34_the_secret_is_in_secrets_manager_and_only_these_pods_read_it() {
    for environment in ["dev", "prod"] {
        let identity = format!("{environment}/identity");
        let secret = S1.of(&identity, "ServiceSecret");
        assert_eq!(secret["Name"], format!("predictor-{environment}-service"));
        assert!(secret["KmsKeyId"].is_object() && secret.get("SecretString").is_none());
        let statements = items(S1.at(&identity, "PodRole", "/Policies/0/PolicyDocument/Statement"));
        let reads = statements
            .iter()
            .find(|one| one["Action"].to_string().contains("secretsmanager:GetSecretValue"))
            .unwrap();
        assert_eq!(
            reads["Resource"],
            serde_json::json!({ "Ref": "ServiceSecret" }),
            "{reads}"
        );
    }
}

#[test]
fn s1_35_github_comes_in_by_oidc_and_no_key_is_stored() {
    let role = S1.of("prod/bootstrap", "DeployRole");
    let trust = &role["AssumeRolePolicyDocument"]["Statement"][0];
    assert_eq!(trust["Action"], "sts:AssumeRoleWithWebIdentity");
    assert!(
        S1.everything()
            .all(|(_, one)| one["Type"] != "AWS::IAM::User" && one["Type"] != "AWS::IAM::AccessKey")
    );
    let workflows = S1
        .rendered
        .files
        .iter()
        .filter(|(path, _)| path.starts_with(".github/"));
    for (path, text) in workflows {
        assert!(
            !text.contains("AWS_SECRET_ACCESS_KEY") && !text.contains("secrets.AWS"),
            "{path}"
        );
    }
}

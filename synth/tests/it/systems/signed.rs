//! Systems whose cluster signs for its pods: IAM roles for service accounts in place of Pod Identity.

use std::collections::BTreeSet;
use std::sync::LazyLock;

use serde_json::{Value as Json, json};
use synth::checks::{Options, across};
use synth::model::{Identity, Platform, System};
use synth::read;
use synth::systems::{healthcare_api, predictor};

use super::machines::on_machines;
use super::{Out, S3, items, out};

fn signed(system: System) -> System {
    let Platform::Kubernetes(kubernetes) = system.platform else {
        panic!("it runs on a cluster");
    };
    System {
        platform: Platform::Kubernetes(kubernetes.identified(Identity::Signed)),
        ..system
    }
}

/// S3: machines of a group, secrets as files, operators.
static GUARDED: LazyLock<Out> = LazyLock::new(|| out(&signed(healthcare_api())));

/// S1: Auto Mode, and pods that read their secret themselves.
static AUTO: LazyLock<Out> = LazyLock::new(|| out(&signed(predictor())));

/// S1 on machines of a group.
static GROUP: LazyLock<Out> = LazyLock::new(|| out(&signed(on_machines())));

/// What a trust comes to when its issuer is known; nothing for one that is no text.
fn trust(role: &Json) -> Option<Json> {
    let sub = items(role.get("AssumeRolePolicyDocument")?.get("Fn::Sub")?);
    let text = sub[0].as_str().unwrap();
    let text = text
        .replace("${ClusterIdentityProviderPart}", "issuer")
        .replace("${ClusterIdentityProvider}", "provider");
    Some(serde_json::from_str(&text).unwrap())
}

/// The accounts that roles of all templates trust by what the cluster signed, each as the role says it.
fn trusted(out: &Out) -> BTreeSet<String> {
    let roles = out
        .everything()
        .filter(|(_, resource)| resource["Type"] == "AWS::IAM::Role");
    let trusts = roles.filter_map(|(_, role)| trust(&role["Properties"]));
    let account = |trust: Json| {
        let [statement] = items(&trust["Statement"]) else {
            panic!("more than one statement: {trust}");
        };
        assert_eq!(
            (&statement["Principal"], &statement["Action"]),
            (
                &json!({ "Federated": "provider" }),
                &json!("sts:AssumeRoleWithWebIdentity")
            )
        );
        let mut condition = statement["Condition"].clone();
        let account = condition["StringEquals"]["issuer:sub"].take();
        assert_eq!(
            condition,
            json!({ "StringEquals": { "issuer:aud": "sts.amazonaws.com", "issuer:sub": null } })
        );
        account.as_str().unwrap().replace("system:serviceaccount:", "")
    };
    trusts.map(account).collect()
}

#[test]
fn the_checks_say_nothing_of_them() {
    for out in [&GUARDED, &AUTO, &GROUP] {
        let told = out.rendered.findings.iter();
        let told: Vec<_> = told.filter(|finding| finding.rule != "passed-limit").collect();
        assert!(told.is_empty(), "{told:?}");
    }
}

#[test]
fn s3_64_each_role_trusts_what_the_cluster_signed_for_one_account() {
    let of_all = ["amazon-cloudwatch:cloudwatch-agent", "predictor:predictor"];
    assert_eq!(trusted(&AUTO), of_all.map(str::to_owned).into());
    let of_group = ["kube-system:aws-load-balancer-controller", "kube-system:aws-node"];
    assert_eq!(
        trusted(&GROUP),
        of_all.into_iter().chain(of_group).map(str::to_owned).collect()
    );
    let guarded = [
        "amazon-cloudwatch:cloudwatch-agent",
        "healthcare-api:healthcare-prediction-api-secrets",
        "kube-system:aws-load-balancer-controller",
        "kube-system:aws-node",
        "kyverno:kyverno-admission-controller",
    ];
    assert_eq!(trusted(&GUARDED), guarded.map(str::to_owned).into());
}

#[test]
fn the_issuer_in_a_trust_is_that_of_the_cluster() {
    let provider = GUARDED.of("production/cluster", "ClusterIdentityProvider");
    assert_eq!(
        provider["Url"],
        json!({ "Fn::GetAtt": ["Cluster", "OpenIdConnectIssuerUrl"] })
    );
    assert_eq!(provider["ClientIdList"], json!(["sts.amazonaws.com"]));
    let issuer = |template: &str, role: &str| {
        let sub = GUARDED.at(template, role, "/AssumeRolePolicyDocument/Fn::Sub/1");
        sub["ClusterIdentityProviderPart"].clone()
    };
    // Its ARN ends in the issuer without `https://`.
    let end = |arn: Json| json!({ "Fn::Select": [1, { "Fn::Split": ["oidc-provider/", arn] }] });
    assert_eq!(
        issuer("production/cluster", "PodNetworkRole"),
        end(json!({ "Ref": "ClusterIdentityProvider" }))
    );
    let import = "healthcare-api-production-cluster-ClusterIdentityProvider";
    assert_eq!(
        issuer("production/identity", "SyncRole"),
        end(json!({ "Fn::ImportValue": import }))
    );
}

#[test]
fn nothing_of_pod_identity_is_left() {
    for out in [&GUARDED, &AUTO, &GROUP] {
        let templates = out
            .rendered
            .files
            .iter()
            .filter(|(path, _)| path.ends_with(".template.json"));
        for (path, text) in templates {
            for word in [
                "AWS::EKS::PodIdentityAssociation",
                "PodIdentityAssociations",
                "pods.eks.amazonaws.com",
                "eks-pod-identity-agent",
                "AssumeRoleForPodIdentity",
            ] {
                assert!(!text.contains(word), "{path}: {word}");
            }
        }
        assert!(!out.rendered.files.values().any(|text| text.contains("169.254.170.23")));
    }
}

#[test]
fn add_ons_have_their_roles_by_their_accounts() {
    for (addon, role) in [("PodNetworkAddon", "PodNetworkRole"), ("InsightsAddon", "InsightsRole")] {
        assert_eq!(
            GUARDED.at("production/cluster", addon, "/ServiceAccountRoleArn"),
            &json!({ "Fn::GetAtt": [role, "Arn"] })
        );
    }
    assert_eq!(
        GUARDED.resource("production/cluster", "NodeGroup")["DependsOn"],
        json!(["PodNetworkAddon", "ServicesAddon"])
    );
}

#[test]
fn pods_that_read_a_secret_have_the_role_that_their_account_names() {
    let account = AUTO.object("prod", "ServiceAccount", "predictor");
    let name = AUTO.at("prod/identity", "PodRole", "/RoleName").as_str().unwrap();
    assert_eq!(
        account["metadata"]["annotations"]["eks.amazonaws.com/role-arn"],
        format!("arn:aws:iam::111122223333:role/{name}")
    );
    // EKS projects the token for AWS; one for the cluster nobody needs.
    assert_eq!(account["automountServiceAccountToken"], false);
    let policy = AUTO.object("prod", "NetworkPolicy", "predictor");
    let out = items(&policy["spec"]["egress"]).iter().map(|rule| &rule["ports"]);
    let ports: BTreeSet<i64> = out.flat_map(items).map(|port| port["port"].as_i64().unwrap()).collect();
    assert_eq!(ports, [53, 443].into());
}

#[test]
fn pods_that_read_none_have_no_role() {
    let account = GUARDED.object("production", "ServiceAccount", "healthcare-prediction-api");
    assert_eq!(account["metadata"].get("annotations"), None);
}

#[test]
fn s3_64_external_secrets_asks_as_an_account_that_no_pod_has() {
    let objects = GUARDED.documents("out/healthcare-api/security/external-secrets.yaml");
    let [account, store, _] = objects.as_slice() else {
        panic!("{} objects", objects.len());
    };
    let name = "healthcare-prediction-api-secrets";
    assert_eq!(
        (
            &account["kind"],
            &account["metadata"]["name"],
            &account["automountServiceAccountToken"]
        ),
        (&json!("ServiceAccount"), &json!(name), &json!(false))
    );
    assert_eq!(
        account["metadata"]["annotations"],
        json!({ "eks.amazonaws.com/role-arn": "arn:aws:iam::111122223333:role/healthcare-api-production-sync" })
    );
    assert_eq!(
        store["spec"]["provider"]["aws"]["auth"],
        json!({ "jwt": { "serviceAccountRef": { "name": name } } })
    );
    assert_eq!(
        GUARDED.at("production/identity", "SyncRole", "/RoleName"),
        "healthcare-api-production-sync"
    );
}

#[test]
fn accounts_of_operators_name_their_roles() {
    let role = |role: &str| {
        let id = format!("{}Role", role[..1].to_uppercase() + &role[1..]);
        let name = GUARDED.at("production/identity", &id, "/RoleName").as_str().unwrap();
        json!({ "eks.amazonaws.com/role-arn": format!("arn:aws:iam::111122223333:role/{name}") })
    };
    assert_eq!(
        GUARDED.values("aws-load-balancer-controller")["serviceAccount"]["annotations"],
        role("controller")
    );
    let kyverno = GUARDED.values("kyverno");
    assert_eq!(
        kyverno["admissionController"]["rbac"]["serviceAccount"]["annotations"],
        role("verifier")
    );
}

#[test]
fn a_role_that_trusts_another_account_is_told_of_the_account_that_names_it() {
    let documents = |trusted: &str| {
        let own = AUTO.rendered.files.iter().filter(|(path, _)| {
            path.starts_with("out/predictor/prod/") && (path.ends_with(".template.json") || path.contains("/k8s/"))
        });
        let read = own.flat_map(|(path, text)| {
            let text = text.replace("serviceaccount:predictor:predictor", trusted);
            read::documents(path, &text).unwrap()
        });
        read.collect::<Vec<_>>()
    };
    let told = |trusted| across::run(&documents(trusted), &Options::default());
    assert_eq!(told("serviceaccount:predictor:predictor"), []);
    let rules: Vec<_> = told("serviceaccount:predictor:web").iter().map(|it| it.rule).collect();
    assert_eq!(rules, ["untrusted-account"]);
}

#[test]
fn the_provider_is_made_and_changed_by_nobody_but_its_environment() {
    let policies = GUARDED.all("production/permissions", "AWS::IAM::ManagedPolicy");
    let statements = policies
        .iter()
        .flat_map(|policy| items(&policy["PolicyDocument"]["Statement"]));
    let about = |action: &str| {
        let has = |statement: &&&Json| {
            let actions = &statement["Action"];
            actions == action || items(actions).iter().any(|one| one == action)
        };
        statements.clone().find(|statement| has(&statement)).unwrap()
    };
    let arn =
        "arn:${AWS::Partition}:iam::${AWS::AccountId}:oidc-provider/oidc.eks.${AWS::Region}.${AWS::URLSuffix}/id/*";
    for (action, operator, key) in [
        ("iam:CreateOpenIDConnectProvider", "StringEqualsIfExists", "Request"),
        ("iam:DeleteOpenIDConnectProvider", "StringEquals", "Resource"),
        ("iam:AddClientIDToOpenIDConnectProvider", "StringEquals", "Resource"),
    ] {
        let statement = about(action);
        assert_eq!(statement["Resource"], json!({ "Fn::Sub": arn }), "{action}");
        let tags = &statement["Condition"][operator];
        assert_eq!(tags[format!("aws:{key}Tag/environment")], "production", "{action}");
        assert_eq!(tags[format!("aws:{key}Tag/system")], "healthcare-api", "{action}");
    }
}

#[test]
fn the_pages_say_how_pods_come_by_their_rights() {
    let page = |name: &str| &GUARDED.rendered.files[&format!("out/healthcare-api/{name}")];
    assert!(page("README.md").contains("A pod has those of its service account by IRSA, not by Pod Identity: "));
    let trust = "Trusts what the cluster signed where `aud` StringEquals `sts.amazonaws.com` and `sub` StringEquals \
                 `system:serviceaccount:kyverno:kyverno-admission-controller`.";
    assert!(page("PERMISSIONS.md").contains(trust));
    assert!(page("CONTRACT.md").contains("by a token that the cluster signs for AWS, and no token of the cluster"));
    assert!(page("CLUSTER.md").contains("it asks as an account of the namespace, which no pod has"));
}

#[test]
fn pod_identity_stays_what_a_cluster_has_unless_it_is_told_otherwise() {
    assert_eq!(healthcare_api().identity(), Some(Identity::HandedOut));
    assert_eq!(trusted(&S3), BTreeSet::new());
    assert_eq!(
        S3.all("production/identity", "AWS::EKS::PodIdentityAssociation").len(),
        3
    );
    assert!(S3.all("production/cluster", "AWS::IAM::OIDCProvider").is_empty());
}

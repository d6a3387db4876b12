//! Policies, security groups and target groups on the way from a load balancer to pods.

use super::{validated, with};

const CLOSED: &str = "closed-balancer";

#[test]
fn a_policy_that_lets_only_pods_in_closes_the_balancer() {
    insta::assert_snapshot!(with(CLOSED, &[("[{ipBlock: {cidr: 10.0.0.0/16}}]", "[{podSelector: {}}]")]), @"web.yaml:21 error: the load balancer of Ingress `web` asks port `8080` of Pod `web` from `10.0.1.0/24`, which no policy lets in");
}

#[test]
fn an_exception_of_a_block_closes_it() {
    let but = [("{cidr: 10.0.0.0/16}", "{cidr: 10.0.0.0/16, except: [10.0.1.128/25]}")];
    insta::assert_snapshot!(validated(CLOSED, &but), @"web.yaml:21 warning: the load balancer of Ingress `web` asks port `8080` of Pod `web` from `10.0.1.0/24`, which no policy lets in");
}

#[test]
fn a_policy_that_lets_everybody_in_is_silent() {
    assert_eq!(with(CLOSED, &[("from: [{ipBlock: {cidr: 10.0.0.0/16}}], ", "")]), "");
    assert_eq!(
        with(CLOSED, &[("{cidr: 10.0.0.0/16}", "{cidr: '${network.Cidr}'}")]),
        ""
    );
}

#[test]
fn a_balancer_of_another_kind_or_in_subnets_that_it_names_is_silent() {
    let closed = ("cidr: 10.0.0.0/16", "cidr: 10.1.0.0/16");
    for change in [
        ("ingressClassName: alb", "ingressClassName: nginx"),
        ("target-type: ip", "target-type: instance"),
        ("scheme: internet-facing", "scheme: internal"),
        (
            "scheme: internet-facing",
            "scheme: internet-facing, alb.ingress.kubernetes.io/subnets: other",
        ),
        ("CidrBlock: 10.0.1.0/24", "CidrBlock: !ImportValue block"),
    ] {
        assert_eq!(with(CLOSED, &[closed, change]), "", "{change:?}");
    }
}

#[test]
fn a_block_that_is_known_by_a_default_is_a_warning() {
    let changes = [
        (
            "Resources:\n",
            "Parameters: {Block: {Type: String, Default: 10.0.1.0/24}}\nResources:\n",
        ),
        ("CidrBlock: 10.0.1.0/24", "CidrBlock: !Ref Block"),
        ("cidr: 10.0.0.0/16", "cidr: 10.1.0.0/16"),
    ];
    insta::assert_snapshot!(with(CLOSED, &changes), @"web.yaml:21 warning: the load balancer of Ingress `web` asks port `8080` of Pod `web` from one of its subnets, which no policy lets in");
}

#[test]
fn a_block_of_another_network_or_around_subnets_is_silent() {
    for block in [
        "10.0.0.0/16",
        "10.0.1.128/25",
        "0.0.0.0/0",
        "10.9.0.0/24",
        "169.254.170.23/32",
        "fd00::/8",
    ] {
        assert_eq!(
            with("foreign-block", &[("cidr: 10.0.1.0/24", &format!("cidr: '{block}'"))]),
            "",
            "{block}"
        );
    }
    insta::assert_snapshot!(with("foreign-block", &[("cidr: 10.0.1.0/24", "cidr: 10.0.3.7/32")]), @"web.yaml:4 warning: NetworkPolicy `web` names `10.0.3.7/32`, of which no subnet has an address");
}

#[test]
fn a_network_with_subnets_that_are_worked_out_later_is_silent() {
    let changes = [
        (
            "CidrBlock: 10.0.1.0/24",
            "CidrBlock: !Select [0, !Cidr [10.0.0.0/16, 4, 8]]",
        ),
        ("cidr: 10.0.1.0/24", "cidr: 10.0.2.0/24"),
    ];
    assert_eq!(with("foreign-block", &changes), "");
}

const TARGET: &str = "mismatched-target";

#[test]
fn a_binding_without_a_type_takes_that_of_its_target_group() {
    assert_eq!(
        with(TARGET, &[("TargetType: ip, ", ""), ("  targetType: ip\n", "")]),
        ""
    );
}

#[test]
fn machines_are_not_asked_at_a_service_without_a_node_port() {
    let service = |kind: &str| {
        let more = format!(
            "  serviceRef: {{name: web, port: 80}}\n---\napiVersion: v1\nkind: Service\nmetadata: {{name: web}}\nspec: {{type: {kind}, ports: [{{port: 80}}]}}\n"
        );
        with(
            TARGET,
            &[
                ("TargetType: ip, ", ""),
                ("  targetType: ip\n", ""),
                ("  serviceRef: {name: web, port: 80}\n", &more),
            ],
        )
    };
    insta::assert_snapshot!(service("ClusterIP"), @"web.yaml:6 error: `Web` asks machines at a node port, and Service `web` has none");
    assert_eq!(service("NodePort"), "");
}

#[test]
fn a_target_group_is_found_by_the_output_that_fills_its_place() {
    let output = "VpcId: !ImportValue vpc}\nOutputs:\n  Group: {Value: !Ref Web}\n";
    let arn = "arn:aws:elasticloadbalancing:eu-central-1:111122223333:targetgroup/shop-web/0123456789abcdef";
    let changes = [
        ("VpcId: !ImportValue vpc}\n", output),
        (arn, "${entry.Group}"),
        ("TargetType: ip, ", ""),
    ];
    insta::assert_snapshot!(with(TARGET, &changes), @"web.yaml:6 error: TargetGroupBinding `web` is of type `ip`, and `Web` takes `instance`");
}

const GROUP: &str = "closed-group";

#[test]
fn a_port_that_another_rule_opens_or_the_controller_itself_is_silent() {
    let closed = ("FromPort: 1, ToPort: 9000", "FromPort: 80, ToPort: 80");
    insta::assert_snapshot!(with(GROUP, &[closed]), @"web.yaml:4 error: the load balancer asks the pods at port 8080, which no security group opens to it");
    assert_eq!(
        with(
            GROUP,
            &[
                closed,
                (
                    "serviceRef: {name: web, port: 80}",
                    "serviceRef: {name: web, port: 80}, networking: {}"
                )
            ]
        ),
        ""
    );
    assert_eq!(
        with(
            GROUP,
            &[("IpProtocol: tcp, FromPort: 1, ToPort: 9000", "IpProtocol: '-1'")]
        ),
        ""
    );
    assert_eq!(
        with(GROUP, &[closed, ("FromPort: 80", "FromPort: !ImportValue port")]),
        ""
    );
}

/// The example of the security groups, with a subnet and a policy of the pods.
fn bound(policy: &str, balancer: &str) -> String {
    let pods = format!(
        "{{selector: {{app: web}}, ports: [{{port: 80, targetPort: 8080}}]}}
---
apiVersion: v1
kind: Pod
metadata: {{name: web, labels: {{app: web}}}}
spec: {{containers: [{{name: web, image: 'example/web:1.0', ports: [{{containerPort: 8080}}]}}]}}
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: {{name: web}}
spec: {{podSelector: {{}}, ingress: [{{from: [{policy}], ports: [{{port: 8080}}]}}]}}
"
    );
    let subnet = "Resources:\n  Public: {Type: AWS::EC2::Subnet, Properties: {VpcId: !ImportValue vpc, CidrBlock: 10.0.1.0/24}}\n";
    let changes = [
        (
            "{selector: {app: web}, ports: [{port: 80, targetPort: 8080}]}\n",
            pods.as_str(),
        ),
        ("Resources:\n", subnet),
        ("Subnets: [!ImportValue a, !ImportValue b]", balancer),
    ];
    super::others(GROUP, CLOSED, &changes)
}

#[test]
fn a_balancer_of_a_template_that_pods_are_bound_to_is_closed_the_same_way() {
    insta::assert_snapshot!(bound("{podSelector: {}}", "Subnets: [!Ref Public]"), @"web.yaml:19 error: the load balancer of TargetGroupBinding `web` asks port `8080` of Pod `web` from `10.0.1.0/24`, which no policy lets in");
    assert_eq!(bound("{ipBlock: {cidr: 10.0.0.0/16}}", "Subnets: [!Ref Public]"), "");
    assert_eq!(bound("{podSelector: {}}", "Type: network, Subnets: [!Ref Public]"), "");
    assert_eq!(
        bound("{podSelector: {}}", "Subnets: [!ImportValue a, !ImportValue b]"),
        ""
    );
}

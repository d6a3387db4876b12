//! What alarms, charts and filters watch.

use super::{validated, with};

const IDLE: &str = "idle-alarm";

const CLUSTER: &str = "Resources:\n  Cluster:\n    Type: AWS::EKS::Cluster\n    Properties: {Name: shop-prod, RoleArn: r, \
                       ResourcesVpcConfig: {SubnetIds: [s]}}\n";

#[test]
fn an_alarm_on_another_cluster_is_told() {
    insta::assert_snapshot!(with(IDLE, &[("Resources:\n", CLUSTER)]), @"alarms.yaml:11 error: no template makes the cluster `shop` that is watched here");
    let by_reference = [
        ("Resources:\n", CLUSTER),
        (
            "Name: ClusterName, Value: shop",
            "Name: ClusterName, Value: !Ref Cluster",
        ),
    ];
    assert_eq!(with(IDLE, &by_reference), "");
}

#[test]
fn a_cluster_that_is_only_known_at_the_deployment_may_be_the_one() {
    let later = [
        ("Resources:\n", CLUSTER),
        (
            "Name: ClusterName, Value: shop",
            "Name: ClusterName, Value: !ImportValue cluster",
        ),
    ];
    assert_eq!(with(IDLE, &later), "");
    let named_later = CLUSTER.replace("Name: shop-prod", "Name: !Ref AWS::StackName");
    assert_eq!(with(IDLE, &[("Resources:\n", &named_later)]), "");
}

#[test]
fn an_alarm_on_another_namespace_is_told_where_its_workload_runs_elsewhere() {
    insta::assert_snapshot!(with(IDLE, &[("Name: Namespace, Value: shop", "Name: Namespace, Value: default")]), @"alarms.yaml:9 error: no manifest has pods in namespace `default`, which is watched here");
    let another = [
        ("Name: Namespace, Value: shop", "Name: Namespace, Value: default"),
        ("Service, Value: orders", "Service, Value: dns"),
    ];
    assert_eq!(with(IDLE, &another), "");
}

#[test]
fn an_alarm_on_another_service_or_workload_is_told_where_all_is_rendered() {
    let service = [("Service, Value: orders", "Service, Value: payments")];
    insta::assert_snapshot!(with(IDLE, &service), @"alarms.yaml:10 error: no manifest makes the Service `payments` of namespace `shop` that is watched here");
    assert_eq!(validated(IDLE, &service), "");
    let workload = [("Service, Value: orders", "PodName, Value: oders")];
    insta::assert_snapshot!(validated(IDLE, &workload), @"alarms.yaml:10 warning: no manifest makes the workload `oders` of namespace `shop` that is watched here");
}

#[test]
fn metrics_of_another_namespace_of_cloudwatch_are_silent() {
    assert_eq!(
        with(
            IDLE,
            &[
                ("Namespace: ContainerInsights", "Namespace: Shop"),
                ("Service, Value: orders", "Service, Value: order")
            ]
        ),
        ""
    );
}

/// The example with another resource in place of its alarm.
fn instead_of_alarm(kind: &str, properties: &str) -> String {
    let alarm = "    Type: AWS::CloudWatch::Alarm\n    Properties:\n      Namespace: ContainerInsights\n      MetricName: \
                 pod_memory_utilization_over_pod_limit\n";
    let other = format!(
        "    Type: {kind}\n    Properties: {properties}\n  Other:\n    Type: AWS::SNS::Topic\n    Properties:\n"
    );
    with(IDLE, &[(alarm, &other)])
}

#[test]
fn the_charts_of_a_dashboard_are_looked_at() {
    let body = |service: &str| {
        let row = format!(
            r#"["ContainerInsights","x","ClusterName","${{C}}","Namespace","shop","Service","{service}",{{"stat":"Sum"}}],[".","y",".",".",".",".",".","."]"#
        );
        let body = format!(r#"{{"widgets":[{{"type":"metric","properties":{{"metrics":[{row}]}}}}]}}"#);
        instead_of_alarm(
            "AWS::CloudWatch::Dashboard",
            &format!("{{DashboardBody: !Sub '{body}'}}"),
        )
    };
    insta::assert_snapshot!(body("order"), @"alarms.yaml:4 error: no manifest makes the Service `order` of namespace `shop` that is watched here");
    assert_eq!(body("orders"), "");
}

#[test]
fn the_log_group_and_the_pattern_of_a_filter_are_looked_at() {
    let filter = |cluster: &str, namespace: &str| {
        let pattern = format!(r#"{{ $.kubernetes.namespace_name = "{namespace}" }}"#);
        let properties =
            format!("{{LogGroupName: /aws/containerinsights/{cluster}/application, FilterPattern: '{pattern}'}}");
        instead_of_alarm("AWS::Logs::MetricFilter", &properties)
    };
    assert_eq!(filter("shop", "shop"), "");
    assert_eq!(
        filter("shop", "shops"),
        "alarms.yaml:4 error: no manifest has pods in namespace `shops`, which is watched here"
    );
    assert_eq!(filter("shop", "monitoring"), "");
}

//! Groups that access entries name and bindings bind.

use super::{validated, with};

#[test]
fn a_group_that_no_binding_binds_is_told_where_all_is_rendered() {
    let other = [("KubernetesGroups: [deployers]", "KubernetesGroups: [auditors]")];
    insta::assert_snapshot!(with("idle-access", &other), @"cluster.yaml:4 error: no binding gives the group `auditors` any rights");
    assert_eq!(validated("idle-access", &other), "");
    let beside = [(
        "KubernetesGroups: [deployers]",
        "KubernetesGroups: [deployers, auditors]",
    )];
    insta::assert_snapshot!(validated("idle-access", &beside), @"cluster.yaml:4 warning: no binding gives the group `auditors` any rights");
}

#[test]
fn a_group_that_is_filled_in_later_may_be_any() {
    let later = [("kind: Group, name: deployers", "kind: Group, name: '${group}'")];
    assert_eq!(with("idle-access", &later), "");
    assert_eq!(
        with(
            "idle-access",
            &[(
                "KubernetesGroups: [deployers]",
                "KubernetesGroups: [!ImportValue group]"
            )]
        ),
        ""
    );
}

#[test]
fn a_group_has_members_by_other_ways_than_entries() {
    let unmapped = |changes: &[(&str, &str)]| {
        let both = [(
            "KubernetesGroups: [deployers, readers]",
            "KubernetesGroups: [deployers]",
        )];
        with("unmapped-group", &[&both, changes].concat())
    };
    assert_eq!(
        unmapped(&[("AuthenticationMode: API", "AuthenticationMode: API_AND_CONFIG_MAP")]),
        ""
    );
    assert_eq!(
        unmapped(&[("AccessConfig: {AuthenticationMode: API}", "Logging: {}")]),
        ""
    );
    assert_eq!(unmapped(&[("name: readers", "name: 'system:authenticated'")]), "");
    insta::assert_snapshot!(unmapped(&[]), @"access.yaml:7 error: ClusterRoleBinding `people` binds the group `readers`, which no access entry gives to anybody");
}

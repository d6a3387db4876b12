//! Names of images, secrets and what load balancers are given.

use super::{validated, with};

const IMAGE: &str = "foreign-image";

const TWO: &str = "      image: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0\n    - name: beside\n      image: \
                   111122223333.dkr.ecr.eu-central-1.amazonaws.com/proxy@${image.digest}\n";

#[test]
fn another_image_of_the_registry_is_told_where_all_is_rendered() {
    let changes = [(
        "      image: 111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders:1.0\n",
        TWO,
    )];
    insta::assert_snapshot!(with(IMAGE, &changes), @"orders.yaml:9 warning: no template makes the repository `proxy`");
    assert_eq!(validated(IMAGE, &changes), "");
}

#[test]
fn an_image_of_another_registry_is_silent() {
    assert_eq!(
        with(
            IMAGE,
            &[(
                "111122223333.dkr.ecr.eu-central-1.amazonaws.com/orders",
                "public.ecr.aws/shop/order"
            )]
        ),
        ""
    );
    assert_eq!(
        with(IMAGE, &[("amazonaws.com/orders", "amazonaws.com/eks/coredns")]),
        ""
    );
    assert_eq!(with(IMAGE, &[("amazonaws.com/orders", "amazonaws.com/${name}")]), "");
}

#[test]
fn a_repository_whose_name_is_only_known_in_part_may_be_any_that_fits() {
    let changes = [
        (
            "RepositoryName: orders",
            "RepositoryName: !Sub '${AWS::StackName}/orders'",
        ),
        ("com/orders", "com/shop/orders"),
    ];
    assert_eq!(with(IMAGE, &changes), "");
}

const SECRET: &str = "dangling-secret";

#[test]
fn a_secret_below_a_path_of_others_is_worth_a_warning() {
    insta::assert_snapshot!(with(SECRET, &[("key: shop/prod/orders", "key: shop/prod/payments")]), @"orders.yaml:11 warning: no template makes `shop/prod/payments`, and there are others below `shop/prod`");
    assert_eq!(with(SECRET, &[("key: shop/prod/orders", "key: shop/dev/payments")]), "");
}

#[test]
fn a_secret_of_another_provider_is_silent() {
    assert_eq!(
        with(
            SECRET,
            &[
                (
                    "provider: {aws: {service: SecretsManager, region: eu-central-1}}",
                    "provider: {vault: {server: x}}"
                ),
                ("key: shop/prod/orders", "key: shop/prod/order")
            ]
        ),
        ""
    );
}

#[test]
fn an_arn_names_a_secret_with_six_letters_more() {
    let arn = |name: &str| {
        let variable = format!(
            "kind: ConfigMap\nmetadata: {{name: orders, namespace: shop}}\ndata: {{DATABASE: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:{name}'}}\nother:"
        );
        with(
            SECRET,
            &[(
                "kind: ExternalSecret\nmetadata: {name: orders, namespace: shop}\nspec:",
                &variable,
            )],
        )
    };
    assert_eq!(arn("shop/prod/orders-a1B2c3"), "");
    insta::assert_snapshot!(arn("shop/prod/oders-a1B2c3"), @"orders.yaml:9 error: no template makes the secret `shop/prod/oders-a1B2c3`");
}

#[test]
fn objects_of_the_driver_for_secrets_are_read_as_the_yaml_that_they_are() {
    let object = "apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\nmetadata: {name: orders, namespace: shop}\nspec:\n  \
                  provider: aws\n  parameters:\n    objects: |\n      - {objectName: shop/prod/order, objectType: secretsmanager}\nother:";
    let before =
        "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: orders, namespace: shop}\nspec:";
    insta::assert_snapshot!(with(SECRET, &[(before, object)]), @"orders.yaml:13 error: no template makes the secret `shop/prod/order`");
}

#[test]
fn a_variable_that_says_that_it_names_a_secret_is_looked_at() {
    let pod = |name: &str, value: &str| {
        let text = format!(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {{name: orders, namespace: shop}}\ndata: {{{name}: {value}}}\nother:"
        );
        let before = "apiVersion: external-secrets.io/v1\nkind: ExternalSecret\nmetadata: {name: orders, namespace: shop}\nspec:";
        with(SECRET, &[(before, &text)])
    };
    insta::assert_snapshot!(pod("ORDERS_SECRET", "shop/prod/order"), @"orders.yaml:9 error: no template makes the secret `shop/prod/order`");
    assert_eq!(pod("ORDERS_SECRET", "shop/prod/payments"), "");
    assert_eq!(pod("ORDERS_PATH", "shop/prod/order"), "");
}

const NAME: &str = "foreign-name";

#[test]
fn names_of_subnets_firewalls_and_buckets_are_looked_at() {
    let wrong = |annotation: &str, resource: &str| {
        let before = "    Properties: {GroupDescription: Front, VpcId: !ImportValue vpc, Tags: [{Key: Name, Value: shop-front}]}";
        with(
            NAME,
            &[
                ("security-groups: shop-front", annotation),
                ("    Type: AWS::EC2::SecurityGroup\n", ""),
                (before, resource),
            ],
        )
    };
    let subnet = "    Type: AWS::EC2::Subnet\n    Properties: {Tags: [{Key: Name, Value: shop-front}]}";
    insta::assert_snapshot!(wrong("subnets: shop-fornt", subnet), @"web.yaml:5 error: no template makes the subnet `shop-fornt`");
    assert_eq!(wrong("subnets: subnet-0123456789", subnet), "");
    let firewall = "    Type: AWS::WAFv2::WebACL\n    Properties: {Name: shop-front}";
    let arn = "wafv2-acl-arn: 'arn:aws:wafv2:eu-central-1:1:regional/webacl/shop-frot/0a'";
    insta::assert_snapshot!(wrong(arn, firewall), @"web.yaml:5 error: no template makes the firewall `shop-frot`");
    let bucket = "    Type: AWS::S3::Bucket\n    Properties: {BucketName: shop-front}";
    let attributes = "load-balancer-attributes: 'access_logs.s3.enabled=true,access_logs.s3.bucket=shop-frontt'";
    insta::assert_snapshot!(wrong(attributes, bucket), @"web.yaml:5 error: no template makes the bucket `shop-frontt`");
}

#[test]
fn a_name_of_something_made_elsewhere_is_silent() {
    assert_eq!(
        with(
            NAME,
            &[(
                "security-groups: shop-front",
                "security-groups: 'shop-front, company-vpn, sg-0a1b2c'"
            )]
        ),
        ""
    );
}

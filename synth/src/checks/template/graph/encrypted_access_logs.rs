use crate::checks::template::contents::access_log_bucket;
use crate::checks::{Family, Level, Report, Rule, Set};
use crate::read::Node;
use crate::read::template::known;

pub(super) const RULE: Rule = Rule {
    name: "encrypted-access-logs",
    why: "Elastic Load Balancing delivers access logs only to a bucket with keys of S3's own (SSE-S3).",
    link: "https://docs.aws.amazon.com/elasticloadbalancing/latest/application/enable-access-logging.html",
    level: Level::Error,
    family: Family::Graph,
    check,
};

fn check<'a>(set: &Set<'a>, report: &mut Report<'a>) {
    for (template, balancer) in set.of("AWS::ElasticLoadBalancingV2::LoadBalancer") {
        let Some(node) = access_log_bucket(balancer) else {
            continue;
        };
        let Some((home, bucket)) = set
            .target(template, node)
            .filter(|(_, bucket)| bucket.kind == "AWS::S3::Bucket")
        else {
            continue;
        };
        let rules = bucket
            .dig(&["BucketEncryption", "ServerSideEncryptionConfiguration"])
            .and_then(Node::list);
        for rule in rules.unwrap_or_default() {
            let Some(algorithm) = rule.dig(&["ServerSideEncryptionByDefault", "SSEAlgorithm"]) else {
                continue;
            };
            let name = known::text(home, algorithm);
            if let Some(name) = name.filter(|name| name.starts_with("aws:kms")) {
                report
                    .value(
                        algorithm,
                        format!("`{}` sends its access logs here, which cannot use KMS", balancer.id),
                    )
                    .sure(name.sure)
                    .help("use `AES256`");
            }
        }
    }
}

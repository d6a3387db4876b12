"""Judges every policy of the templates with parliament: grammar, actions, conditions.

usage: policies.py ACTIONS TEMPLATE...   (with the Python of the environment of parliament)

ACTIONS is cfn-lint's table of IAM's actions, which is newer than parliament's: an action or a condition key must be in one of
them.
"""
import collections
import json
import re
import sys

import parliament
from parliament import statement

VALUES = {
    "AWS::AccountId": "111122223333",
    "AWS::Partition": "aws",
    "AWS::Region": "us-east-1",
    "AWS::URLSuffix": "amazonaws.com",
}
# What an attribute or a reference is, for the types that policies name.
ARNS = {
    "AWS::ECR::Repository": "arn:aws:ecr:us-east-1:111122223333:repository/name",
    "AWS::IAM::ManagedPolicy": "arn:aws:iam::111122223333:policy/name",
    "AWS::IAM::Role": "arn:aws:iam::111122223333:role/name",
    "AWS::KMS::Key": "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
    "AWS::Logs::LogGroup": "arn:aws:logs:us-east-1:111122223333:log-group:name:*",
    "AWS::S3::Bucket": "arn:aws:s3:::name",
    "AWS::SecretsManager::Secret": "arn:aws:secretsmanager:us-east-1:111122223333:secret:name-AbCdEf",
    "AWS::SNS::Topic": "arn:aws:sns:us-east-1:111122223333:name",
}
# What an import is, by the end of its name: the logical id of a resource, or an attribute.
IMPORTS = {"KeyArn": "AWS::KMS::Key", "LogGroupArn": "AWS::Logs::LogGroup", "Secret": "AWS::SecretsManager::Secret",
           "SecretArn": "AWS::SecretsManager::Secret"}
# What parliament says and what is no mistake here; it is counted, not refused.
TOLERATED = {
    # It wants every kind of load balancer that an action can touch, and knows fewer kinds of resources than IAM does.
    "RESOURCE_MISMATCH",
    # `cloudwatch:PutCompositeAlarm` must be on `*`; `ecs:ListTasks` is held by a condition on the cluster.
    "RESOURCE_STAR",
    # CloudFormation sets the policy of the bucket that it makes, and never reads what is in there.
    "RESOURCE_POLICY_PRIVILEGE_ESCALATION",
    # An ARN in `StringEquals` is compared as it is, which is what is meant.
    "MISMATCHED_TYPE_BUT_USABLE",
}
# Condition keys that neither table has for an action, and AWS's own policies use (`AmazonEKSLoadBalancingPolicy`).
USED_BY_AWS = {("elasticloadbalancing:CreateAction", "elasticloadbalancing:AddTags")}

# Global condition keys that parliament does not know (IAM user guide, "AWS global condition context keys").
statement.GLOBAL_CONDITION_KEYS["aws:ViaAWSService"] = "Bool"


def resolved(node, resources):
    """A policy with plain values in the place of functions."""
    if isinstance(node, list):
        return [resolved(item, resources) for item in node]
    if not isinstance(node, dict):
        return node
    if len(node) == 1:
        (key, value), = node.items()
        if key == "Ref":
            return VALUES.get(value) or ARNS[resources[value]["Type"]]
        if key == "Fn::ImportValue":
            return next(ARNS[kind] for end, kind in IMPORTS.items() if value.endswith(end))
        if key == "Fn::GetAtt":
            return ARNS[resources[value[0]]["Type"]]
        if key == "Fn::Sub":
            text = value if isinstance(value, str) else value[0]
            return re.sub(r"\$\{([^}]+)\}", lambda it: named(it.group(1), resources), text)
    return {key: resolved(value, resources) for key, value in node.items()}


def named(name, resources):
    return VALUES.get(name) or ARNS[resources[name.split(".")[0]]["Type"]]


def policies(template):
    """The identity policies of a template, by the resource that has them."""
    resources = template["Resources"]
    for name, it in resources.items():
        properties = it.get("Properties", {})
        if it["Type"] == "AWS::IAM::ManagedPolicy":
            yield name, resolved(properties["PolicyDocument"], resources)
        if it["Type"] == "AWS::IAM::Role":
            for policy in properties.get("Policies", []):
                yield f"{name}.{policy['PolicyName']}", resolved(policy["PolicyDocument"], resources)


def known(finding, actions):
    """What of it the newer table has, where parliament does not know an action or a condition key."""
    if finding.issue == "UNKNOWN_ACTION":
        prefix, _, name = finding.location["string"].partition(":")
        return "newer action" if name.lower() in actions.get(prefix, {}).get("Actions", {}) else None
    if finding.issue == "UNKNOWN_CONDITION_FOR_ACTION":
        key, _, action = finding.detail.removeprefix("Unknown condition ").partition(" for action ")
        if (key, action) in USED_BY_AWS:
            return "condition key of AWS's own policies"
        prefix, _, name = action.partition(":")
        return "newer condition key" if key in keys_of(actions.get(prefix, {}), name.lower()) else None
    return None


def keys_of(service, name):
    """The condition keys of an action: its own, and those of the resources that it is about."""
    action = service.get("Actions", {}).get(name, {})
    resources = [service.get("Resources", {}).get(resource, {}) for resource in action.get("Resources", [])]
    return {key for it in [action, *resources] for key in it.get("ConditionKeys", [])}


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        actions = json.load(file)
    seen, wrong, tolerated = 0, [], collections.Counter()
    for path in sys.argv[2:]:
        with open(path, encoding="utf-8") as file:
            template = json.load(file)
        for name, policy in policies(template):
            seen += 1
            for finding in parliament.analyze_policy_string(json.dumps(policy)).findings:
                newer = known(finding, actions)
                if newer or finding.issue in TOLERATED:
                    tolerated[newer or finding.issue] += 1
                else:
                    wrong.append(f"{path}: {name}: {finding.issue}: {finding.detail} {finding.location}")
    print("\n".join(wrong + [f"tolerated: {issue} ({count})" for issue, count in sorted(tolerated.items())]))
    print(f"{seen} policies, {len(wrong)} mistakes")
    sys.exit(bool(wrong))


main()

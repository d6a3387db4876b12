"""Takes out of a template what a local deploy target does not make, and nothing else.

A reference to what is gone becomes a plain text that says so, so that exports, and the stacks that
import them, stay in place. What was taken out is told: a line each.
"""
import json
import re

# Resource types that the target refuses: its change set fails and names the type.
REFUSED = {
    "ministack": {
        "AWS::ApplicationAutoScaling::ScalableTarget",
        "AWS::ApplicationAutoScaling::ScalingPolicy",
        "AWS::CloudWatch::CompositeAlarm",
        "AWS::CodeDeploy::Application",
        "AWS::CodeDeploy::DeploymentConfig",
        "AWS::CodeDeploy::DeploymentGroup",
        "AWS::EC2::EIP",
        "AWS::EC2::FlowLog",
        "AWS::EC2::NatGateway",
        "AWS::EC2::SecurityGroupEgress",
        "AWS::EC2::SecurityGroupIngress",
        "AWS::EKS::AccessEntry",
        "AWS::EKS::Addon",
        "AWS::EKS::PodIdentityAssociation",
        "AWS::IAM::OIDCProvider",
        "AWS::RDS::EventSubscription",
        "AWS::WAFv2::LoggingConfiguration",
        "AWS::WAFv2::WebACLAssociation",
    },
    "moto": set(),
}
# Resources that mean nothing without the one that they refer to go with it.
FOLLOWS = {"AWS::EC2::Route"}
# Types that the target takes, but not with this property.
REFUSED_WITH = {"ministack": {("AWS::CloudWatch::Alarm", "Metrics")}, "moto": set()}


# Attributes that the target does not know: a text of the same kind stands for each.
UNKNOWN = {
    "ministack": {
        ("AWS::RDS::DBInstance", "MasterUserSecret.SecretArn"): "arn:aws:secretsmanager:us-east-1:111122223333:secret:master-abcdef",
    },
    "moto": {},
}


def with_known(node, unknown):
    """The value with a text for each attribute that is not known."""
    if isinstance(node, list):
        return [with_known(item, unknown) for item in node]
    if not isinstance(node, dict):
        return node
    if list(node) == ["Fn::GetAtt"]:
        return unknown.get(tuple(node["Fn::GetAtt"]), node)
    return {key: with_known(value, unknown) for key, value in node.items()}


def names_gone(node, gone):
    """Whether a value refers to one of the resources that are gone."""
    if isinstance(node, list):
        return any(names_gone(item, gone) for item in node)
    if not isinstance(node, dict):
        return False
    return stand_in(node, gone) is not None or any(names_gone(v, gone) for v in node.values())


def stand_in(node, gone):
    """The text for a reference to what is gone, or None."""
    if len(node) != 1:
        return None
    (key, value), = node.items()
    if key == "Ref" and value in gone:
        return f"gone-{value}"
    if key == "Fn::GetAtt":
        name = value.split(".")[0] if isinstance(value, str) else value[0]
        return f"arn:aws:gone:::{name}" if name in gone else None
    return None


def rewrite(node, gone):
    """The value with every reference to what is gone replaced."""
    if isinstance(node, list):
        return [rewrite(item, gone) for item in node]
    if not isinstance(node, dict):
        return node
    text = stand_in(node, gone)
    if text is not None:
        return text
    if list(node) == ["Fn::Sub"]:
        return {"Fn::Sub": rewrite_sub(node["Fn::Sub"], gone)}
    return {key: rewrite(value, gone) for key, value in node.items()}


def rewrite_sub(value, gone):
    text, names = (value, None) if isinstance(value, str) else (value[0], value[1])
    own = set(names or ())

    def one(match):
        name = match.group(1).split(".")[0]
        return f"gone-{name}" if name in gone and name not in own else match.group(0)

    text = re.sub(r"\$\{([^!}][^}]*)\}", one, text)
    return text if names is None else [text, rewrite(names, gone)]


def is_refused(target, it):
    """Whether the target makes no such resource."""
    keys = it.get("Properties", {})
    return it["Type"] in REFUSED[target] or any((it["Type"], key) in REFUSED_WITH[target] for key in keys)


def without(target, template):
    """The template as the target takes it, and a line for each thing taken out."""
    resources, said = template["Resources"], []
    gone = {name for name, it in resources.items() if is_refused(target, it)}
    gone |= {n for n, it in resources.items() if it["Type"] in FOLLOWS and names_gone(it["Properties"], gone)}
    for name in gone:
        it = resources.pop(name)
        why = [key for key in it.get("Properties", {}) if (it["Type"], key) in REFUSED_WITH[target]]
        said.append(f"{it['Type']} with {why[0]}" if why else it["Type"])
    for it in resources.values():
        after = it.get("DependsOn")
        if after is not None:
            after = [n for n in ([after] if isinstance(after, str) else after) if n not in gone]
            it["DependsOn"] = after
            if not after:
                del it["DependsOn"]
    unknown = {
        (name, attribute): text
        for name, it in resources.items()
        for (kind, attribute), text in UNKNOWN[target].items()
        if it["Type"] == kind
    }
    said += [f"{kind} without {attribute}" for kind, attribute in UNKNOWN[target] if any(it["Type"] == kind for it in resources.values())]
    return with_known(rewrite(template, gone), unknown), sorted(said)


def dump(template, path):
    """Writes a template."""
    with open(path, "w", encoding="utf-8") as file:
        json.dump(template, file, separators=(",", ":"))


def write(target, source, to):
    """Writes the template of a file as the target takes it, and tells what was taken out."""
    with open(source, encoding="utf-8") as file:
        template, said = without(target, json.load(file))
    dump(template, to)
    return said

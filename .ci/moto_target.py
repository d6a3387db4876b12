"""moto_server with the few gaps closed that keep our templates from deploying to it as rendered.

usage: moto_target.py --host 127.0.0.1 --port PORT   (with the Python of the moto environment)

The templates stay as they are, so the gaps are closed on this side. Each function says which one.
"""
import json

from moto.cloudformation import models as cloudformation
from moto.cloudformation import parsing
from moto.ecr import models as ecr
from moto.elbv2 import models as elbv2
from moto.kms import models as kms
from moto.rds import models as rds
from moto.server import main


def change_sets_create_like_create_stack():
    """A stack made by a change set resolves no import and registers no export; one by CreateStack does."""
    backend = cloudformation.CloudFormationBackend
    execute = backend.execute_change_set

    def execute_change_set(self, change_set_name, stack_name=None):
        change_set = self.describe_change_set(change_set_name)
        if change_set.change_set_type != "CREATE":
            return execute(self, change_set_name, stack_name)
        waiting = self.stacks.pop(change_set.stack_id)
        self.create_stack(
            name=waiting.name,
            template=change_set.template,
            parameters=change_set.parameters,
            tags=change_set.tags,
            role_arn=change_set.role_arn,
        )
        change_set.execution_status = "EXECUTE_COMPLETE"
        return None

    backend.execute_change_set = execute_change_set


def keys_take_tags():
    """The tags of a key come as Key and Value in a template and as TagKey and TagValue in the API."""
    create = kms.KmsBackend.create_key

    def create_key(self, *args, tags=None, **named):
        tags = [{"TagKey": t["Key"], "TagValue": t["Value"]} if "Key" in t else t for t in tags or []]
        return create(self, *args, tags=tags, **named)

    kms.KmsBackend.create_key = create_key


def load_balancers_have_full_names():
    """The dimensions of alarms are the full names, which are the last parts of the ARNs."""
    balancer, group = elbv2.FakeLoadBalancer, elbv2.FakeTargetGroup
    of_balancer = balancer.get_cfn_attribute

    def balancer_attribute(self, name):
        if name == "LoadBalancerFullName":
            return self.arn.split(":loadbalancer/")[1]
        if name == "CanonicalHostedZoneID":
            return "Z35SXDOTRQ7X7K"
        return of_balancer(self, name)

    def group_attribute(self, name):
        if name == "TargetGroupFullName":
            return self.arn.split(":")[-1]
        if name == "TargetGroupArn":
            return self.arn
        raise NotImplementedError(name)

    balancer.get_cfn_attribute = balancer_attribute
    group.get_cfn_attribute = group_attribute
    balancer.has_cfn_attr = classmethod(lambda cls, name: True)
    group.has_cfn_attr = classmethod(lambda cls, name: True)


def databases_have_managed_passwords():
    """moto makes no secret for a password that RDS manages, and has no attribute for it."""
    of_database = rds.DBInstance.get_cfn_attribute

    def database_attribute(self, name):
        if name == "MasterUserSecret.SecretArn":
            return f"arn:aws:secretsmanager:us-east-1:111122223333:secret:{self.db_instance_identifier}-abcdef"
        return of_database(self, name)

    rds.DBInstance.get_cfn_attribute = database_attribute
    rds.DBInstance.has_cfn_attr = classmethod(lambda cls, name: True)


def databases_take_parameter_groups():
    """A reference to a parameter group arrives as the group, not as its name."""
    create = rds.RDSBackend.create_db_instance

    def create_db_instance(self, db_kwargs):
        group = db_kwargs.get("db_parameter_group_name")
        return create(self, {**db_kwargs, "db_parameter_group_name": getattr(group, "name", group)})

    rds.RDSBackend.create_db_instance = create_db_instance


class NotMade:
    """A resource of a type that moto does not make, where another one names it."""

    def __init__(self, name):
        self.name = name

    def get_cfn_attribute(self, attribute):
        return f"arn:aws:not-made:::{self.name}/{attribute}"


def what_is_not_made_can_be_named():
    """moto leaves out the types that it does not know, and then fails on an attribute of one or exports nothing."""

    def get(self, name, default=None):
        found = self[name] if name in self else default
        return NotMade(name) if found is None and name in self.resources else found

    parsing.ResourceMap.get = get
    clean = parsing.clean_json

    def clean_json(node, resources):
        found = clean(node, resources)
        if found is None and isinstance(node, dict) and node.get("Ref") in getattr(resources, "resources", ()):
            return f"not-made-{node['Ref']}"
        return found

    parsing.clean_json = clean_json
    # It looks for the attributes that outputs name, and has none of a type that it does not know.
    parsing.ResourceMap.validate_outputs = lambda self: None


def registries_have_policies():
    """A registry is made without the policy that its template has."""
    make = ecr.Repository.create_from_cloudformation_json

    def create_from_cloudformation_json(_cls, name, body, account, region, **named):
        made = make(name, body, account, region, **named)
        policy = body["Properties"].get("RepositoryPolicyText")
        if policy:
            ecr.ecr_backends[account][region].set_repository_policy(None, made.name, json.dumps(policy))
        return made

    ecr.Repository.create_from_cloudformation_json = classmethod(create_from_cloudformation_json)


def what_is_depended_on_comes_first():
    """A resource is made as soon as another one refers to it, before those that it depends on."""
    find = parsing.ResourceMap.__getitem__

    def __getitem__(self, key):
        after = [] if key in self._parsed_resources else self._resource_json_map.get(key, {}).get("DependsOn", [])
        for name in [after] if isinstance(after, str) else after:
            _ = self[name]
        return find(self, key)

    parsing.ResourceMap.__getitem__ = __getitem__


change_sets_create_like_create_stack()
what_is_depended_on_comes_first()
registries_have_policies()
what_is_not_made_can_be_named()
keys_take_tags()
load_balancers_have_full_names()
databases_take_parameter_groups()
databases_have_managed_passwords()
main()

"""Asks each service, through its own API, whether it has what a template says."""
import json
import sys

# What moto skips in silence: the stack is complete and the resource is not there.
NOT_MADE = {
    "AWS::ApplicationAutoScaling::ScalableTarget",
    "AWS::ApplicationAutoScaling::ScalingPolicy",
    "AWS::CloudWatch::Alarm",
    "AWS::CloudWatch::CompositeAlarm",
    "AWS::CodeDeploy::Application",
    "AWS::CodeDeploy::DeploymentConfig",
    "AWS::CodeDeploy::DeploymentGroup",
    "AWS::SecretsManager::Secret",
    "AWS::EC2::SecurityGroupEgress",
    "AWS::EKS::AccessEntry",
    "AWS::EKS::Addon",
    "AWS::EKS::Cluster",
    "AWS::EKS::Nodegroup",
    "AWS::EKS::PodIdentityAssociation",
    "AWS::IAM::OIDCProvider",
    "AWS::Logs::MetricFilter",
    "AWS::RDS::EventSubscription",
    "AWS::S3::BucketPolicy",
    "AWS::SNS::Subscription",
    "AWS::SNS::TopicPolicy",
    "AWS::WAFv2::LoggingConfiguration",
    "AWS::WAFv2::WebACL",
    "AWS::WAFv2::WebACLAssociation",
}

# A type: the service, its operation, the argument that takes the id (a list of it with []), the way to the answer,
# and the properties of the template that the answer must repeat, with their names there.
LOOKS = {
    "AWS::EC2::VPC": ("ec2", "describe_vpcs", "VpcIds[]", "Vpcs", {"CidrBlock": "CidrBlock"}),
    "AWS::EC2::Subnet": ("ec2", "describe_subnets", "SubnetIds[]", "Subnets", {"CidrBlock": "CidrBlock"}),
    "AWS::EC2::RouteTable": ("ec2", "describe_route_tables", "RouteTableIds[]", "RouteTables", {}),
    "AWS::EC2::InternetGateway": (
        "ec2", "describe_internet_gateways", "InternetGatewayIds[]", "InternetGateways", {}),
    "AWS::EC2::NatGateway": ("ec2", "describe_nat_gateways", "NatGatewayIds[]", "NatGateways", {}),
    "AWS::EC2::FlowLog": (
        "ec2", "describe_flow_logs", "FlowLogIds[]", "FlowLogs", {"TrafficType": "TrafficType"}),
    "AWS::EC2::VPCEndpoint": (
        "ec2", "describe_vpc_endpoints", "VpcEndpointIds[]", "VpcEndpoints", {"VpcEndpointType": "VpcEndpointType"}),
    "AWS::EC2::SecurityGroup": (
        "ec2", "describe_security_groups", "GroupIds[]", "SecurityGroups", {"GroupDescription": "Description"}),
    "AWS::ECR::Repository": (
        "ecr", "describe_repositories", "repositoryNames[]", "repositories",
        {"RepositoryName": "repositoryName", "ImageTagMutability": "imageTagMutability"}),
    "AWS::ECS::Cluster": ("ecs", "describe_clusters", "clusters[]", "clusters", {"ClusterName": "clusterName"}),
    "AWS::ECS::TaskDefinition": (
        "ecs", "describe_task_definition", "taskDefinition", "taskDefinition",
        {"Family": "family", "Memory": "memory"}),
    "AWS::EKS::Cluster": ("eks", "describe_cluster", "name", "cluster", {"Name": "name", "Version": "version"}),
    "AWS::ElasticLoadBalancingV2::LoadBalancer": (
        "elbv2", "describe_load_balancers", "LoadBalancerArns[]", "LoadBalancers", {"Scheme": "Scheme"}),
    "AWS::ElasticLoadBalancingV2::Listener": (
        "elbv2", "describe_listeners", "ListenerArns[]", "Listeners",
        {"Port": "Port", "Protocol": "Protocol", "SslPolicy": "SslPolicy"}),
    "AWS::ElasticLoadBalancingV2::TargetGroup": (
        "elbv2", "describe_target_groups", "TargetGroupArns[]", "TargetGroups",
        {"HealthCheckPath": "HealthCheckPath", "Port": "Port", "TargetType": "TargetType"}),
    "AWS::ElasticLoadBalancingV2::ListenerRule": ("elbv2", "describe_rules", "RuleArns[]", "Rules", {}),
    "AWS::Logs::LogGroup": (
        "logs", "describe_log_groups", "logGroupNamePrefix", "logGroups",
        {"LogGroupName": "logGroupName", "RetentionInDays": "retentionInDays"}),
    "AWS::CloudWatch::Alarm": (
        "cloudwatch", "describe_alarms", "AlarmNames[]", "MetricAlarms",
        {"ComparisonOperator": "ComparisonOperator", "MetricName": "MetricName", "Period": "Period"}),
    "AWS::CloudWatch::Dashboard": ("cloudwatch", "get_dashboard", "DashboardName", "", {}),
    "AWS::SNS::Topic": ("sns", "get_topic_attributes", "TopicArn", "Attributes", {}),
    "AWS::S3::Bucket": ("s3", "get_bucket_encryption", "Bucket", "ServerSideEncryptionConfiguration", {}),
    "AWS::KMS::Key": ("kms", "get_key_rotation_status", "KeyId", "", {"EnableKeyRotation": "KeyRotationEnabled"}),
    "AWS::IAM::Role": ("iam", "get_role", "RoleName", "Role", {"RoleName": "RoleName"}),
    "AWS::IAM::ManagedPolicy": ("iam", "get_policy", "PolicyArn", "Policy", {}),
}


def stacks_of(person):
    """The names of the stacks in an account and region."""
    pages = person.client("cloudformation").get_paginator("describe_stacks").paginate()
    return {it["StackName"] for page in pages for it in page["Stacks"] if it["StackStatus"] != "DELETE_COMPLETE"}


def by_code_deploy(template):
    """Whether CodeDeploy decides what the service of a template runs."""
    services = [it["Properties"] for it in template["Resources"].values() if it["Type"] == "AWS::ECS::Service"]
    return any(it.get("DeploymentController", {}).get("Type") == "CODE_DEPLOY" for it in services)


class Seen:
    """What was asked, and what came of it."""

    def __init__(self, target):
        self.target = target.name
        self.skipped = NOT_MADE if target.name == "moto" else set()
        self.looked, self.unmade, self.errors = 0, set(), []

    @staticmethod
    def resources(person, name):
        """The physical ids of a stack's resources by their logical ones."""
        answer = person.client("cloudformation").describe_stack_resources(StackName=name)
        made = [it for it in answer["StackResources"] if it.get("LogicalResourceId")]
        return {it["LogicalResourceId"]: it.get("PhysicalResourceId", "") for it in made}

    def stack(self, person, name, template):
        """Every resource of a template; those of a condition that is false are not asked for."""
        made = self.resources(person, name)
        for logical, body in template["Resources"].items():
            kind = body["Type"]
            if logical in made:
                self.one(person, f"{name}: {logical}", kind, made[logical], body.get("Properties", {}))
            elif kind in self.skipped:
                self.unmade.add(kind)
            elif "Condition" not in body:
                self.errors.append(f"{name} has no {logical} ({kind})")

    def apart(self, person_of, site):
        """Each account has its own stacks and no others; a registry lets the other accounts of its system pull."""
        people = {person_of(stack) for stack in site.stacks}
        for person in people:
            wanted = {stack.name for stack in site.stacks if person_of(stack) is person}
            found = stacks_of(person)
            if found != wanted:
                self.errors.append(f"{person.account} has not {sorted(wanted - found)}, and has {sorted(found - wanted)}")
        for stack in site.environments():
            first = next(it for it in site.environments() if it.system == stack.system)
            if stack.account == first.account:
                continue
            policy = person_of(first).asked("ecr", "get-repository-policy", "--repository-name", stack.system)
            roles = f":iam::{stack.account}:role/{stack.system}-{stack.environment}-*"
            if roles not in policy["policyText"]:
                self.errors.append(f"the registry of {stack.system} lets nothing of {stack.account} pull: {policy}")
            print(f"{self.target}: {stack.environment} of {stack.system} stands in {stack.account}, and may pull from {first.account}")

    def one(self, person, what, kind, physical, properties):
        """One resource."""
        if kind not in LOOKS:
            return
        service, operation, argument, way, same = LOOKS[kind]
        given = [physical] if argument.endswith("[]") else physical
        try:
            answer = getattr(person.client(service), operation)(**{argument.removesuffix("[]"): given})
        except Exception as error:  # whatever the service says, it does not have it
            self.errors.append(f"{what} ({kind}) {physical}: {error}")
            return
        found = answer[way] if way else answer
        if isinstance(found, list):
            found = next(iter(found), None)
        if not found:
            self.errors.append(f"{what} ({kind}): {operation} finds no {physical}")
            return
        self.looked += 1
        for mine, theirs in same.items():
            wanted, got = properties.get(mine), found.get(theirs)
            if wanted is not None and not isinstance(wanted, dict) and str(wanted) != str(got):
                self.errors.append(f"{what} ({kind}): {mine} is {got}, not {wanted}")

    def image(self, person, name, template, digest):
        """The service, or the task that runs once, has the image that was asked for, as the template says how."""
        made = self.resources(person, name)
        ids = {body["Type"]: made.get(logical) for logical, body in template["Resources"].items()}
        ecs = person.client("ecs")
        definition = ids["AWS::ECS::TaskDefinition"]
        # What CloudFormation registers, CodeDeploy moves to; the service stays as it is until then.
        if "AWS::ECS::Service" in ids and not by_code_deploy(template):
            cluster, service = ids["AWS::ECS::Cluster"], ids["AWS::ECS::Service"].rsplit("/", 1)[-1]
            services = ecs.describe_services(cluster=cluster, services=[service])["services"]
            if len(services) != 1:
                self.quit(f"{name}: describe-services finds {len(services)} services {service}")
            definition = services[0]["taskDefinition"]
        task = ecs.describe_task_definition(taskDefinition=definition)["taskDefinition"]
        container = task["containerDefinitions"][0]
        says = [
            container["image"].endswith(f"@{digest}"),
            container.get("readonlyRootFilesystem") is True,
            container.get("user", "").startswith("1000"),
        ]
        if not all(says):
            self.quit(f"{name}: {definition} has {json.dumps(container)}")
        self.looked += 2

    def report(self):
        """Ends the process if a service says something else."""
        print(f"{self.target}: {self.looked} resources looked at through their services")
        if self.unmade:
            print(f"{self.target}: skipped in silence: {', '.join(sorted(self.unmade))}")
        if self.errors:
            self.quit("\n".join(self.errors))
        self.looked = 0

    @staticmethod
    def quit(text):
        sys.exit(text)

use super::found;

#[test]
fn refused_name_tells_letters_lengths_and_reserved_words() {
    let said = found(
        "refused-name",
        r"
Parameters:
  Name: {Type: String, Default: a b}
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: orders new}}
  B: {Type: 'AWS::SQS::Queue', Properties: {QueueName: orders.fifo}}
  C: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref Name}}
  K: {Type: 'AWS::SNS::Topic', Properties: {TopicName: orders, FifoTopic: true}}
  D: {Type: 'AWS::S3::Bucket', Properties: {BucketName: ab}}
  E: {Type: 'AWS::S3::Bucket', Properties: {BucketName: 10.0.0.1}}
  F: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {Name: internal-web}}
  G: {Type: 'AWS::ElasticLoadBalancingV2::TargetGroup', Properties: {Name: web-}}
  H: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {ReplicationGroupId: a--b}}
  I: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupName: sg-web}}
  J: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, MasterUsername: admin}}
",
    );
    insta::assert_snapshot!(said, @r#"
    5:56 `QueueName` is "orders new"; it has letters, digits and `_-`, and no ' '
    6:56 `QueueName` is "orders.fifo"; only names of FIFO queues and topics end in `.fifo`
    7:56 `TopicName` is "a b"; it has letters, digits and `_-`, and no ' '
    8:56 `TopicName` is "orders"; the name of a FIFO topic ends in `.fifo`
    9:57 `BucketName` is "ab"; it has 2 characters and can have 3 to 63
    10:57 `BucketName` is "10.0.0.1"; it is no IP address
    11:77 `Name` is "internal-web"; Elastic Load Balancing keeps `internal-` for itself
    12:76 `Name` is "web-"; it begins and ends with a letter or a digit
    13:84 `ReplicationGroupId` is "a--b"; it does not end with a hyphen and has no two together
    14:64 `GroupName` is "sg-web"; only ids begin with `sg-`
    15:84 `postgres` keeps this name for itself
    "#);
}

#[test]
fn refused_name_is_silent_about_names_that_services_take() {
    let said = found(
        "refused-name",
        r"
Parameters:
  Name: {Type: String, Default: ''}
  Fifo: {Type: String}
Resources:
  A: {Type: 'AWS::SQS::Queue', Properties: {QueueName: orders_new-1}}
  B: {Type: 'AWS::SQS::Queue', Properties: {QueueName: orders.fifo, FifoQueue: true}}
  C: {Type: 'AWS::SQS::Queue', Properties: {QueueName: orders.fifo, FifoQueue: !Ref Fifo}}
  D: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Ref Name}}
  K: {Type: 'AWS::SNS::Topic', Properties: {TopicName: '{{resolve:ssm:name}}'}}
  E: {Type: 'AWS::SNS::Topic', Properties: {TopicName: !Sub '${AWS::StackName} x'}}
  F: {Type: 'AWS::S3::Bucket', Properties: {BucketName: my.bucket-1}}
  G: {Type: 'AWS::ElasticLoadBalancingV2::LoadBalancer', Properties: {Name: web-internal}}
  H: {Type: 'AWS::ElastiCache::ReplicationGroup', Properties: {ReplicationGroupId: a-b}}
  I: {Type: 'AWS::EC2::SecurityGroup', Properties: {GroupName: web servers (1)}}
  J: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: mysql, MasterUsername: admin}}
",
    );
    insta::assert_snapshot!(said, @"");
}

//! Which resources hold what cannot be made again.

/// What types hold, in a word, and the types without their `AWS::`.
const HOLDERS: &[(&str, &[&str])] = &[
    (
        "database",
        &[
            "RDS::DBInstance",
            "RDS::DBCluster",
            "RDS::GlobalCluster",
            "Neptune::DBCluster",
            "Neptune::DBInstance",
            "DocDB::DBCluster",
            "DocDB::DBInstance",
            "DocDBElastic::Cluster",
            "Redshift::Cluster",
            "RedshiftServerless::Namespace",
            "DSQL::Cluster",
            "NeptuneGraph::Graph",
            "QLDB::Ledger",
            "SDB::Domain",
            "Serverless::SimpleTable",
            "Lightsail::Database",
            "Timestream::InfluxDBInstance",
        ],
    ),
    (
        "table",
        &[
            "DynamoDB::Table",
            "DynamoDB::GlobalTable",
            "Cassandra::Table",
            "Cassandra::Keyspace",
            "Timestream::Table",
            "Timestream::Database",
            "S3Tables::Table",
            "S3Tables::TableBucket",
        ],
    ),
    (
        "bucket",
        &[
            "S3::Bucket",
            "S3Express::DirectoryBucket",
            "S3Outposts::Bucket",
            "Lightsail::Bucket",
        ],
    ),
    ("file system", &["EFS::FileSystem", "FSx::FileSystem", "FSx::Volume"]),
    ("volume", &["EC2::Volume", "Lightsail::Disk"]),
    ("disk", &["EC2::Instance", "Lightsail::Instance"]),
    ("address", &["EC2::EIP"]),
    ("key", &["KMS::Key", "KMS::ReplicaKey"]),
    ("secret", &["SecretsManager::Secret"]),
    (
        "registry",
        &[
            "ECR::Repository",
            "ECR::PublicRepository",
            "CodeArtifact::Repository",
            "CodeCommit::Repository",
            "CodeArtifact::Domain",
        ],
    ),
    ("log group", &["Logs::LogGroup"]),
    (
        "stream",
        &[
            "Kinesis::Stream",
            "KinesisVideo::Stream",
            "MSK::Cluster",
            "MSK::ServerlessCluster",
        ],
    ),
    ("queue", &["SQS::Queue"]),
    (
        "cache",
        &[
            "ElastiCache::CacheCluster",
            "ElastiCache::ReplicationGroup",
            "ElastiCache::ServerlessCache",
            "MemoryDB::Cluster",
            "DAX::Cluster",
        ],
    ),
    (
        "search index",
        &[
            "Elasticsearch::Domain",
            "OpenSearchService::Domain",
            "OpenSearchServerless::Collection",
        ],
    ),
    ("user pool", &["Cognito::UserPool", "Cognito::IdentityPool"]),
    (
        "backup vault",
        &["Backup::BackupVault", "Backup::LogicallyAirGappedBackupVault"],
    ),
    ("nested stack", &["CloudFormation::Stack"]),
    ("cluster", &["EMR::Cluster"]),
    ("broker", &["AmazonMQ::Broker"]),
    ("zone", &["Route53::HostedZone"]),
    ("account", &["Organizations::Account"]),
    ("certificate authority", &["ACMPCA::CertificateAuthority"]),
    ("workspace", &["APS::Workspace", "Grafana::Workspace"]),
];

/// What a type holds, in a word; `None` if it can be made again from the template.
#[must_use]
pub(super) fn holds(kind: &str) -> Option<&'static str> {
    let (_, name) = kind.split_once("::")?;
    let holder = HOLDERS.iter().find(|(_, names)| names.contains(&name));
    holder.map(|(word, _)| *word)
}

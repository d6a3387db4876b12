//! Which resources hold what cannot be made again.

/// What a type holds, in a word; `None` if it can be made again from the template.
#[must_use]
pub(super) fn holds(kind: &str) -> Option<&'static str> {
    let (_, name) = kind.split_once("::")?;
    Some(match name {
        "RDS::DBInstance"
        | "RDS::DBCluster"
        | "RDS::GlobalCluster"
        | "Neptune::DBCluster"
        | "Neptune::DBInstance"
        | "DocDB::DBCluster"
        | "DocDB::DBInstance"
        | "DocDBElastic::Cluster"
        | "Redshift::Cluster"
        | "RedshiftServerless::Namespace"
        | "DSQL::Cluster"
        | "NeptuneGraph::Graph"
        | "QLDB::Ledger"
        | "SDB::Domain"
        | "Serverless::SimpleTable" => "database",
        "DynamoDB::Table"
        | "DynamoDB::GlobalTable"
        | "Cassandra::Table"
        | "Cassandra::Keyspace"
        | "Timestream::Table"
        | "Timestream::Database"
        | "S3Tables::Table"
        | "S3Tables::TableBucket" => "table",
        "S3::Bucket" | "S3Express::DirectoryBucket" | "S3Outposts::Bucket" | "Lightsail::Bucket" => "bucket",
        "EFS::FileSystem" | "FSx::FileSystem" | "FSx::Volume" => "file system",
        "EC2::Volume" => "volume",
        "KMS::Key" | "KMS::ReplicaKey" => "key",
        "SecretsManager::Secret" => "secret",
        "ECR::Repository"
        | "ECR::PublicRepository"
        | "CodeArtifact::Repository"
        | "CodeCommit::Repository"
        | "CodeArtifact::Domain" => "registry",
        "Logs::LogGroup" => "log group",
        "Kinesis::Stream" | "MSK::Cluster" | "MSK::ServerlessCluster" => "stream",
        "SQS::Queue" => "queue",
        "ElastiCache::CacheCluster"
        | "ElastiCache::ReplicationGroup"
        | "ElastiCache::ServerlessCache"
        | "MemoryDB::Cluster"
        | "DAX::Cluster" => "cache",
        "Elasticsearch::Domain" | "OpenSearchService::Domain" | "OpenSearchServerless::Collection" => "search index",
        "Cognito::UserPool" | "Cognito::IdentityPool" => "user pool",
        "Backup::BackupVault" | "Backup::LogicallyAirGappedBackupVault" => "backup vault",
        "CloudFormation::Stack" => "nested stack",
        "EMR::Cluster" => "cluster",
        "AmazonMQ::Broker" => "broker",
        "Route53::HostedZone" => "zone",
        "Organizations::Account" => "account",
        "ACMPCA::CertificateAuthority" => "certificate authority",
        "APS::Workspace" | "Grafana::Workspace" => "workspace",
        _ => return None,
    })
}

//! The names of instance types, from cfn-lint, which has them from AWS's price lists.

use std::collections::BTreeSet;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::Record;
use crate::Failure;

/// The record of the store, and the files below cfn-lint's extensions that it is made from.
const LISTS: &[(&str, &[&str])] = &[
    ("amazonmq", &["aws_amazonmq_broker/instancetype_enum.json"]),
    ("dax", &["aws_dax_cluster/nodetype_enum.json"]),
    ("docdb", &["aws_docdb_dbinstance/dbinstanceclass_enum.json"]),
    ("ec2", &["aws_ec2_instance/instancetype_enum.json"]),
    ("elasticache", &["aws_elasticache_cachecluster/cachenodetype_enum.json"]),
    (
        "elasticsearch",
        &["aws_elasticsearch_domain/elasticsearchclusterconfig_instancetype_enum.json"],
    ),
    ("emr", &["aws_emr_cluster/instancetypeconfig_instancetype_enum.json"]),
    ("gamelift", &["aws_gamelift_fleet/ec2instancetype_enum.json"]),
    (
        "managedblockchain",
        &["aws_managedblockchain_node/nodeconfiguration_instancetype_enum.json"],
    ),
    (
        "opensearch",
        &["aws_opensearchservice_domain/clusterconfig_instancetype_enum.json"],
    ),
    ("neptune", &["aws_neptune_dbinstance/dbinstanceclass_enum.json"]),
    (
        "rds",
        &[
            "aws_rds_dbcluster/dbclusterinstanceclass_enum.json",
            "aws_rds_dbinstance/db_instance_class.json",
            "aws_rds_dbinstance/dbinstanceclass_enum.json",
        ],
    ),
    ("redshift", &["aws_redshift_cluster/nodetype_enum.json"]),
    ("sagemaker-cluster", &["aws_sagemaker_cluster/instancetype_enum.json"]),
    ("sagemaker-hosting", &["aws_sagemaker_hosting/instancetype_enum.json"]),
    (
        "sagemaker-processing",
        &["aws_sagemaker_processing/instancetype_enum.json"],
    ),
    (
        "sagemaker-transform",
        &["aws_sagemaker_transform/instancetype_enum.json"],
    ),
];

/// A record for each list, with the names of all regions.
pub(super) fn read(lint: &Path) -> Result<Vec<Record>, Failure> {
    let folder = lint.join("data/schemas/extensions");
    let mut records = Vec::new();
    for (name, files) in LISTS {
        let mut names = BTreeSet::new();
        for file in *files {
            collect(&super::json(&folder.join(file))?, &mut names);
        }
        if names.is_empty() {
            return Err(Failure(format!("{name}: {files:?} have no instance types")));
        }
        records.push(Record {
            name: (*name).to_owned(),
            group: (*name).to_owned(),
            text: json!(names).to_string(),
            absent: 0,
        });
    }
    Ok(records)
}

/// The texts of all enumerations that have a dot, as a family and a size.
fn collect(json: &Json, names: &mut BTreeSet<String>) {
    match json {
        Json::Object(map) => {
            for (key, value) in map {
                let texts = value.as_array().filter(|_| key == "enum").into_iter().flatten();
                names.extend(
                    texts
                        .filter_map(Json::as_str)
                        .filter(|text| text.contains('.'))
                        .map(str::to_owned),
                );
                collect(value, names);
            }
        }
        Json::Array(items) => items.iter().for_each(|item| collect(item, names)),
        _ => {}
    }
}

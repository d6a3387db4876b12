//! What cfn-lint's rules ask for, as sentences: their own titles only name what they look at.

/// What a rule asks for; nothing where its title says no more than the finding itself.
pub(super) fn sentence(id: &str, title: &str) -> Option<String> {
    if let Some((_, says)) = SENTENCES.iter().find(|(rule, _)| *rule == id) {
        return Some((*says).to_owned());
    }
    // Of a title over several lines only the first one is known.
    let whole = !title.ends_with(' ');
    let telling = whole && !title.starts_with("Validate") && !title.starts_with("Check");
    telling.then(|| lower(title))
}

/// A sentence as it stands inside of a message.
fn lower(sentence: &str) -> String {
    let sentence = sentence.trim_end_matches('.');
    // `ECS` stays what it is.
    if sentence.chars().nth(1).is_some_and(char::is_uppercase) {
        return sentence.to_owned();
    }
    let mut characters = sentence.chars();
    let first = characters
        .next()
        .map(|c| c.to_lowercase().to_string())
        .unwrap_or_default();
    first + characters.as_str()
}

/// The property that a rule is about, where its schema only says that a combination is wrong.
pub(super) fn about(id: &str) -> Option<&'static str> {
    match id {
        "E3047" => Some("Cpu"),
        "E3045" => Some("AccessControl"),
        _ => None,
    }
}

#[rustfmt::skip]
const SENTENCES: [(&str, &str); 37] = [
    ("E3023", "each type of record has its own form of value"),
    ("E3029", "a record with `AliasTarget` has no `TTL` and no `ResourceRecords`"),
    ("E3042", "at least one container of a task is essential"),
    ("E3044", "a service on Fargate or on machines of one's own has the strategy `REPLICA`"),
    ("E3045", "an `AccessControl` for others than the owner needs `OwnershipControls` that allow ACLs"),
    ("E3046", "the driver `awslogs` needs the options `awslogs-group` and `awslogs-region`"),
    ("E3047", "Fargate has no size of this CPU and memory: see https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-tasks-services.html"),
    ("E3048", "a task for Fargate has `Cpu`, `Memory`, the network mode `awsvpc` and no placement constraints"),
    ("E3501", "a FIFO queue has a name that ends in `.fifo`, and only it has the settings of FIFO"),
    ("E3615", "a period is 10, 30 or a multiple of 60 seconds"),
    ("E3633", "a stream is read from a `StartingPosition` on"),
    ("E3634", "a queue has no `StartingPosition`"),
    ("E3636", "with S3, `Location` says where"),
    ("E3638", "a table that pays per request has no `ProvisionedThroughput`"),
    ("E3661", "a health check of CloudWatch names its alarm in `AlarmIdentifier`"),
    ("E3674", "a primary address stands in `PrivateIpAddress` or among `PrivateIpAddresses`, not in both"),
    ("E3676", "a listener for HTTPS or TLS has a certificate"),
    ("E3677", "code in the template itself is for Node.js or Python"),
    ("E3679", "a listener for HTTPS or SSL has a certificate"),
    ("E3681", "a target group for Lambda has no port, protocol and network; every other one has"),
    ("E3682", "members of an Aurora cluster take these settings from the cluster"),
    ("E3683", "GENEVE has port 6081"),
    ("E3684", "only a health check over HTTP or HTTPS has a matcher and a version of the protocol"),
    ("E3686", "each `EngineMode` has its own scaling configuration"),
    ("E3687", "TCP and UDP have ports"),
    ("E3688", "if one of the ports is -1, so is the other"),
    ("E3689", "`MonitoringInterval` and `MonitoringRoleArn` come together"),
    ("E3692", "a Multi-AZ cluster has its own class, storage and IOPS, and no settings of Aurora"),
    ("E3693", "an Aurora cluster has no class, storage and IOPS of its own"),
    ("E3704", "Valkey needs `TransitEncryptionEnabled` to be said"),
    ("E3717", "only a function with a capacity provider runs for longer"),
    ("E3718", "an answer is kept for at most an hour"),
    ("E3719", "a database is backed up for at most 35 days, and a member of an Aurora cluster as its cluster is"),
    ("E3720", "a key needs `StorageEncrypted`"),
    ("E3721", "a replica of Oracle or Db2 is `mounted` or `open-read-only`"),
    ("E3725", "each type of file system has its own sizes"),
    ("W3687", "only TCP, UDP, ICMP and ICMPv6 have ports"),
];

#[cfg(test)]
mod tests {
    use super::{lower, sentence};

    #[test]
    fn names_in_capitals_stay_as_they_are() {
        assert_eq!(lower("ECS services have one."), "ECS services have one");
        assert_eq!(lower("A service has one"), "a service has one");
    }

    #[test]
    fn half_a_sentence_is_none() {
        assert_eq!(sentence("E0000", "ECS services can only "), None);
    }
}

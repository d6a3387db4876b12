use super::found;

#[test]
fn refused_storage_names_what_excludes_each_other() {
    let said = found(
        "refused-storage",
        r"
Resources:
  A: {Type: 'AWS::EC2::Volume', Properties: {VolumeType: gp2, Iops: 3000}}
  B: {Type: 'AWS::EC2::Volume', Properties: {VolumeType: io2, Throughput: 125}}
  C: {Type: 'AWS::RDS::DBInstance', Properties: {StorageType: gp2, Iops: 3000, StorageThroughput: 125}}
  D: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, StorageType: gp3, AllocatedStorage: '100', Iops: 12000}}
",
    );
    insta::assert_snapshot!(said, @"
    3:63 storage of type `gp2` takes no `Iops`
    4:46 `io2` needs `Iops`
    4:63 storage of type `io2` takes no `Throughput`
    5:68 storage of type `gp2` takes no `Iops`
    5:80 storage of type `gp2` takes no `StorageThroughput`
    6:111 `gp3` takes `Iops` from 400 GiB on with postgres
    ");
}

#[test]
fn refused_storage_is_silent_about_what_goes_together() {
    let said = found(
        "refused-storage",
        r"
Resources:
  A: {Type: 'AWS::EC2::Volume', Properties: {VolumeType: gp3, Iops: 3000, Throughput: 125}}
  B: {Type: 'AWS::EC2::Volume', Properties: {VolumeType: io2, Iops: !Ref Iops}}
  C: {Type: 'AWS::RDS::DBInstance', Properties: {StorageType: gp2, Iops: !Ref 'AWS::NoValue'}}
  D: {Type: 'AWS::RDS::DBInstance', Properties: {Engine: postgres, StorageType: gp3, AllocatedStorage: '400', Iops: 12000}}
",
    );
    insta::assert_snapshot!(said, @"");
}

use super::found;

#[test]
fn malformed_window_names_those_of_another_form() {
    let said = found(
        "malformed-window",
        r"
Resources:
  A: {Type: 'AWS::RDS::DBInstance', Properties: {PreferredBackupWindow: 3am-4am, PreferredMaintenanceWindow: '03:00-04:00'}}
",
    );
    insta::assert_snapshot!(said, @"
    3:73 `3am-4am` is not of the form `05:00-06:00`
    3:110 `03:00-04:00` is not of the form `sun:05:00-sun:06:00`
    ");
}

#[test]
fn malformed_window_is_silent_about_days_and_times() {
    let said = found(
        "malformed-window",
        r"
Resources:
  A: {Type: 'AWS::RDS::DBCluster', Properties: {PreferredBackupWindow: '03:00-04:00', PreferredMaintenanceWindow: 'Sun:23:30-mon:00:30'}}
",
    );
    insta::assert_snapshot!(said, @"");
}

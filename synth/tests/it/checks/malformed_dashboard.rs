use super::found;

#[test]
fn malformed_dashboard_fires_on_broken_json() {
    let said = found(
        "malformed-dashboard",
        r#"
Resources:
  Board: {Type: 'AWS::CloudWatch::Dashboard', Properties: {DashboardBody: '{"widgets": [}'}}
"#,
    );
    insta::assert_snapshot!(said, @"3:75 the body of the dashboard is not JSON: expected value at line 1 column 14");
}

#[test]
fn malformed_dashboard_fires_beyond_the_grid() {
    let said = found(
        "malformed-dashboard",
        r#"
Resources:
  Board: {Type: 'AWS::CloudWatch::Dashboard', Properties: {DashboardBody: '{"widgets": [{"type": "metric", "x": 18, "width": 12, "properties": {"title": "CPU"}}]}'}}
"#,
    );
    insta::assert_snapshot!(said, @"3:75 the widget `CPU` ends at column 30; the grid has 24");
}

#[test]
fn malformed_dashboard_is_silent_about_a_good_one() {
    let said = found(
        "malformed-dashboard",
        r#"
Resources:
  Board: {Type: 'AWS::CloudWatch::Dashboard', Properties: {DashboardBody: !Sub '{"widgets": [{"type": "metric", "x": 12, "width": 12, "properties": {"region": "${AWS::Region}"}}]}'}}
"#,
    );
    insta::assert_snapshot!(said, @"");
}

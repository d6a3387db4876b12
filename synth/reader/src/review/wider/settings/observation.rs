//! What records what happens, and what wakes someone.

use super::Test::{Falls, Keeps, Levels, On, OnByDefault};
use super::{Setting, What, setting};

const fn log(kinds: &'static [&'static str], path: &'static str, test: super::Test) -> Setting {
    setting(What::Logging, kinds, path, test)
}

const fn monitor(kinds: &'static [&'static str], path: &'static str, test: super::Test) -> Setting {
    setting(What::Monitoring, kinds, path, test)
}

pub(super) const SETTINGS: &[Setting] = &[
    log(&[], "LoggingConfiguration", On),
    log(&[], "LoggingProperties", On),
    log(&[], "LoggingInfo", On),
    log(&[], "LogPublishingOptions", On),
    log(&[], "AccessLogSetting", On),
    log(&[], "AccessLogSettings", On),
    log(&[], "AccessLoggingPolicy/Enabled", On),
    log(&[], "IsLogging", On),
    log(&[], "EnableLogFileValidation", On),
    log(&[], "EnableCloudwatchLogsExports", Keeps),
    log(&["EKS::Cluster"], "Logging/ClusterLogging/EnabledTypes", Keeps),
    log(
        &["ElasticLoadBalancingV2::LoadBalancer"],
        "LoadBalancerAttributes/[Key=access_logs.s3.enabled]/Value",
        On,
    ),
    log(&["Logs::LogGroup"], "RetentionInDays", Falls(f64::INFINITY)),
    log(&["CloudFront::Distribution"], "DistributionConfig/Logging", On),
    log(
        &["ApiGateway::Stage"],
        "MethodSettings/[]/LoggingLevel",
        Levels(&[&["OFF"], &["ERROR"], &["INFO"]], Some(0)),
    ),
    log(
        &["StepFunctions::StateMachine", "Serverless::StateMachine"],
        "LoggingConfiguration/Level",
        Levels(&[&["OFF"], &["FATAL"], &["ERROR"], &["ALL"]], Some(0)),
    ),
    log(&["ECS::TaskDefinition"], "ContainerDefinitions/[]/LogConfiguration", On),
    log(&["CloudTrail::Trail"], "IsMultiRegionTrail", On),
    log(&["CloudTrail::Trail"], "IncludeGlobalServiceEvents", OnByDefault),
    log(&["CodeBuild::Project"], "LogsConfig/CloudWatchLogs/Status", OnByDefault),
    log(&["AmazonMQ::Broker"], "Logs/General", On),
    log(&["AmazonMQ::Broker"], "Logs/Audit", On),
    log(&["Transfer::Server"], "LoggingRole", On),
    monitor(
        &["CloudWatch::Alarm", "CloudWatch::CompositeAlarm"],
        "ActionsEnabled",
        OnByDefault,
    ),
    monitor(&["CloudWatch::Alarm", "CloudWatch::CompositeAlarm"], "AlarmActions", On),
    monitor(
        &["CloudWatch::Alarm"],
        "TreatMissingData",
        Levels(&[&["missing", "ignore", "notBreaching"], &["breaching"]], Some(0)),
    ),
    monitor(&["Events::Rule"], "State", OnByDefault),
    monitor(&["GuardDuty::Detector"], "Enable", On),
    monitor(&["Config::ConfigurationRecorder"], "RecordingGroup/AllSupported", On),
    monitor(&["RDS::DBInstance", "RDS::DBCluster"], "MonitoringInterval", Falls(0.0)),
    monitor(&["RDS::DBInstance"], "EnablePerformanceInsights", On),
    monitor(&["ApiGateway::Stage"], "TracingEnabled", On),
    monitor(
        &["Lambda::Function"],
        "TracingConfig/Mode",
        Levels(&[&["PassThrough"], &["Active"]], Some(0)),
    ),
    monitor(&["ECS::Cluster"], "ClusterSettings/[Name=containerInsights]/Value", On),
];

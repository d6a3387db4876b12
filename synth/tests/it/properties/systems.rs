//! Any system is refused with a named error, or renders to templates that fit together.

use proptest::prelude::*;
use proptest::sample::{select, subsequence};
use serde_json::Value as Json;
use synth::checks::Level;
use synth::model::{
    Alert, At, BlueGreenBy, Capacity, Cidr, Database, Days, Egress, Entry, Environment, Firewall, IdentityProvider,
    Insight, Instance, InstanceClass, Keeping, Minutes, Monitoring, Name, Network, Panel, Percent, Percentile, Release,
    Repository, Retention, Scale, Seconds, Severity, Shift, Size, Standby, Storage, Strategy as How, Subject, System,
    Systems, When, Zones,
};

use crate::kept;
use synth::systems::{predict_api, yours};

use super::references::dangling;
use crate::alone;

fn network() -> impl Strategy<Value = Network> {
    let egress = select(vec![Egress::NatPerZone, Egress::OneNat, Egress::Endpoints]);
    (any::<u8>(), select(vec![Zones::Two, Zones::Three]), egress).prop_map(|(second, zones, egress)| Network {
        cidr: Cidr::ten(second),
        zones,
        egress,
    })
}

fn percent() -> impl Strategy<Value = Percent> {
    select(vec![
        Percent::of::<0>(),
        Percent::of::<3>(),
        Percent::of::<10>(),
        Percent::of::<50>(),
        Percent::of::<90>(),
        Percent::of::<100>(),
    ])
}

fn capacity() -> impl Strategy<Value = Capacity> {
    prop_oneof![
        (0..5_u32).prop_map(Capacity::Fixed),
        (0..4_u32, 0..9_u32, percent(), percent()).prop_map(|(min, max, cpu, memory)| Capacity::Scaling {
            min,
            max,
            cpu,
            memory
        }),
    ]
}

fn how() -> impl Strategy<Value = How> {
    let minutes = || prop_oneof![4 => 0..60_u32, 1 => 1400..1500_u32].prop_map(Minutes);
    let shift = prop_oneof![
        Just(Shift::AllAtOnce),
        (percent(), minutes()).prop_map(|(first, bake)| Shift::Canary { first, bake }),
        (percent(), minutes()).prop_map(|(step, bake)| Shift::Linear { step, bake }),
    ];
    let by = select(vec![BlueGreenBy::Ecs, BlueGreenBy::CodeDeploy]);
    prop_oneof![
        Just(How::Rolling),
        (by, shift, minutes()).prop_map(|(by, shift, bake)| How::BlueGreen { by, shift, bake }),
    ]
}

fn size() -> impl Strategy<Value = Size> {
    select(vec![
        Size::of::<256, 512>(),
        Size::of::<512, 4096>(),
        Size::of::<1024, 2048>(),
        Size::of::<4096, 30720>(),
        Size::of::<16384, 32768>(),
        Size::of::<32768, 249_856>(),
    ])
}

fn entry() -> impl Strategy<Value = Entry> {
    prop_oneof![
        "[a-z0-9.-]{0,12}".prop_map(|host| Entry::Https { host }),
        "\\PC{0,40}".prop_map(|because| Entry::Http { because }),
    ]
}

fn firewall() -> impl Strategy<Value = Firewall> {
    let on = (0..3000_u32).prop_map(|requests_in_five_minutes| Firewall::On {
        requests_in_five_minutes,
    });
    prop_oneof![Just(Firewall::Off), on]
}

fn instance() -> impl Strategy<Value = Instance> {
    let class = select(vec![
        InstanceClass::T4gMicro,
        InstanceClass::T4gSmall,
        InstanceClass::T4gMedium,
        InstanceClass::M7g2xlarge,
        InstanceClass::R7gLarge,
    ]);
    let storage = (15..400_u32, 15..2_000_u32).prop_map(|(first, most)| Storage { first, most });
    let insight = prop_oneof![
        Just(Insight::Basic),
        select(vec![1, 7, 30, 60]).prop_map(|every| Insight::Enhanced { every: Seconds(every) }),
    ];
    let standby = select(vec![Standby::OtherZone, Standby::None]);
    (class, storage, standby, 0..38_u32, insight).prop_map(|(class, storage, standby, backups, insight)| Instance {
        class,
        storage,
        standby,
        backups: Days(backups),
        insight,
    })
}

type Command = &'static [&'static str];

fn database() -> impl Strategy<Value = (Database, Command)> {
    let migration = select(vec![&["/service", "migrate"][..], &["/migrate"], &[], &["rm -rf"]]);
    let name = prop_oneof![8 => "[a-z][a-z0-9]{0,20}", 1 => "[A-Za-z0-9_]{1,40}", 1 => Just("mysql".to_owned())];
    (name, migration).prop_map(|(name, migration)| (Database::mysql(&name), migration))
}

pub(super) fn environment() -> impl Strategy<Value = Environment> {
    let logs = select(vec![Retention::OneWeek, Retention::OneYear, Retention::TenYears]);
    let name = "[a-z][a-z0-9-]{0,18}[a-z0-9]"
        .prop_filter_map("two hyphens", |text| Some(Name::new(&text)).filter(Name::is_fine));
    let rest = (
        select(vec![Keeping::Keep, Keeping::Disposable]),
        select(vec![Release::Automatic, Release::Approved]),
        logs,
        instance(),
    );
    (name, network(), entry(), firewall(), size(), capacity(), how(), rest).prop_map(
        |(name, network, entry, firewall, size, capacity, strategy, (keeping, release, logs, database))| Environment {
            name,
            at: At::Aws {
                account: yours().1,
                network,
                firewall,
            },
            entry,
            scale: Scale { size, capacity },
            settings: Vec::new(),
            strategy,
            database,
            logs,
            keeping,
            release,
        },
    )
}

fn alerts() -> impl Strategy<Value = Vec<Alert>> {
    let all = (percent(), 0..9000_u32).prop_map(|(percent, milliseconds)| {
        vec![
            When::CpuAbove(percent),
            When::MemoryAbove(percent),
            When::TooFewTasks,
            When::UnhealthyTask,
            When::ErrorsAbove(percent),
            When::SlowerThan(Percentile::P99, milliseconds),
        ]
    });
    let of_database = percent().prop_map(|percent| {
        vec![
            When::DatabaseCpuAbove(percent),
            When::DatabaseConnectionsAbove(percent),
            When::DatabaseStorageBelow(percent),
        ]
    });
    let some = all.prop_flat_map(|all| subsequence(all, 0..=6));
    // Most systems have no database, and are refused with an alert of one.
    let of_database = prop_oneof![2 => Just(Vec::new()), 1 => of_database.prop_flat_map(|all| subsequence(all, 0..=3))];
    let some = (some, of_database).prop_map(|(service, database)| [service, database].concat());
    (some, 0..1500_u32, select(vec![Severity::Warning, Severity::Critical])).prop_map(|(some, lasting, severity)| {
        let alert = |when| Alert {
            when,
            lasting: Minutes(lasting),
            severity,
        };
        some.into_iter().map(alert).collect()
    })
}

fn panels() -> impl Strategy<Value = Vec<Panel>> {
    let all = Monitoring::of_service_and_database().panels;
    prop_oneof![subsequence(Panel::of_service(), 0..=7), subsequence(all, 0..=11)]
}

fn system() -> impl Strategy<Value = System> {
    let name = "[a-z][a-z0-9]{1,19}".prop_map(|text| Name::new(&text));
    let environments = prop::collection::vec(environment(), 1..=2);
    let odd = (0..60_u32, any::<bool>(), any::<bool>(), any::<bool>(), "\\PC{0,40}");
    let database = prop::option::of(database());
    (name, environments, database, alerts(), panels(), odd).prop_map(
        |(name, environments, database, alerts, panels, (longest, own, both, make, summary))| {
            let mut system = predict_api();
            system.name = name;
            system.summary = summary;
            system.environments = environments;
            if let Some((database, migration)) = &database {
                kept::keep(&mut system, database, migration);
            }
            system.monitoring.alerts = alerts;
            system.monitoring.panels = panels;
            system.service.longest_request = Seconds(longest);
            system.service.hidden.truncate(usize::from(both));
            system.pipeline.repository = if own { Repository::Own } else { Repository::Foreign };
            system.owner.github.subject = if both { Subject::Both } else { Subject::Immutable };
            for environment in &mut system.environments {
                environment.account_mut().identity_provider = if make {
                    IdentityProvider::Make
                } else {
                    IdentityProvider::Existing
                };
            }
            system
        },
    )
}

/// Systems that the model takes; it refuses the others by a field.
fn taken(with_database: bool) -> impl Strategy<Value = System> {
    system()
        .prop_filter("another kind", move |system| {
            system.database().is_some() == with_database
        })
        .prop_filter("refused", |system| Systems::new(vec![system.clone()]).is_ok())
}

pub(super) fn fits_together_and_is_the_same_twice(system: &System) -> Result<(), TestCaseError> {
    let rendered = alone::render(system);
    let template = |path: &str| -> Json { serde_json::from_str(&rendered.files[path]).unwrap() };
    let templates: Vec<Json> = rendered.stacks.iter().map(|stack| template(&stack.template)).collect();
    let named = rendered
        .stacks
        .iter()
        .map(|stack| stack.stack_name.as_str())
        .zip(&templates);
    prop_assert_eq!(dangling(named), Vec::<String>::new());
    let large = rendered
        .stacks
        .iter()
        .filter(|stack| rendered.files[&stack.template].len() > 51_200);
    prop_assert_eq!(
        large.map(|stack| &stack.template).collect::<Vec<_>>(),
        Vec::<&String>::new()
    );
    let findings = rendered.findings.iter().filter(|finding| finding.level == Level::Error);
    let findings: Vec<_> = findings
        .map(|finding| format!("{}: {}", finding.file, finding.message))
        .collect();
    prop_assert_eq!(findings, Vec::<String>::new());
    prop_assert_eq!(alone::render(system).files, rendered.files);
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn what_is_refused_names_a_field(system in system()) {
        for error in Systems::new(vec![system]).err().iter().flatten() {
            prop_assert!(error.field.contains('.') && !error.help.is_empty(), "{error}");
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4, failure_persistence: None, max_local_rejects: 100_000, max_global_rejects: 100_000, ..ProptestConfig::default() })]

    #[test]
    fn what_is_taken_fits_together_and_is_the_same_twice(system in taken(false)) {
        fits_together_and_is_the_same_twice(&system)?;
    }

    #[test]
    fn what_is_taken_with_a_database_fits_together_and_is_the_same_twice(system in taken(true)) {
        fits_together_and_is_the_same_twice(&system)?;
    }
}

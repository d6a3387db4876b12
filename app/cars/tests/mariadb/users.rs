//! What each user may do, and what neither shows.

use std::process::Output;

use crate::server::{MASTER_PASSWORD, PASSWORD, Server};
use crate::{migrate, program, serve};

fn text(output: &Output) -> String {
    String::from_utf8([&output.stdout[..], &output.stderr].concat()).unwrap()
}

#[test]
fn the_application_may_change_cars_and_nothing_else() {
    let server = Server::start();
    migrate(&server, "cars");
    let grants = server.sql("SHOW GRANTS FOR app");
    let rights: Vec<_> = grants.lines().filter(|line| !line.starts_with("GRANT USAGE")).collect();
    assert_eq!(
        rights,
        [
            "GRANT SELECT, INSERT, UPDATE, DELETE ON `cars`.`cars` TO `app`@`%`",
            "GRANT SELECT, INSERT, UPDATE, DELETE ON `cars`.`idempotency_keys` TO `app`@`%`",
        ]
    );
    assert!(grants.contains("REQUIRE SSL"), "{grants}");
}

#[test]
fn the_table_can_be_made_by_a_user_with_no_right_to_make_it_if_it_is_there() {
    let server = Server::start();
    migrate(&server, "cars");
    let service = serve(&server, &[]);
    assert_eq!(service.get("/create-table").text, "Tabla cars creada");
    server.sql("DROP TABLE cars.cars");
    let refused = service.get("/create-table");
    assert_eq!(
        (refused.status, refused.text.contains("cars migrate")),
        (503, true),
        "{}",
        refused.text
    );
    assert_eq!(service.get("/cars").status, 503);
    assert_eq!(service.get("/readyz").status, 200);
}

#[test]
fn migrations_at_the_same_time_wait_for_each_other() {
    let server = Server::start();
    let running: Vec<_> = (0..4)
        .map(|_| {
            program()
                .args(server.as_master("cars"))
                .arg("migrate")
                .stdout(std::process::Stdio::null())
                .spawn()
        })
        .collect();
    for migration in running {
        assert!(migration.unwrap().wait().unwrap().success());
    }
    migrate(&server, "cars");
}

#[test]
fn a_migration_brings_the_password_up_to_date() {
    let server = Server::start();
    migrate(&server, "cars");
    server.sql("ALTER USER app IDENTIFIED BY 'other'");
    migrate(&server, "cars");
    assert_eq!(serve(&server, &[]).get("/readyz").status, 200);
}

#[test]
fn a_password_that_becomes_right_needs_no_restart() {
    let server = Server::start();
    migrate(&server, "cars");
    server.sql("ALTER USER app IDENTIFIED BY 'other'");
    let service = serve(&server, &[]);
    assert_eq!(service.get("/readyz").status, 503);
    migrate(&server, "cars");
    service.wait_for("/readyz", "\"ready\"");
    assert_eq!(service.get("/cars").status, 200);
}

#[test]
fn the_user_that_migrates_cannot_be_the_application() {
    let server = Server::start();
    for name in ["master", "a'b", ""] {
        let mut command = program();
        command
            .args(server.as_master("cars"))
            .arg("migrate")
            .env("APPLICATION_USERNAME", name);
        let output = command.env("APPLICATION_PASSWORD", PASSWORD).output().unwrap();
        assert_eq!(output.status.code(), Some(1), "{name}: {}", text(&output));
        assert!(text(&output).contains("APPLICATION_USERNAME"), "{}", text(&output));
    }
}

#[test]
fn a_server_of_an_unknown_authority_is_refused() {
    let server = Server::start();
    let url = format!("mysql://master@127.0.0.1:{}/cars", server.port());
    let migrate = |tls: &str| {
        let mut command = program();
        command.args(["--database-url", &url, "--database-tls", tls, "migrate"]);
        command.env("DATABASE_PASSWORD", MASTER_PASSWORD).output().unwrap()
    };
    let refused = migrate("verify");
    assert_eq!(refused.status.code(), Some(1));
    assert!(text(&refused).contains("UnknownIssuer"), "{}", text(&refused));
    assert!(migrate("required").status.success());
}

#[test]
fn the_application_without_encryption_is_refused() {
    let server = Server::start();
    migrate(&server, "cars");
    let url = format!("mysql://app@127.0.0.1:{}/cars", server.port());
    let mut command = program();
    command.args(["--database-url", &url, "--database-tls", "off", "migrate"]);
    let output = command.env("DATABASE_PASSWORD", PASSWORD).output().unwrap();
    assert!(text(&output).contains("Access denied"), "{}", text(&output));
}

#[test]
fn no_password_is_logged_or_said() {
    let server = Server::start();
    migrate(&server, "cars");
    let mut said = String::new();
    for command in [
        &["migrate"][..],
        &[
            "migrate",
            "--application-username",
            "a'",
            "--application-password",
            PASSWORD,
        ],
    ] {
        for flags in [
            server.as_master("cars"),
            server.as_application("cars"),
            server.as_master("none"),
        ] {
            said += &text(&program().args(&flags).args(command).output().unwrap());
        }
    }
    let service = serve(&server, &["--log-level", "debug"]);
    assert_eq!(service.get("/create-table").status, 200);
    server.sql("ALTER USER app IDENTIFIED BY 'other'; KILL USER app");
    service.wait_for("/readyz", "waits");
    assert_eq!(service.get("/cars").status, 503);
    service.wait_for_log("Access denied");
    said += &service.logged();
    assert!(said.contains("Access denied"), "{said}");
    for password in [MASTER_PASSWORD, PASSWORD, "hunter2"] {
        assert!(!said.contains(password), "{said}");
    }
}

//! The handlers over a store in memory that can be told to fail: no database.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use cars::State;
use cars::car::{Car, Draft, Id};
use cars::query::{Key, Page};
use cars::store::{Fault, Inserted, Store};
use service::health::Health;
use service::log::{Level, Log};

use crate::config;
use crate::suite::App;

/// A map of cars, or a fault for every request.
struct Mock {
    cars: Mutex<BTreeMap<Id, Draft>>,
    fault: Option<Fault>,
}

impl Mock {
    fn cars(&self) -> Result<std::sync::MutexGuard<'_, BTreeMap<Id, Draft>>, Fault> {
        self.fault.map_or_else(|| Ok(self.cars.lock().unwrap()), Err)
    }
}

impl Store for Mock {
    async fn list(&self, page: Page) -> Result<Vec<Car>, Fault> {
        let cars = self.cars()?;
        let after = cars.range(page.after + 1..).take(page.limit as usize + 1);
        Ok(after.map(|(id, draft)| Car::new(*id, draft.clone())).collect())
    }

    async fn get(&self, id: Id) -> Result<Option<Car>, Fault> {
        Ok(self.cars()?.get(&id).map(|draft| Car::new(id, draft.clone())))
    }

    async fn insert(&self, draft: Draft, _: Option<Key>) -> Result<Inserted, Fault> {
        let mut cars = self.cars()?;
        let id = cars.keys().last().map_or(1, |last| last + 1);
        cars.insert(id, draft);
        Ok(Inserted::New(id))
    }

    async fn replace(&self, id: Id, draft: Draft) -> Result<bool, Fault> {
        Ok(self.cars()?.get_mut(&id).map(|car| *car = draft).is_some())
    }

    async fn delete(&self, id: Id) -> Result<bool, Fault> {
        Ok(self.cars()?.remove(&id).is_some())
    }

    async fn ensure_tables(&self) -> Result<(), Fault> {
        self.cars().map(drop)
    }

    fn figures(&self, _: &mut String) {}
}

fn app(fault: Option<Fault>) -> App {
    let config = config(&["--body-limit", "1000"]);
    let store = Mock {
        cars: Mutex::default(),
        fault,
    };
    let health = Arc::new(Health::starting("test"));
    health.set_ready();
    let log = Log::to(Level::Error, true, std::io::sink());
    let state = Arc::new(State::new(store, &config, health, log).unwrap());
    App {
        front: cars::app(&state, &config),
    }
}

const GOLF: &str = r#"{"brand":"Volkswagen","model":"Golf","year":2018}"#;

#[tokio::test]
async fn the_contract_of_the_system_is_kept() {
    let app = app(None);
    let car = r#"{"brand":"Volkswagen","id":1,"model":"Golf","year":2018}"#;
    assert_eq!(app.post(GOLF).await.text, car);
    assert_eq!(app.get("/cars").await.text, format!("[{car}]"));
    assert_eq!(app.send("PUT", "/cars/1", &[], GOLF).await.text, car);
    assert_eq!(app.get("/create-table").await.text, "Tabla cars creada");
}

#[tokio::test]
async fn every_fault_of_the_store_has_its_status_and_says_when_to_come_again() {
    for (fault, status, retry_after) in [
        (Fault::Away, 503, "1"),
        (Fault::Cut, 503, "1"),
        (Fault::Slow, 503, "1"),
        (Fault::Busy, 503, "1"),
        (Fault::Clash, 503, "1"),
        (Fault::Full, 503, "30"),
        (Fault::NoTables, 503, "30"),
        (Fault::Denied, 503, "30"),
        (Fault::Broken, 500, ""),
    ] {
        let app = app(Some(fault));
        for (method, path) in [
            ("GET", "/cars"),
            ("POST", "/cars"),
            ("GET", "/cars/1"),
            ("PUT", "/cars/1"),
            ("DELETE", "/cars/1"),
            ("GET", "/create-table"),
        ] {
            let answer = app.send(method, path, &[], GOLF).await;
            let got = (answer.status.as_u16(), answer.header("retry-after"));
            assert_eq!(got, (status, retry_after), "{fault:?} {method} {path}");
            assert_eq!(answer.header("content-type"), "application/problem+json");
        }
    }
}

#[tokio::test]
async fn a_wrong_request_is_a_problem_with_the_right_status() {
    let app = app(None);
    let long = format!("{{{}}}", " ".repeat(2000));
    for (status, body) in [(400, "{"), (422, "[]"), (422, "{}"), (413, long.as_str())] {
        assert_eq!(app.post(body).await.status.as_u16(), status, "{body}");
    }
    let typed = app.send("POST", "/cars", &[("content-type", "text/plain")], GOLF).await;
    assert_eq!(typed.status.as_u16(), 415);
    for (status, method, path) in [
        (422, "GET", "/cars?limit=0"),
        (422, "GET", "/cars?cursor=x"),
        (405, "PATCH", "/cars"),
        (405, "POST", "/cars/1"),
        (404, "GET", "/bikes"),
    ] {
        let answer = app.send(method, path, &[], "").await;
        assert_eq!(answer.status.as_u16(), status, "{method} {path}");
        assert_eq!(answer.json()["status"], status);
    }
}

#[tokio::test]
async fn wrong_fields_are_named_by_their_place() {
    let app = app(None);
    let answer = app.post(r#"{"brand":7,"year":"2018","wheels":4}"#).await.json();
    let pointers: Vec<_> = answer["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|error| error["pointer"].as_str())
        .collect();
    assert_eq!(
        pointers,
        [Some("/brand"), Some("/year"), Some("/wheels"), Some("/model")]
    );
    let answer = app.get("/cars?limit=many").await.json();
    assert_eq!(answer["errors"][0]["parameter"], "limit");
}

#[tokio::test]
async fn the_document_names_every_path_of_the_service() {
    let document = app(None).get("/openapi.json").await.json();
    let mut paths: Vec<_> = document["paths"].as_object().unwrap().keys().collect();
    let mut known = cars::PATHS.to_vec();
    paths.sort();
    known.sort_unstable();
    assert_eq!(paths, known);
}

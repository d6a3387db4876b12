//! What holds over any store. Each test binary says in `fresh` which one that is.

use axum::body::Body;
use axum::http::Request;
use service::testing::{Answer, call};

use crate::fresh;

pub(crate) struct App {
    pub(crate) front: service::front::Front,
}

impl App {
    pub(crate) async fn send(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        if headers.iter().all(|(name, _)| *name != "content-type") {
            request = request.header("content-type", "application/json");
        }
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        call(&self.front, request.body(Body::from(body.to_owned())).unwrap()).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, &[], "").await
    }

    pub(crate) async fn post(&self, body: &str) -> Answer {
        self.send("POST", "/cars", &[], body).await
    }

    pub(crate) async fn post_once(&self, key: &str, body: &str) -> Answer {
        self.send("POST", "/cars", &[("idempotency-key", key)], body).await
    }
}

const GOLF: &str = r#"{"brand":"Volkswagen","model":"Golf","year":2018}"#;
const POLO: &str = r#"{"brand":"Volkswagen","model":"Polo","year":2018}"#;

fn status(answer: &Answer) -> u16 {
    answer.status.as_u16()
}

#[tokio::test]
async fn a_car_is_added_shown_changed_and_removed() {
    let app = fresh().await;
    let added = app.post(GOLF).await;
    let car = r#"{"brand":"Volkswagen","id":1,"model":"Golf","year":2018}"#;
    assert_eq!(
        (status(&added), added.header("location"), added.text.as_str()),
        (201, "/cars/1", car)
    );
    assert_eq!(app.get("/cars/1").await.text, car);
    let changed = app.send("PUT", "/cars/1", &[], POLO).await;
    assert_eq!(
        (status(&changed), changed.text.as_str()),
        (200, r#"{"brand":"Volkswagen","id":1,"model":"Polo","year":2018}"#)
    );
    assert_eq!(app.get("/cars").await.text, format!("[{}]", changed.text));
    let removed = app.send("DELETE", "/cars/1", &[], "").await;
    assert_eq!((status(&removed), removed.text.as_str()), (204, ""));
    assert_eq!(app.get("/cars").await.text, "[]");
}

#[tokio::test]
async fn a_car_that_is_not_there_is_not_found() {
    let app = fresh().await;
    for path in ["/cars/1", "/cars/0", "/cars/golf", "/cars/9223372036854775807"] {
        for (method, body) in [("GET", ""), ("PUT", GOLF), ("DELETE", "")] {
            let answer = app.send(method, path, &[], body).await;
            assert_eq!(
                (status(&answer), answer.header("content-type")),
                (404, "application/problem+json")
            );
        }
    }
}

#[tokio::test]
async fn values_that_a_car_has_already_are_no_error() {
    let app = fresh().await;
    app.post(GOLF).await;
    assert_eq!(status(&app.send("PUT", "/cars/1", &[], GOLF).await), 200);
}

#[tokio::test]
async fn an_id_is_never_given_twice() {
    let app = fresh().await;
    app.post(GOLF).await;
    app.send("DELETE", "/cars/1", &[], "").await;
    assert_eq!(app.post(GOLF).await.header("location"), "/cars/2");
}

#[tokio::test]
async fn pages_follow_each_other_by_link() {
    let app = fresh().await;
    for year in 2001..=2005 {
        let body = format!(r#"{{"brand":"a","model":"b","year":{year}}}"#);
        assert_eq!(status(&app.post(&body).await), 201);
    }
    let mut path = "/cars?limit=2".to_owned();
    let mut years = Vec::new();
    loop {
        let page = app.get(&path).await;
        let cars = page.json().as_array().unwrap().clone();
        years.push(cars.iter().map(|car| car["year"].as_u64().unwrap()).collect::<Vec<_>>());
        let Some((target, _)) = page.header("link").split_once("; rel=\"next\"") else {
            break;
        };
        path = target.trim_matches(['<', '>']).to_owned();
    }
    assert_eq!(years, [vec![2001, 2002], vec![2003, 2004], vec![2005]]);
}

#[tokio::test]
async fn a_full_last_page_names_no_next_one() {
    let app = fresh().await;
    app.post(GOLF).await;
    app.post(GOLF).await;
    assert_eq!(app.get("/cars?limit=2").await.header("link"), "");
}

#[tokio::test]
async fn any_text_comes_back_as_it_went() {
    let app = fresh().await;
    for text in [
        "Škoda",
        "比亚迪",
        "🚗",
        "'; DROP TABLE cars; -- ",
        "\\' OR 1=1 #",
        "%_?",
        "a  b",
        "\"quoted\"",
    ] {
        let body = serde_json::json!({ "brand": text.trim_end(), "model": text.trim_end(), "year": 2024 });
        let added = app.post(&body.to_string()).await;
        assert_eq!(status(&added), 201, "{text}: {}", added.text);
        let shown = app.get(added.header("location")).await.json();
        assert_eq!((&shown["brand"], &shown["model"]), (&body["brand"], &body["model"]));
    }
}

#[tokio::test]
async fn a_repeated_request_with_a_key_adds_one_car() {
    let app = fresh().await;
    let first = app.post_once("key-1", GOLF).await;
    let second = app.post_once("key-1", GOLF).await;
    assert_eq!((status(&first), first.header("idempotency-replayed")), (201, ""));
    assert_eq!((status(&second), second.header("idempotency-replayed")), (201, "true"));
    assert_eq!(
        (&first.text, first.header("location")),
        (&second.text, second.header("location"))
    );
    assert_eq!(app.get("/cars").await.text, format!("[{}]", first.text));
}

#[tokio::test]
async fn keys_differ_by_case() {
    let app = fresh().await;
    app.post_once("key", GOLF).await;
    assert_eq!(app.post_once("KEY", GOLF).await.header("idempotency-replayed"), "");
}

#[tokio::test]
async fn a_key_with_other_values_is_refused_and_adds_nothing() {
    let app = fresh().await;
    app.post_once("key-1", GOLF).await;
    let other = app.post_once("key-1", POLO).await;
    assert_eq!(
        (status(&other), &other.json()["errors"][0]["header"]),
        (422, &"idempotency-key".into())
    );
    assert_eq!(app.get("/cars").await.json().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn a_repeated_request_answers_as_before_although_the_car_is_gone() {
    let app = fresh().await;
    let first = app.post_once("key-1", GOLF).await;
    app.send("DELETE", first.header("location"), &[], "").await;
    assert_eq!(app.post_once("key-1", GOLF).await.text, first.text);
    assert_eq!(app.get("/cars").await.text, "[]");
}

#[tokio::test]
async fn requests_with_one_key_at_the_same_time_add_one_car() {
    let app = std::sync::Arc::new(fresh().await);
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..16 {
        let app = std::sync::Arc::clone(&app);
        requests.spawn(async move { app.post_once("key-1", GOLF).await });
    }
    let answers = requests.join_all().await;
    let texts: Vec<_> = answers
        .iter()
        .map(|answer| (status(answer), answer.text.as_str()))
        .collect();
    assert!(texts.iter().all(|text| *text == (201, texts[0].1)), "{texts:?}");
    assert_eq!(app.get("/cars").await.text, format!("[{}]", texts[0].1));
}

#[tokio::test]
async fn requests_at_the_same_time_add_a_car_each() {
    let app = std::sync::Arc::new(fresh().await);
    let mut requests = tokio::task::JoinSet::new();
    for _ in 0..64 {
        let app = std::sync::Arc::clone(&app);
        requests.spawn(async move { status(&app.post(GOLF).await) });
    }
    assert_eq!(requests.join_all().await, [201; 64]);
    assert_eq!(app.get("/cars?limit=1000").await.json().as_array().unwrap().len(), 64);
}

#[tokio::test]
async fn the_table_can_be_made_again_and_loses_nothing() {
    let app = fresh().await;
    app.post(GOLF).await;
    for _ in 0..2 {
        let made = app.get("/create-table").await;
        assert_eq!((status(&made), made.text.as_str()), (200, "Tabla cars creada"));
    }
    assert_eq!(app.get("/cars").await.json().as_array().unwrap().len(), 1);
}

#[tokio::test]
async fn the_service_is_ready_while_the_database_answers() {
    let app = fresh().await;
    assert_eq!(status(&app.get("/readyz").await), 200);
    let figures = app.get("/metrics").await.text;
    assert!(figures.contains("\ncars_database_up 1\n"), "{figures}");
}

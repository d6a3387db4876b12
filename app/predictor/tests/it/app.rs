//! The one helper that knows how the service is put together and called.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use clap::Parser;
use predictor::State;
use predictor::config::Config;
use service::front::Front;
use service::log::{Level, Log};
use service::testing;
pub(crate) use service::testing::Answer;

pub(crate) struct App {
    pub(crate) state: Arc<State>,
    pub(crate) front: Front,
}

impl App {
    pub(crate) fn new() -> Self {
        Self::with(&[])
    }

    pub(crate) fn with(arguments: &[&str]) -> Self {
        let config = Config::try_parse_from([&["predictor"], arguments].concat()).unwrap();
        let log = Log::to(Level::Error, true, std::io::sink());
        let state = Arc::new(State::load(&config, log).unwrap());
        state.health.set_ready();
        let front = predictor::app(&state, &config);
        Self { state, front }
    }

    pub(crate) async fn call(&self, request: Request<Body>) -> Answer {
        testing::call(&self.front, request).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.call(Request::get(path).body(Body::empty()).unwrap()).await
    }

    pub(crate) async fn post(&self, path: &str, body: &str) -> Answer {
        self.post_as(path, "application/json", body).await
    }

    pub(crate) async fn post_as(&self, path: &str, content_type: &str, body: &str) -> Answer {
        let request = Request::post(path).header("content-type", content_type);
        self.call(request.body(Body::from(body.to_owned())).unwrap()).await
    }
}

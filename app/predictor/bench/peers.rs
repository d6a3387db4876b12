//! What the service is measured against: the same answer from bare hyper, and from the service's own
//! router without the middleware; and the time that one row takes without any HTTP.

use std::convert::Infallible;
use std::hint::black_box;
use std::sync::Arc;
use std::time::Instant;

use axum::body::Body;
use axum::http::{HeaderValue, Request, Response, header};
use bytes::Bytes;
use clap::{Parser, ValueEnum};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use predictor::State;
use predictor::config::Config;
use predictor::predict::{Model, Rows};
use service::log::{Level, Log};
use tokio::net::{TcpListener, TcpStream};
use tower_service::Service;

#[derive(Parser)]
struct Cli {
    peer: Peer,
    #[arg(long, default_value_t = 8000)]
    port: u16,
}

#[derive(Clone, Copy, ValueEnum)]
enum Peer {
    Hyper,
    Axum,
    Score,
}

type Failure = Box<dyn std::error::Error>;

fn main() -> Result<(), Failure> {
    let cli = Cli::parse();
    if let Peer::Score = cli.peer {
        return score();
    }
    let config = Config::try_parse_from(["predictor"])?;
    let state = State::load(&config, Log::to(Level::Error, true, std::io::sink()))?;
    let router = predictor::router(Arc::new(state));
    tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()?
        .block_on(async {
            let listener = TcpListener::bind(("127.0.0.1", cli.port)).await?;
            loop {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                match cli.peer {
                    Peer::Axum => tokio::spawn(bare_axum(stream, router.clone())),
                    _ => tokio::spawn(bare_hyper(stream)),
                };
            }
        })
}

async fn bare_axum(stream: TcpStream, router: axum::Router) {
    let service = service_fn(move |request: Request<Incoming>| router.clone().call(request.map(Body::new)));
    // A connection that breaks is the client's affair.
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

async fn bare_hyper(stream: TcpStream) {
    let service = service_fn(|_: Request<Incoming>| async {
        let mut response = Response::new(Full::new(Bytes::from_static(br#"{"score":0.75}"#)));
        response
            .headers_mut()
            .insert(header::CONTENT_TYPE, HeaderValue::from_static("application/json"));
        Ok::<_, Infallible>(response)
    });
    let _ = http1::Builder::new()
        .serve_connection(TokioIo::new(stream), service)
        .await;
}

#[expect(clippy::print_stdout, reason = "the figures are what this program is for")]
fn score() -> Result<(), Failure> {
    for (name, json) in [
        ("logistic", include_str!("../model/logistic.json")),
        ("forest", include_str!("../model/forest.json")),
        ("boosted", include_str!("../model/boosted.json")),
    ] {
        let model = Model::parse(json.as_bytes())?;
        let row: Vec<f64> = model.features().iter().map(|feature| feature.maximum / 4.0).collect();
        let mut rows = Rows::with_capacity(&model, 1);
        rows.push(&row);
        let started = Instant::now();
        for _ in 0..100_000 {
            black_box(model.predict(black_box(&rows)));
        }
        println!("{name} {:.3}", started.elapsed().as_secs_f64() * 10.0);
    }
    Ok(())
}

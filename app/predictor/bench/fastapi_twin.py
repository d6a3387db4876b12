"""The same contract as FastAPI users write it, in three usual ways."""

import time
import uuid

from fastapi import FastAPI, Request
from prometheus_client import Histogram

# An `async def` and nothing else: the least that FastAPI can do.
least = FastAPI()


@least.get("/predict")
async def least_predict():
    return {"score": 0.75}


# A plain `def`, as in FastAPI's own first example: it runs in a thread pool.
plain = FastAPI()


@plain.get("/predict")
def plain_predict():
    return {"score": 0.75}


# A part of what the predictor does for each request: a request id and a duration histogram.
observed = FastAPI()
durations = Histogram("http_server_request_duration_seconds", "Duration", ["method", "route", "status"])


@observed.middleware("http")
async def observe(request: Request, call_next):
    started = time.perf_counter()
    response = await call_next(request)
    durations.labels(request.method, request.url.path, response.status_code).observe(time.perf_counter() - started)
    response.headers["x-request-id"] = request.headers.get("x-request-id") or uuid.uuid4().hex
    return response


@observed.get("/predict")
async def observed_predict():
    return {"score": 0.75}

//! The Open Inference Protocol, version 2, as
//! <https://github.com/kserve/open-inference-protocol> describes it, over the same model.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};
use service::problem::{FieldError, Place, Problem};

use crate::input::{BATCH_LIMIT, limits};
use crate::predict::{Model, Prediction, Rows};
use crate::tensor::{Data, Datatype};

/// The name of the one input tensor.
const INPUT: &str = "features";
/// The names of the output tensors.
const OUTPUTS: [&str; 2] = ["probability", "class"];

type Parameters = Map<String, Value>;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "parameters are allowed and have no meaning here")]
struct Request {
    id: Option<String>,
    parameters: Option<Parameters>,
    inputs: Vec<Tensor>,
    outputs: Option<Vec<Wanted>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "parameters are allowed and have no meaning here")]
struct Tensor {
    name: String,
    shape: Vec<usize>,
    datatype: Datatype,
    parameters: Option<Parameters>,
    data: Data,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(dead_code, reason = "parameters are allowed and have no meaning here")]
struct Wanted {
    name: String,
    parameters: Option<Parameters>,
}

/// What is to be inferred.
pub(crate) struct Inference {
    pub(crate) rows: Rows,
    id: Option<String>,
    outputs: Vec<&'static str>,
}

#[derive(Serialize)]
struct Output<'a> {
    name: &'a str,
    datatype: &'a str,
    shape: [usize; 1],
    data: Value,
}

impl Inference {
    /// Reads the body of an inference request.
    pub(crate) fn parse(body: &[u8], model: &Model) -> Result<Self, Problem> {
        let mut json = serde_json::Deserializer::from_slice(body);
        let request: Request = serde_path_to_error::deserialize(&mut json).map_err(|error| unreadable(&error))?;
        json.end().map_err(|error| Problem::not_json(&error))?;
        let [tensor] = <[Tensor; 1]>::try_from(request.inputs)
            .map_err(|_| wrong("/inputs", format!("expected one tensor, `{INPUT}`")))?;
        Ok(Self {
            rows: rows(&tensor, model)?,
            id: request.id,
            outputs: outputs(request.outputs)?,
        })
    }

    /// The answer, with the outputs that were asked for.
    pub(crate) fn answer(self, model: &Model, predictions: &[Prediction]) -> Value {
        let outputs: Vec<Output> = self
            .outputs
            .iter()
            .map(|name| {
                let (datatype, data) = if *name == OUTPUTS[0] {
                    (
                        "FP64",
                        predictions.iter().map(|one| Value::from(one.probability)).collect(),
                    )
                } else {
                    (
                        "BYTES",
                        predictions.iter().map(|one| Value::from(model.class(*one))).collect(),
                    )
                };
                Output {
                    name,
                    datatype,
                    shape: [predictions.len()],
                    data,
                }
            })
            .collect();
        let mut answer = json!({ "model_name": model.name(), "model_version": model.version() });
        if let Some(id) = self.id {
            answer["id"] = id.into();
        }
        answer["outputs"] = json!(outputs);
        answer
    }
}

/// What `/v2` says of the server.
pub(crate) fn server() -> Value {
    json!({ "name": "predictor", "version": crate::VERSION, "extensions": [] })
}

/// What `/v2/models/{name}` says of the model.
pub(crate) fn metadata(model: &Model) -> Value {
    json!({
        "name": model.name(),
        "versions": [model.version()],
        "platform": format!("predictor_{}", model.kind()),
        "inputs": [{ "name": INPUT, "datatype": "FP64", "shape": [-1, model.features().len()] }],
        "outputs": [
            { "name": OUTPUTS[0], "datatype": "FP64", "shape": [-1] },
            { "name": OUTPUTS[1], "datatype": "BYTES", "shape": [-1] },
        ],
    })
}

fn rows(tensor: &Tensor, model: &Model) -> Result<Rows, Problem> {
    let width = model.features().len();
    if tensor.name != INPUT {
        return Err(wrong("/inputs/0/name", format!("expected `{INPUT}`")));
    }
    let [count, columns] = tensor.shape[..] else {
        return Err(wrong("/inputs/0/shape", format!("expected [n, {width}]")));
    };
    if columns != width || !(1..=BATCH_LIMIT).contains(&count) {
        let detail = format!("expected [n, {width}] with n from 1 to {BATCH_LIMIT}");
        return Err(wrong("/inputs/0/shape", detail));
    }
    let Some(values) = tensor.data.of_shape(count, width) else {
        return Err(wrong(
            "/inputs/0/data",
            format!("expected {count} times {width} numbers, as `shape` says"),
        ));
    };
    let mut rows = Rows::with_capacity(model, count);
    let mut row = vec![0.0; width];
    for (index, values) in values.chunks_exact(width).enumerate() {
        for ((column, (place, value)), feature) in row.iter_mut().zip(values).enumerate().zip(model.features()) {
            *place = tensor.datatype.rounded(*value);
            if !(feature.minimum..=feature.maximum).contains(place) {
                let pointer = tensor.data.pointer("/inputs/0/data", index, column, width);
                let detail = limits(feature.minimum, feature.maximum);
                return Err(wrong(&pointer, format!("{detail} for `{}`", feature.name)));
            }
        }
        rows.push(&row);
    }
    Ok(rows)
}

fn outputs(wanted: Option<Vec<Wanted>>) -> Result<Vec<&'static str>, Problem> {
    let Some(wanted) = wanted.filter(|wanted| !wanted.is_empty()) else {
        return Ok(OUTPUTS.to_vec());
    };
    let known = |(index, one): (usize, &Wanted)| {
        OUTPUTS.into_iter().find(|name| *name == one.name).ok_or_else(|| {
            wrong(
                &format!("/outputs/{index}/name"),
                "expected `probability` or `class`".to_owned(),
            )
        })
    };
    wanted.iter().enumerate().map(known).collect()
}

fn wrong(pointer: &str, detail: String) -> Problem {
    Problem::invalid(vec![FieldError {
        at: Place::Pointer(pointer.to_owned()),
        detail,
    }])
}

/// A body that is not JSON, or not of the form of a request.
fn unreadable(error: &serde_path_to_error::Error<serde_json::Error>) -> Problem {
    use serde_path_to_error::Segment;

    let text = error.inner().to_string();
    let overflow = text.starts_with("number out of range");
    if !error.inner().is_data() && !overflow {
        return Problem::not_json(error.inner());
    }
    let pointer: String = error
        .path()
        .iter()
        .map(|segment| match segment {
            Segment::Seq { index } => format!("/{index}"),
            Segment::Map { key } | Segment::Enum { variant: key } => format!("/{key}"),
            Segment::Unknown => String::new(),
        })
        .collect();
    // The place in the text is less use than the pointer.
    let detail = text.split(" at line ").next().unwrap_or_default().to_owned();
    wrong(&pointer, detail)
}

//! The systems of this repository.

mod cars_api;
mod fastapi_devops;
mod healthcare_api;
mod predict_api;
mod predictor;
mod yours;

pub use cars_api::cars_api;
pub use fastapi_devops::fastapi_devops;
pub use healthcare_api::healthcare_api;
pub use predict_api::predict_api;
pub use predictor::predictor;
pub use yours::{helpers, mail, your_cloud, yours};

use crate::model::{Errors, Systems};

/// All systems that are rendered.
///
/// # Errors
///
/// Every impossible value.
pub fn all() -> Result<Systems, Errors> {
    Systems::new(vec![
        predict_api(),
        predictor(),
        cars_api(),
        healthcare_api(),
        fastapi_devops(),
    ])
}

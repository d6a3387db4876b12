"""Trains the three models, exports them as JSON and writes what they must predict.

    python3 -m venv .venv && .venv/bin/pip install -r requirements.txt && .venv/bin/python train.py

The same versions give the same bytes. The data are those that scikit-learn carries; nothing is fetched.
"""

import csv
import json
import pathlib

import numpy as np
from sklearn.datasets import load_breast_cancer
from sklearn.ensemble import GradientBoostingClassifier, RandomForestClassifier
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import accuracy_score, brier_score_loss, confusion_matrix, roc_auc_score
from sklearn.model_selection import train_test_split
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

HERE = pathlib.Path(__file__).parent
VERSION = "1.0.0"
SEED = 0

data = load_breast_cancer()
names = [str(name) for name in data.feature_names]
rows = data.data
malignant = 1 - data.target  # scikit-learn codes malignant as 0; the finding is the positive class here


def document(name, scaler, estimator):
    # A measurement beyond twice the largest one ever seen is refused: the model knows nothing of it.
    limits = [float(f"{2 * column.max():.3g}") for column in rows.T]
    result = {
        "format": "predictor-model/1",
        "name": f"breast-cancer-{name}",
        "version": VERSION,
        "classes": {"positive": "malignant", "negative": "benign"},
        "threshold": 0.5,
        "features": [{"name": n, "minimum": 0.0, "maximum": m} for n, m in zip(names, limits)],
    }
    if scaler is not None:
        result["scaler"] = {"mean": scaler.mean_.tolist(), "scale": scaler.scale_.tolist()}
    result["estimator"] = estimator
    return result


def tree(fitted, value):
    """Nodes as columns; a leaf has no children, which is told by 0, as the root is nobody's child."""
    t = fitted.tree_
    leaf = t.children_left < 0
    return {
        "feature": np.where(leaf, 0, t.feature).tolist(),
        "threshold": np.where(leaf, 0.0, t.threshold).tolist(),
        "left": np.where(leaf, 0, t.children_left).tolist(),
        "right": np.where(leaf, 0, t.children_right).tolist(),
        "value": np.where(leaf, value(t), 0.0).tolist(),
    }


def share(t):
    counts = t.value[:, 0, :]
    return counts[:, 1] / counts.sum(axis=1)


def logistic(x, y):
    fitted = make_pipeline(StandardScaler(), LogisticRegression(C=0.5, max_iter=5000, random_state=SEED)).fit(x, y)
    linear = fitted[-1]
    estimator = {"kind": "logistic", "coefficients": linear.coef_[0].tolist(), "intercept": float(linear.intercept_[0])}
    return fitted, document("logistic", fitted[0], estimator)


def forest(x, y):
    fitted = RandomForestClassifier(n_estimators=40, max_depth=7, random_state=SEED).fit(x, y)
    return fitted, document("forest", None, {"kind": "forest", "trees": [tree(t, share) for t in fitted.estimators_]})


def boosted(x, y):
    fitted = make_pipeline(
        StandardScaler(), GradientBoostingClassifier(n_estimators=60, max_depth=3, random_state=SEED)
    ).fit(x, y)
    model = fitted[-1]
    prior = model.init_.class_prior_[1]
    estimator = {
        "kind": "boosted",
        "initial": float(np.log(prior / (1 - prior))),
        "learning_rate": model.learning_rate,
        "trees": [tree(t, lambda t: t.value[:, 0, 0]) for t in model.estimators_[:, 0]],
    }
    return fitted, document("boosted", fitted[0], estimator)


def write(name, value):
    text = json.dumps(value, separators=(",", ":"), allow_nan=False)
    (HERE / name).write_text(text.replace('},{"name"', '},\n{"name"').replace('},{"feature"', '},\n{"feature"') + "\n")


train_x, test_x, train_y, test_y = train_test_split(rows, malignant, test_size=0.25, stratify=malignant, random_state=SEED)
metrics, expected = {}, {}
for make in (logistic, forest, boosted):
    fitted, exported = make(train_x, train_y)
    write(f"{make.__name__}.json", exported)
    expected[make.__name__] = fitted.predict_proba(rows)[:, 1].tolist()
    p = fitted.predict_proba(test_x)[:, 1]
    tn, fp, fn, tp = confusion_matrix(test_y, p >= 0.5).ravel().tolist()
    metrics[make.__name__] = {
        "accuracy": round(accuracy_score(test_y, p >= 0.5), 4),
        "roc_auc": round(roc_auc_score(test_y, p), 4),
        "brier": round(brier_score_loss(test_y, p), 4),
        "sensitivity": round(tp / (tp + fn), 4),
        "specificity": round(tn / (tn + fp), 4),
    }

with open(HERE / "dataset.csv", "w", newline="") as file:
    out = csv.writer(file, lineterminator="\n")
    out.writerow([*names, "malignant"])
    out.writerows([*map(repr, map(float, row)), int(y)] for row, y in zip(rows, malignant))
(HERE / "expected.json").write_text(json.dumps(expected, separators=(",\n", ":")) + "\n")
(HERE / "metrics.json").write_text(json.dumps({"held_out_rows": len(test_y), **metrics}, indent=2) + "\n")

"""Writes lambdamart.json: seeded lists, a LambdaMART that the Python package lightgbm trained on them, its scores.

    pip install lightgbm numpy
    python eglr-samediff/src/test/python/lambdamart_fixture.py

The model reads the value as the library's schema has it, standardised in single precision: LightGBM has a bin of its own
for 0 and divides what is above and below it by itself, so that moving 0 gives other bins and other trees.
"""

import json
from pathlib import Path

import lightgbm
import numpy as np

OUT = Path(__file__).parents[1] / "resources/org/eglr/rerank/lambdamart.json"
LENGTH = 6
TRAIN, VALID = 150, 80
TREES = 12
PARAMETERS = {
    "objective": "lambdarank",
    "learning_rate": 0.1,
    "num_leaves": 5,
    "min_data_in_leaf": 20,
    "lambdarank_truncation_level": 30,
    "deterministic": True,
    "force_row_wise": True,
    "num_threads": 1,
    "verbosity": -1,
}


def lists(count, random):
    """Rows of user group, item kind and a value; clicks by all three."""
    group = np.repeat(random.integers(1, 5, count), LENGTH)
    kind = random.integers(1, 13, count * LENGTH)
    value = random.normal(size=count * LENGTH).round(3)
    logit = value + 0.8 * ((kind + group) % 3 - 1) + 0.7 * (kind % 4 == 0) - 1
    clicked = (random.random(count * LENGTH) < 1 / (1 + np.exp(-logit))).astype(int)
    return np.stack([group, kind, value], axis=1).astype(float), clicked


def standardised(rows, train):
    """The value by training's mean and deviation, as a float."""
    value = ((rows[:, 2] - train[:, 2].mean()) / train[:, 2].std()).astype(np.float32)
    return np.stack([rows[:, 0], rows[:, 1], value], axis=1)


def ndcg(scores, clicked):
    """Mean over lists of LibRerank's NDCG at 5: 0 where nothing was clicked."""
    total = 0.0
    discount = 1 / np.log2(np.arange(2, 7))
    for start in range(0, len(scores), LENGTH):
        labels = clicked[start : start + LENGTH]
        order = np.argsort(-scores[start : start + LENGTH], kind="stable")
        ideal = np.sort(labels)[::-1][:5] @ discount
        total += labels[order][:5] @ discount / ideal if ideal else 0
    return total / (len(scores) / LENGTH)


def main():
    random = np.random.default_rng(3)
    train, train_clicked = lists(TRAIN, random)
    valid, valid_clicked = lists(VALID, random)
    rows, valid_rows = standardised(train, train), standardised(valid, train)
    data = lightgbm.Dataset(rows, train_clicked, group=[LENGTH] * TRAIN, categorical_feature=[0, 1])
    model = lightgbm.train(PARAMETERS, data, num_boost_round=TREES)
    scores = model.predict(valid_rows)
    odd = np.array([[0, 0, 0.0], [4, 300, -9.5], [2, 31, 1e-36], [1, 12, 40.0]])  # ids nobody has seen
    fixture = {
        "length": LENGTH,
        "trees": TREES,
        "leaves": PARAMETERS["num_leaves"],
        "train": train.ravel().tolist(),
        "trainClicked": train_clicked.tolist(),
        "valid": valid.ravel().tolist(),
        "validClicked": valid_clicked.tolist(),
        "rows": valid_rows.ravel().tolist(),
        "scores": scores.tolist(),
        "odd": odd.ravel().tolist(),
        "oddScores": model.predict(odd).tolist(),
        "ndcg": ndcg(scores, valid_clicked),
        "model": model.model_to_string(),
    }
    OUT.write_text(json.dumps(fixture, separators=(",", ":")) + "\n")


if __name__ == "__main__":
    main()

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binomtest
from sklearn.metrics import accuracy_score, confusion_matrix, precision_score, recall_score

from core.evaluation.metrics import score, wilson_interval


@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=80))
def test_scores_equal_those_of_scikit_learn(pairs):
    truth, predicted = (np.array(column) for column in zip(*pairs, strict=True))
    scores = score(truth, predicted, list("abcd"), most_frequent=2)
    assert scores.accuracy == pytest.approx(accuracy_score(truth, predicted))
    assert scores.baseline == pytest.approx(np.mean(truth == 2))
    labels = range(4)
    assert scores.confusion.matrix == confusion_matrix(truth, predicted, labels=labels).tolist()
    options = {"labels": labels, "average": None, "zero_division": np.nan}
    for measure, name in ((recall_score, "recall"), (precision_score, "precision")):
        ours = [getattr(one, name) for one in scores.per_class.values()]
        theirs = [
            None if np.isnan(v) else pytest.approx(v) for v in measure(truth, predicted, **options)
        ]
        assert ours == theirs


@given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_equals_that_of_scipy(counts):
    right, total = counts
    reference = binomtest(right, total).proportion_ci(0.95, method="wilson")
    assert wilson_interval(right, total) == pytest.approx((reference.low, reference.high), abs=1e-9)

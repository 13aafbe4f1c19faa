from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.images.folders import FolderError
from core.images.labelled_image import ImageSplit, LabelledImage
from core.images.splits import assign_splits


def image(name: str, class_name: str, look: int, **other) -> LabelledImage:
    random = np.random.default_rng(look)
    return LabelledImage(Path(name), class_name, fingerprint=random.bytes(32), **other)


def data_set(counts: dict[str, int]) -> list[LabelledImage]:
    return [
        image(f"{name} {i}", name, look=hash((name, i)) % 2**32)
        for name, count in counts.items()
        for i in range(count)
    ]


@given(st.dictionaries(st.sampled_from("abcd"), st.integers(2, 60), min_size=2), st.integers(0, 99))
def test_every_class_is_in_training_and_validation_in_the_right_shares(counts, seed):
    divided = assign_splits(data_set(counts), Path(), seed)
    for name, count in counts.items():
        splits = Counter(i.split for i in divided if i.class_name == name)
        assert splits[ImageSplit.TRAINING] >= 1
        assert splits[ImageSplit.VALIDATION] >= 1
        assert splits[ImageSplit.VALIDATION] == max(1, round(count * 0.15))
        assert sum(splits.values()) == count


def test_the_seed_decides():
    images = data_set({"a": 40, "b": 40})
    first, same, other = (assign_splits(images, Path(), seed) for seed in (1, 1, 2))
    assert first == same != other


def test_look_alikes_stay_on_one_side():
    images = data_set({"a": 30, "b": 30}) + [image(f"copy {n}", "a", look=77) for n in range(7)]
    for seed in range(10):
        divided = assign_splits(images, Path(), seed)
        assert len({i.split for i in divided if i.path.name.startswith("copy")}) == 1


@pytest.mark.parametrize("seed", range(4))
def test_look_alikes_are_divided_where_a_class_could_not_be_learnt_and_tested_otherwise(seed):
    alike = [image(f"a {n}", "a", look=1) for n in range(6)]
    in_two = [image(f"b {n}", "b", look=2 + n // 3) for n in range(6)]
    copied = [image("c of b", "c", look=2), image("c of d", "c", look=9)]
    plain = [image(f"d {n}", "d", look=9 + n) for n in range(6)]
    divided = assign_splits([*alike, *in_two, *copied, *plain], Path(), seed)
    for name in "abcd":
        splits = {i.split for i in divided if i.class_name == name}
        assert {ImageSplit.TRAINING, ImageSplit.VALIDATION} <= splits
    alone = assign_splits([*in_two, *plain], Path(), seed)
    halves = [{i.split for i in alone[begin : begin + 3]} for begin in (0, 3)]
    assert sorted(halves, key=str) == [{ImageSplit.TRAINING}, {ImageSplit.VALIDATION}]


def test_named_splits_are_kept():
    images = [image(f"{c} {s}", c, hash((c, s)) % 999, split=s) for c in "ab" for s in ImageSplit]
    assert assign_splits(images, Path(), 0) == images


@pytest.mark.parametrize(
    ("counts", "sentence"),
    [({"a": 9}, "only one class, “a”"), ({"a": 9, "b": 1}, "class “b” has 1 readable image: ")],
)
def test_too_little_to_learn_from(counts, sentence):
    with pytest.raises(FolderError, match=sentence):
        assign_splits(data_set(counts), Path(), 0)


def test_a_class_whose_images_cannot_be_read():
    images = [
        *data_set({"a": 5, "b": 5}),
        LabelledImage(Path("c"), "c", problem="The file is empty"),
    ]
    with pytest.raises(FolderError, match="class “c” has 0 readable images"):
        assign_splits(images, Path(), 0)

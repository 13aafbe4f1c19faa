import numpy as np
import onnx
import pytest
from onnx import helper, numpy_helper

from core.images.preparation import Preparation
from core.inference.classifier import Classifier, ModelError
from core.inference.model_file import classifier_file
from core.network.layers.ends import Input
from core.network.layers.fully_connected import Flatten, Linear
from core.network.layers.pooling import GlobalAvgPool2d
from core.network.network import Builder


@pytest.fixture
def model() -> bytes:
    """Give a small classifier: the mean colour through one linear layer."""
    builder = Builder()
    value = builder.add("input", Input(channels=3, height=8, width=8))
    value = builder.add("pool", GlobalAvgPool2d(), value)
    value = builder.add("flatten", Flatten(), value)
    value = builder.add("classifier", Linear(out_features=3), value)
    weights = {
        "classifier.weight": np.eye(3, dtype=np.float32) * 9,
        "classifier.bias": np.zeros(3, np.float32),
    }
    preparation = Preparation(resize_to=8, crop=8)
    return classifier_file(builder.network(value), weights, preparation, ["r", "g", "b"])


def test_it_names_the_colour(model):
    classifier = Classifier(model)
    for number in range(3):
        pixels = np.zeros((20, 30, 3), np.uint8)
        pixels[..., number] = 255
        assert classifier.predict(pixels).argmax() == number


@pytest.mark.parametrize("share", [0.0, 0.1, 0.5, 0.9, 0.99])
def test_a_truncated_file_is_refused(model, share, tmp_path):
    path = tmp_path / "model.onnx"
    path.write_bytes(model[: int(len(model) * share)])
    with pytest.raises(ModelError) as caught:
        Classifier.from_file(path)
    assert caught.value.where == str(path)


def test_a_missing_file(tmp_path):
    with pytest.raises(ModelError, match="cannot be read"):
        Classifier.from_file(tmp_path / "nothing.onnx")


def test_a_file_that_is_not_ours(tmp_path):
    node = helper.make_node("Identity", ["x"], ["y"])
    ends = [helper.make_tensor_value_info(n, onnx.TensorProto.FLOAT, [1]) for n in "xy"]
    other = helper.make_model(helper.make_graph([node], "g", ends[:1], ends[1:]))
    with pytest.raises(ModelError, match="was not exported by Layerloom"):
        Classifier(other.SerializeToString())


@pytest.mark.parametrize("place", ["../../etc/passwd", "/etc/passwd", "weights.bin"])
def test_weights_in_another_file_are_refused(model, place):
    parsed = onnx.load_model_from_string(model)
    tensor = parsed.graph.initializer[0]
    tensor.ClearField("raw_data")
    tensor.data_location = onnx.TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value=place)
    with pytest.raises(ModelError, match="refers to other files for its weights"):
        Classifier(parsed.SerializeToString())


def test_weights_in_another_file_are_refused_inside_a_node_too(model):
    parsed = onnx.load_model_from_string(model)
    tensor = numpy_helper.from_array(np.zeros(3, np.float32))
    tensor.data_location = onnx.TensorProto.EXTERNAL
    tensor.external_data.add(key="location", value="x")
    node = parsed.graph.node.add(op_type="Constant", output=["unused"])
    node.attribute.append(helper.make_attribute("value", tensor))
    with pytest.raises(ModelError, match="refers to other files for its weights"):
        Classifier(parsed.SerializeToString())


@pytest.mark.parametrize(
    ("key", "value", "sentence"),
    [
        ("layerloom.format", "99", "format 99"),
        ("layerloom.labels", "{", "list of classes is damaged"),
        ("layerloom.labels", '["only one"]', "inputs and outputs are not those"),
    ],
)
def test_changed_metadata(model, key, value, sentence):
    parsed = onnx.load_model_from_string(model)
    for entry in parsed.metadata_props:
        if entry.key == key:
            entry.value = value
    with pytest.raises(ModelError, match=sentence):
        Classifier(parsed.SerializeToString())

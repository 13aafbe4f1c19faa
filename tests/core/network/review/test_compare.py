"""What differs between two designs, however their layers are called."""

from __future__ import annotations

from core.network.analysis import Analysis, analyse
from core.network.editing.layer_edits import remove, with_settings
from core.network.editing.wire_edits import insert_on_wire
from core.network.layers.convolution import Conv2d
from core.network.layers.normalisation import BatchNorm2d
from core.network.layout.opening_view import readable
from core.network.naming import rename_group
from core.network.network import Network
from core.network.review.compare import compare
from core.network.templates import TEMPLATES
from core.network.view.placing import move


def built(name: str) -> Network:
    return readable(TEMPLATES[name].build(1000))


def of(analysis: Analysis, kind: type) -> set[str]:
    return {id_ for id_, result in analysis.results.items() if isinstance(result.node.layer, kind)}


def test_a_design_does_not_differ_from_itself() -> None:
    same = analyse(built("resnet18"))
    found = compare(same, same)
    assert (found.added, found.removed, found.changed, found.moved) == ((), (), (), ())
    assert (found.parameters, found.multiply_adds) == (0, 0)


def test_every_edit_is_found() -> None:
    network = built("resnet18")
    edited, new = insert_on_wire(network, network.edges[1], Conv2d(out_channels=64))
    edited = with_settings(edited, ["layer1.0.conv1"], "bias", True)
    edited = move(remove(edited, ["avgpool"]), ["fc"], 100, 0)
    found = compare(analyse(network), analyse(edited))
    assert found.added == (new,)
    assert found.removed == ("avgpool",)
    assert "fc" in found.moved
    changes = {change.before.node.id: change for change in found.changed}
    assert not changes["bn1"].rewired  # it is fed by what it was, through the new layer
    (difference,) = changes["layer1.0.conv1"].settings
    assert (difference.title, difference.before, difference.after) == ("Bias", False, True)
    assert changes["layer1.0.conv1"].parameters == 64
    assert found.parameters == analyse(edited).parameters - analyse(network).parameters


def test_other_names_alone_change_nothing_that_is_computed() -> None:
    network = built("resnet50")
    renamed = rename_group(rename_group(network, "layer3", "stage"), "layer1", "first")
    found = compare(analyse(network), analyse(renamed))
    assert found.added == found.removed == ()
    assert found.changed
    assert all(change.renamed and not change.matters for change in found.changed)
    assert all(network.by_id[a] is not None and a == b for a, b in found.pairs.items())


def test_the_papers_googlenet_beside_torchvisions() -> None:
    paper, torchvision = analyse(built("googlenet-2014")), analyse(built("googlenet"))
    found = compare(paper, torchvision)
    ours, theirs = of(paper, Conv2d), of(torchvision, Conv2d)
    assert (len(ours), len(theirs)) == (57, 57)
    assert {found.pairs.get(id_) for id_ in ours} == theirs  # each convolution has its own
    assert of(torchvision, BatchNorm2d) <= set(found.added)
    for id_ in ours:
        assert paper.results[id_].output == torchvision.results[found.pairs[id_]].output, id_
    for block in ("3a", "3b", "4a", "4b", "4c", "4d", "4e", "5a", "5b"):
        inside = {a: b for a, b in found.pairs.items() if a.startswith(f"inception{block}.")}
        assert len(inside) == 14
        assert all(b.startswith(f"inception{block}.") for b in inside.values())
    # torchvision has a 3 × 3 where the paper has a 5 × 5
    sizes = [
        (d.before, d.after) for c in found.changed for d in c.settings if d.title == "Kernel size"
    ]
    assert sizes.count(((5, 5), (3, 3))) == 9
    assert found.parameters == torchvision.parameters - paper.parameters

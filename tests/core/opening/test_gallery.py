"""The cards of networks say what is true of each."""

from core.network.templates import TEMPLATES
from core.opening.gallery import WeightsPlace, gallery_entries
from core.pretrained.torchvision_table import torchvision_table

ENTRIES = {entry.name: entry for entry in gallery_entries()}


def test_every_template_and_every_network_of_torchvision_is_there():
    assert ENTRIES.keys() == TEMPLATES.keys() | torchvision_table().keys()
    assert len(ENTRIES) >= 80


def test_every_card_says_who_when_and_what_was_new():
    for entry in ENTRIES.values():
        assert entry.authors, entry.name
        assert entry.paper, entry.name
        assert entry.summary.endswith("."), entry.name
        assert 1998 <= entry.year <= 2022
        assert entry.parameters > 0
        assert entry.multiply_adds > 0


def test_the_figures_are_the_papers_and_torchvisions():
    assert ENTRIES["lenet5-1998"].parameters == 60_000
    assert ENTRIES["resnet152"].parameters == 60_192_808
    assert ENTRIES["vit_b_16"].parameters == 86_567_656
    assert "3.57 %" in ENTRIES["resnet152"].result


def test_a_later_version_has_the_paper_of_its_own():
    assert "V2" in ENTRIES["swin_v2_t"].paper
    assert "V2" not in ENTRIES["swin_t"].paper
    assert ENTRIES["alexnet"].authors == "A. Krizhevsky"


def test_weights_are_where_the_card_says(tmp_path, monkeypatch):
    monkeypatch.setenv("TORCH_HOME", str(tmp_path))
    now = {entry.name: entry for entry in gallery_entries()}
    assert now["efficientnet-lite0"].weights is WeightsPlace.INCLUDED
    assert now["lenet5"].weights is WeightsPlace.NONE
    assert now["resnet18"].weights is WeightsPlace.DOWNLOAD
    assert now["resnet18"].weights_bytes > 40_000_000
    file = torchvision_table()["resnet18"].path
    file.parent.mkdir(parents=True)
    file.write_bytes(b"")
    assert {e.name: e for e in gallery_entries()}["resnet18"].weights is WeightsPlace.HERE


def test_cards_are_found_by_what_they_say():
    assert [e.name for e in ENTRIES.values() if e.means("googlenet 2014")] == [
        "googlenet-2014",
        "googlenet",
    ]
    assert ENTRIES["resnet50"].means("deep residual he")
    assert not ENTRIES["resnet50"].means("resnet xyzzy")

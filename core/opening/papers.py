"""The papers behind torchvision's networks that are no template: who, what, what was new."""

from __future__ import annotations

from dataclasses import dataclass

from core.network.templates import TEMPLATES


@dataclass(frozen=True, slots=True)
class Paper:
    """Where a family of networks was published.

    Attributes:
        authors: Of the paper.
        title: Of the paper.
        summary: What was new, one sentence.
    """

    authors: str
    title: str
    summary: str


def _of_template(name: str) -> Paper:
    template = TEMPLATES[name]
    return Paper(template.authors, template.paper, template.summary)


PAPERS: dict[str, Paper] = {
    "inception_v3": Paper(
        "C. Szegedy, V. Vanhoucke, S. Ioffe, J. Shlens, Z. Wojna",
        "Rethinking the Inception architecture for computer vision",
        "Large kernels are replaced by several small and one-sided ones within Inception modules.",
    ),
    "densenet": _of_template("densenet121"),
    "resnext": _of_template("resnext50_32x4d"),
    "wide_resnet": _of_template("wide_resnet50_2"),
    "mnasnet": Paper(
        "M. Tan, B. Chen, R. Pang, V. Vasudevan, M. Sandler, A. Howard, Q. V. Le",
        "MnasNet: Platform-aware neural architecture search for mobile",
        "Found by a search that balances accuracy and the time measured on a phone.",
    ),
    "shufflenet_v2": Paper(
        "N. Ma, X. Zhang, H.-T. Zheng, J. Sun",
        "ShuffleNet V2: Practical guidelines for efficient CNN architecture design",
        "Half of the channels pass unchanged and a shuffle mixes them: designed for speed, not "
        "for few operations.",
    ),
    "efficientnet_v2": Paper(
        "M. Tan, Q. V. Le",
        "EfficientNetV2: Smaller models and faster training",
        "Searched for speed of training too; plain convolutions in the first stages.",
    ),
    "efficientnet": _of_template("efficientnet_b0"),
    "mobilenet_v3": Paper(
        "A. Howard, M. Sandler, G. Chu, L.-C. Chen, B. Chen, M. Tan and others",
        "Searching for MobileNetV3",
        "MobileNetV2's blocks with squeeze and excitation and hard swish, tuned by a search.",
    ),
    "regnet": Paper(
        "I. Radosavovic, R. P. Kosaraju, R. Girshick, K. He, P. Dollár",
        "Designing network design spaces",
        "A simple rule gives the width of every stage, found by comparing families of networks.",
    ),
    "vit": Paper(
        "A. Dosovitskiy, L. Beyer, A. Kolesnikov, D. Weissenborn, X. Zhai and others",
        "An image is worth 16x16 words: Transformers for image recognition at scale",
        "Patches of the image are the words of a Transformer.",
    ),
    "swin": Paper(
        "Z. Liu, Y. Lin, Y. Cao, H. Hu, Y. Wei, Z. Zhang, S. Lin, B. Guo",
        "Swin Transformer: Hierarchical vision transformer using shifted windows",
        "Attention within windows that shift from layer to layer.",
    ),
    "swin_v2": Paper(
        "Z. Liu, H. Hu, Y. Lin, Z. Yao, Z. Xie, Y. Wei, J. Ning, Y. Cao, Z. Zhang and others",
        "Swin Transformer V2: Scaling up capacity and resolution",
        "Normalises after each block and compares by cosine, so that it can be made larger.",
    ),
    "convnext": Paper(
        "Z. Liu, H. Mao, C.-Y. Wu, C. Feichtenhofer, T. Darrell, S. Xie",
        "A ConvNet for the 2020s",
        "A ResNet modernised step by step with ideas from Transformers.",
    ),
    "maxvit": Paper(
        "Z. Tu, H. Talebi, H. Zhang, F. Yang, P. Milanfar, A. Bovik, Y. Li",
        "MaxViT: Multi-axis vision transformer",
        "Attention in turn within blocks and on a grid over the whole image.",
    ),
}
"""By what the names begin with; the longest beginning counts."""


def paper_of(name: str) -> Paper | None:
    """Return the paper behind a network of torchvision, if it is listed."""
    begins = [begin for begin in PAPERS if name.startswith(begin)]
    return PAPERS[max(begins, key=len)] if begins else None

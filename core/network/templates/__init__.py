"""Networks to start from, one module per family."""

from __future__ import annotations

from core.network.templates.efficientnet_lite import EFFICIENTNET_LITE0
from core.network.templates.lenet import LENET5
from core.network.templates.template import Template

TEMPLATES: dict[str, Template] = {
    template.name: template for template in (EFFICIENTNET_LITE0, LENET5)
}
"""Every template by its name."""

"""The job that measures how long a network takes for one image."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from core.jobs.job import Reporter
from core.network.network import Network

if TYPE_CHECKING:
    from core.network.running.timing import NetworkTiming


@dataclass(frozen=True, slots=True)
class TimeNetworkJob:
    """Measure a network with random weights: how fast it is does not depend on them.

    Attributes:
        network: What is measured.
    """

    network: Network

    @property
    def title(self) -> str:
        """Say what the job does."""
        return "Time the network"

    def run(self, report: Reporter) -> NetworkTiming:
        """Measure.

        Raises:
            NetworkError: The network has problems, is too large, or cannot be run.
        """
        from core.network.running.timing import time_network

        return time_network(self.network, report)

"""Fixes for a problem, each a new network that was analysed and is better."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import islice

from core.network.analysis import Analysis, analyse
from core.network.network import Network
from core.network.problems import Problem
from core.network.review.advice import advise
from core.network.review.candidates import Candidate, candidates

MOST_TRIED = 60
LARGE = 2000
"""Layers from which on fewer changes are tried, since each is analysed."""
MOST_OFFERED = 5


@dataclass(frozen=True, slots=True)
class Fix:
    """A change that was checked to help.

    Attributes:
        text: A verb and a thing: “Insert Flatten”.
        network: The design with the change.
    """

    text: str
    network: Network


def fixes(analysis: Analysis, problem: Problem) -> tuple[Fix, ...]:
    """Return the changes that solve a problem and break nothing, those that leave least first.

    Args:
        analysis: Of the design.
        problem: One of its problems or of its advice.
    """
    helpful: list[tuple[int, Candidate]] = []
    seen: set[str] = set()
    for text, network in islice(candidates(analysis, problem), affordable(analysis, MOST_TRIED)):
        after = analyse(network, analysis)
        if text not in seen and _helps(analysis, after, problem):
            seen.add(text)
            helpful.append((len(after.problems), (text, network)))
    helpful.sort(key=lambda found: found[0])
    return tuple(Fix(text, network) for _, (text, network) in helpful[:MOST_OFFERED])


def affordable(analysis: Analysis, most: int) -> int:
    """Return how often something may be done that takes as long as analysing the network."""
    return max(1, most * LARGE // max(LARGE, len(analysis.network.nodes)))


def _helps(before: Analysis, after: Analysis, problem: Problem) -> bool:
    """Return whether the problem is gone and every layer that worked still does."""
    remaining = advise(after) if problem.advice else after.problems
    if any((p.node, p.what) == (problem.node, problem.what) for p in remaining):
        return False
    known = {p.what for p in before.problems}
    for id_, result in before.results.items():
        now = after.results.get(id_)
        if now is not None and result.measures is not None and now.measures is None:
            return False
    if problem.advice:
        return len(after.problems) <= len(before.problems)
    worse = [p for p in after.problems if p.what not in known and p.node == problem.node]
    return not worse

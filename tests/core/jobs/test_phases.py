"""Phases of jobs are compared as identifiers and shown as sentences."""

from __future__ import annotations

import pickle

from core.jobs.phases import Phase


def test_every_phase_is_said_in_words_of_its_own() -> None:
    texts = [phase.text for phase in Phase]
    assert all(texts)
    assert len(set(texts)) == len(texts)


def test_a_phase_stays_itself_on_its_way_between_processes() -> None:
    assert all(pickle.loads(pickle.dumps(phase)) is phase for phase in Phase)

"""The figure corpus itself: it can be read, its marks stand where they say, and it covers every role."""

from __future__ import annotations

from collections import Counter

import pytest
import regex

from corpus.figures_loader import PLAIN_ROLES, ROLES, FigureItem, load_figures

ITEMS = load_figures()
DIGITS = regex.compile(r"\d+(?:\.\d+)?")


def test_the_corpus_is_large_enough_and_ids_are_unique() -> None:
    assert len(ITEMS) >= 320
    assert len({item.id for item in ITEMS}) == len(ITEMS)
    assert len({item.text for item in ITEMS}) == len(ITEMS)
    assert {item.origin for item in ITEMS} == {"invented"}


def test_every_role_has_ten_labels() -> None:
    count = Counter(label.role for item in ITEMS for label in item.labels)
    assert {role: count[role] for role in [*ROLES.values(), *PLAIN_ROLES] if count[role] < 10} == {}


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_labels_stand_where_they_say(item: FigureItem) -> None:
    end = 0
    for label in item.labels:
        assert label.start >= end
        assert item.text[label.start : label.end] == label.surface != ""
        end = label.end


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.id)
def test_every_run_of_digits_has_one_label(item: FigureItem) -> None:
    labelled = [(label.start, label.end) for label in item.labels]
    loose = [
        match[0]
        for match in DIGITS.finditer(item.text)
        if not any(start <= match.start() and match.end() <= end for start, end in labelled)
    ]
    assert loose == []


def test_facts_are_complete() -> None:
    for item in ITEMS:
        for label in item.labels:
            assert bool(label.fields) == (label.role in ROLES.values()), (item.id, label.surface)
            if label.fields and label.fields["period"] is not None:
                first, last = label.fields["period"]
                assert first <= last, (item.id, label.surface)


def test_shares_in_percent_stay_below_a_hundred_and_fifty() -> None:
    for item in ITEMS:
        for label in item.labels:
            if label.role == "share" and label.fields["unit"] == "%":
                assert 0 < float(label.fields["value"]) < 150, (item.id, label.surface)


def test_falls_are_negative_and_rises_positive() -> None:
    fall = regex.compile(r"(?:下降|减少|下滑|回落)了?\s*$")
    rise = regex.compile(r"(?:增长|上涨|提高|增加|提升)了?\s*$")
    for item in ITEMS:
        for label in item.labels:
            if label.role == "growth_rate":
                before = item.text[: label.start]
                if fall.search(before):
                    assert float(label.fields["value"]) < 0, (item.id, label.surface)
                if rise.search(before):
                    assert float(label.fields["value"]) > 0, (item.id, label.surface)

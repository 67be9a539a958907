"""A wave's results as a PDF that a screen reader can read."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.template.loader import render_to_string

from lic_site.common import dates
from lic_site.common.pdf import typeset
from lic_site.insight.charts import Chart
from lic_site.surveys import results
from lic_site.surveys.models import Release
from lic_site.surveys.pictures import Picture, Shown, in_words


def draw(release: Release, *, at: datetime) -> bytes:
    """Raises Unprintable where some letter has no font."""
    wave, found = release.wave, results.of(release)
    data = {
        "title": wave.about,
        "caption": wave.questionnaire.name,
        "group": wave.group_name,
        "closed": dates.when(dates.local(wave.closed_at or release.made_at).date()),
        "made": dates.when(dates.local(at).date()),
        "demo": bool(settings.DEMO),
        "asked": found.asked,
        "answered": found.answered,
        "rate": found.rate,
        "mode": wave.mode,
        "hides": found.hides_questions or found.n is None,
        "few": found.n is None,
        "pooled": list(found.pooled),
        "questions": [_question(each) for each in found.questions],
        "pairs": [
            {
                "words": pair.words,
                "n": pair.n,
                "picture": _picture(pair.picture),
                "changes": [vars(change) for change in pair.changes],
            }
            for pair in found.pairs
        ],
        "trends": [
            {"words": each.words, "picture": _picture(each.picture)} for each in found.trends
        ],
        "cuts": [],
    }
    return typeset("survey_report", data, at=at)


def _question(shown: Shown) -> dict[str, Any]:
    question = shown.question
    return {
        "words": question["words"],
        "n": question.get("n"),
        "mean": in_words(question["mean"]) if "mean" in question else "",
        "net": results.signed(question["net"], 0) if "net" in question else "",
        "low_words": question["low_words"],
        "high_words": question["high_words"],
        "picture": shown.picture and _picture(shown.picture),
    }


def _picture(picture: Picture) -> dict[str, Any]:
    return {
        "svg": _svg(picture.wide),
        "says": picture.says,
        "legend": [{"role": role, "words": words} for role, words in picture.legend],
        "columns": picture.table.columns,
        "rows": [{"words": words, "cells": cells} for words, cells in picture.table.rows],
    }


def _svg(chart: Chart) -> str:
    return render_to_string("charts/print.svg", {"chart": chart})

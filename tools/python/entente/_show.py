"""How things look in a notebook."""

from __future__ import annotations

import html
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from ._runs import Came, Runs
    from ._scenario import Scenario
    from ._studies import Study


def scenario_html(scenario: "Scenario") -> str:
    return f"<p>{html.escape(repr(scenario))}</p>"


def runs_html(runs: "Runs") -> str:
    return f"<pre>{html.escape(str(runs))}</pre>"


def came_html(came: "Came") -> str:
    return f"<p>{html.escape(str(came))}</p>"


def study_html(study: "Study") -> str:
    return f"<p>{html.escape(repr(study))}</p>"

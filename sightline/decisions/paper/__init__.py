"""The dossier on paper: a PDF that stands by itself, made with typst.

What people wrote goes in as data and never as markup. Fonts come from packages, so that the file
looks the same wherever it is made: Inter, and Noto for Arabic and Han.
"""

from __future__ import annotations

import json
import re
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from sightline.decisions import shown
from sightline.decisions.models import Decision, Evidence, Opening, Proposal
from sightline.decisions.queries import decisions as queries
from sightline.decisions.queries import evidence
from sightline.foundation.core.dates import now
from sightline.foundation.ledger.queries import head_as_json, latest_head, public_key
from sightline.foundation.ui import words
from sightline.people import policies as people
from sightline.people.viewer import Viewer

TEMPLATE = "dossier.typ"
LINE_LENGTH = 64
"""So many letters of a sign to verify by stand in a line."""
CONTROL_SIGNS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f]")
"""What no font draws; tabs and ends of lines are left."""


def dossier_pdf(viewer: Viewer, decision: Decision, proposal: Proposal) -> bytes:
    """A version of a decision as a PDF, as one reader may know it."""
    import typst  # loads a library of 80 MB: only where paper is made

    told = _printable(dossier_content(viewer, decision, proposal))
    try:
        return _compiled(told, pdf_standards=["ua-1"])
    except typst.TypstError:  # a letter that none of the fonts has, which the standard forbids
        return _compiled(told)


def _compiled(told: Any, **options: Any) -> bytes:
    import typst

    compile_document: Any = typst.compile
    made: bytes = compile_document(
        (files(__package__) / TEMPLATE).read_bytes(),
        font_paths=font_folders(),
        ignore_system_fonts=True,
        sys_inputs={"dossier": json.dumps(told)},
        **options,
    )
    return made


def _printable(told: Any) -> Any:
    """The same without control signs."""
    if isinstance(told, dict):
        return {key: _printable(value) for key, value in told.items()}
    if isinstance(told, list):
        return [_printable(value) for value in told]
    return CONTROL_SIGNS.sub("", told)


@cache
def font_folders() -> list[str | Path]:
    """Where the packages keep their fonts."""
    import fontpkg_inter
    import fontpkg_noto_sans_arabic
    import noto_cjk_sans_jp_regular

    return [
        Path(fontpkg_inter.ROOT) / "files",
        Path(fontpkg_noto_sans_arabic.ROOT) / "files",
        Path(str(noto_cjk_sans_jp_regular.FONT_PATH)).parent,
    ]


def dossier_content(viewer: Viewer, decision: Decision, proposal: Proposal) -> dict[str, Any]:
    """All that the dossier says, as plain texts."""
    reads_pay = bool(people.may_read_pay(viewer, decision.employee))
    rows = evidence.picked_for(proposal)
    return {
        "title": f"{decision.get_kind_display()}: {decision.employee.name}",
        "language": (get_language() or "en").split("-")[0],
        "lead": _lead(decision, proposal),
        "labels": _labels(),
        "changes": [
            {"term": str(one.term), "text": one.text, "note": one.note}
            for one in shown.changes_shown(proposal, reads_pay=reads_pay)
        ],
        "grounds": proposal.grounds.splitlines(),
        "evidence": [_evidence(one) for one in shown.evidence_shown(viewer, decision, rows)],
        "checks": [
            {"name": str(one.name), "sentence": one.sentence, "word": one.word}
            for one in shown.checks_shown(proposal.checks.all(), reads_pay=reads_pay)
        ],
        "acts": _acts(proposal, queries.openings_of(proposal), queries.ending_of(decision)),
        "seal": _seal(viewer, proposal, rows),
    }


def _lead(decision: Decision, proposal: Proposal) -> str:
    told = _("Decision %(number)d, version %(version)d · proposed by %(name)s · %(stage)s")
    return told % {
        "number": decision.pk,
        "version": proposal.number,
        "name": decision.proposer.name,
        "stage": decision.get_stage_display(),
    }


def _labels() -> dict[str, str]:
    return {
        "changes": _("What changes"),
        "grounds": _("Why"),
        "evidence": _("Evidence"),
        "checks": _("Checks"),
        "acts": _("What was said and done"),
        "seal": _("Seal"),
        "page": _("Page"),
    }


def _evidence(one: shown.EvidenceShown) -> dict[str, str]:
    place = _("none yet") if one.leaf is None else str(one.leaf)
    told = _("record %(record)d · leaf %(leaf)s") % {"record": one.row.record_id, "leaf": place}
    return {
        "label": one.row.label,
        "title": one.title,
        "text": one.text,
        "source": f"{one.source} · {words.day(one.row.happened_on, 'short')} · {told}",
        "hash": in_lines(bytes(one.row.commitment).hex()),
    }


def _acts(
    proposal: Proposal, openings: list[Opening], ending: queries.Ending
) -> list[dict[str, str]]:
    told = _before_the_verdict(proposal)
    told += [_act(_("Evidence opened"), one.by.name, one.at, "") for one in openings]
    if verdict := getattr(proposal, "verdict", None):
        label = str(verdict.get_outcome_display())
        told.append(_act(label, verdict.by.name, verdict.at, verdict.reason))
    if ending.withdrawal:
        back = ending.withdrawal
        told.append(_act(_("Withdrawn"), back.by.name, back.at, back.reason))
    if ending.execution:
        done = ending.execution
        name = _("on behalf of %s") % done.on_behalf_of.name
        told.append(_act(_("Carried out"), name, done.at, ""))
    return told


def _before_the_verdict(proposal: Proposal) -> list[dict[str, str]]:
    """How it came to the person, and what he said to it."""
    told = []
    reply = getattr(proposal, "reply", None)
    if checking := getattr(proposal, "checking", None):
        told.append(_act(_("Checked"), checking.by.name, checking.at, checking.words))
    if passing := getattr(proposal, "passing", None):
        waits = _("No reply yet; the person may reply before %s.")
        said = "" if reply else waits % words.day(passing.until_on, "long")
        told.append(_act(_("Passed to the person"), passing.by.name, passing.at, said))
    if reply:
        told.append(
            _act(_("Reply"), reply.by.name, reply.at, reply.words, str(reply.get_stance_display()))
        )
    return told


def _act(what: str, who: str, at: Any, said: str, stance: str = "") -> dict[str, str]:
    return {
        "what": f"{what}: {stance}" if stance else what,
        "who": f"{who}, {words.day(at, 'long')}",
        "words": said,
    }


def _seal(viewer: Viewer, proposal: Proposal, rows: list[Evidence]) -> list[dict[str, str]]:
    """What a reader without Sightline verifies the dossier by."""
    head = latest_head()
    signed = head_as_json(head) if head else {}
    told = [
        (_("SHA-256 of this version"), evidence.digest_of(proposal, rows)),
        (_("Records under the signed head"), str(signed.get("tree_size", 0))),
        (_("Root of the log"), str(signed.get("root", ""))),
        (_("Signed at"), str(signed.get("at", ""))),
        (_("Signature"), str(signed.get("signature", ""))),
        (_("Public key"), public_key()),
        (_("Printed for"), f"{viewer.employee.name}, {words.day(now(), 'long')}"),
    ]
    return [{"term": term, "text": in_lines(text)} for term, text in told if text]


def in_lines(text: str) -> str:
    """A sign to verify by, in lines that fit the paper; nothing stands between its letters, so
    that it can be copied and searched for. A SHA-256 is one line."""
    if " " in text or len(text) <= LINE_LENGTH:
        return text
    return "\n".join(text[at : at + LINE_LENGTH] for at in range(0, len(text), LINE_LENGTH))

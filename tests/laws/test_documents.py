"""The laws of tests/docs, tried on planted offenders: a dead link, a setting nobody describes."""

from __future__ import annotations

from tests.docs.test_documents import links, names_read


def test_a_dead_link_is_found(tmp_path):
    document = tmp_path / "page.md"
    document.write_text(
        "[there](page.md#top), [gone](gone.md), [out](https://example.org), [up](#a)"
    )
    dead = [target for target in links(document) if not (tmp_path / target).exists()]
    assert dead == ["gone.md"]


def test_a_setting_is_found_wherever_it_is_read(tmp_path):
    settings = tmp_path / "settings.py"
    settings.write_text('A = env.text("SIGHTLINE_NEW", default="")\nB = os.environ.get("NEWER")\n')
    assert set(names_read(settings)) == {"SIGHTLINE_NEW", "NEWER"}

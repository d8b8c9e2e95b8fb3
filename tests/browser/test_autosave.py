"""Nothing typed is lost: whatever happens to network, page, sign-in or other tab."""

from __future__ import annotations

import contextlib
import re
import time

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Error, Page, expect

from sightline.foundation.drafts.models import Draft, SetAside

FORM = "/gallery/drafts/"
PUTS = "**/drafts/*/"


def text_field(page: Page):
    return page.get_by_label("What happened")


def state(page: Page):
    return page.locator("[data-autosave-state]")


def opened(page: Page) -> Page:
    page.goto(FORM)
    return page


def kept_text() -> str:
    draft = Draft.objects.exclude(fields={}).first()
    return draft.fields["text"][0] if draft else ""


def wait_for_text(text: str, seconds: float = 5) -> float:
    """How long until the server has the text."""
    start = time.monotonic()
    while kept_text() != text:
        if time.monotonic() - start > seconds:
            pytest.fail(f"The server has {kept_text()[:80]!r} after {seconds} s.")
        time.sleep(0.02)
    return time.monotonic() - start


def test_what_is_typed_is_on_the_server_within_two_seconds(page_as, account):
    page = opened(page_as(account))
    text_field(page).press_sequentially("He stayed on.", delay=10)
    assert wait_for_text("He stayed on.") < 2
    expect(state(page)).to_contain_text("Saved")


def test_who_types_without_a_pause_is_saved_all_the_same(page_as, account):
    page = opened(page_as(account))
    field = text_field(page)
    end = time.monotonic() + 2.4
    while time.monotonic() < end:
        field.press("x")
        page.wait_for_timeout(60)
        if kept_text():
            break
    assert kept_text().startswith("x")


def test_all_kinds_of_fields_come_back_in_a_new_page(page_as, account):
    page = opened(page_as(account))
    page.get_by_label("Title").fill("Handover")
    text_field(page).fill("A written timeline.")
    page.get_by_label("Guidance").check()
    page.get_by_label("Peers").check()
    page.get_by_label("I was there").check()
    expect(state(page)).to_contain_text("Saved")
    wait_for_text("A written timeline.")
    page.wait_for_timeout(900)
    other = opened(page_as(account))
    expect(other.get_by_text("Restored what you typed")).to_be_visible()
    expect(other.get_by_label("Title")).to_have_value("Handover")
    expect(text_field(other)).to_have_value("A written timeline.")
    expect(other.get_by_label("Guidance")).to_be_checked()
    expect(other.get_by_label("Peers")).to_be_checked()
    expect(other.get_by_label("Manager")).not_to_be_checked()
    expect(other.get_by_label("I was there")).to_be_checked()


def test_while_the_server_is_away_the_text_is_kept_here_and_sent_when_it_is_back(page_as, account):
    page = opened(page_as(account))
    page.context.set_offline(True)
    text_field(page).fill("Typed on the train.")
    expect(state(page)).to_have_text("Kept in this browser; the server is away")
    assert kept_text() == ""
    page.context.set_offline(False)
    wait_for_text("Typed on the train.")
    expect(state(page)).to_contain_text("Saved")


def test_a_text_kept_here_is_offered_after_reloading(page_as, account):
    page = opened(page_as(account))
    page.route(PUTS, lambda route: route.abort())
    text_field(page).fill("Only here.")
    expect(state(page)).to_contain_text("Kept in this browser")
    page.reload()
    expect(text_field(page)).to_have_value("")
    page.unroute(PUTS)
    offer = page.locator("[data-autosave-offer]")
    expect(offer).to_contain_text("This browser has a newer text")
    offer.get_by_role("button", name="Restore").click()
    expect(text_field(page)).to_have_value("Only here.")
    wait_for_text("Only here.")


def test_an_offered_text_can_be_discarded(page_as, account):
    page = opened(page_as(account))
    page.route(PUTS, lambda route: route.abort())
    text_field(page).fill("Only here.")
    expect(state(page)).to_contain_text("Kept in this browser")
    page.reload()
    page.locator("[data-autosave-offer]").get_by_role("button", name="Discard").click()
    page.reload()
    page.wait_for_timeout(300)
    expect(page.locator("[data-autosave-offer]")).to_have_count(0)


def test_after_a_crash_the_text_is_there(page_as, account):
    page = opened(page_as(account))
    page.route(PUTS, lambda route: route.abort())
    text_field(page).fill("Before the crash.")
    expect(state(page)).to_contain_text("Kept in this browser")
    context = page.context
    crash(page)
    again = opened(context.new_page())
    again.get_by_role("button", name="Restore").click()
    expect(text_field(again)).to_have_value("Before the crash.")


def crash(page: Page) -> None:
    """Kill the page's process: nothing of the page runs any more, not even pagehide."""
    with contextlib.suppress(Error), page.expect_event("crash"):
        page.goto("chrome://crash")


def test_an_ended_sign_in_loses_nothing_and_goes_on_after_signing_in_elsewhere(
    page_as, account, sign_in
):
    page = opened(page_as(account))
    Session.objects.all().delete()
    page.context.clear_cookies(name="sessionid")
    text_field(page).fill("The session is over.")
    dialog = page.get_by_role("dialog")
    expect(dialog).to_contain_text("You have been signed out")
    dialog.get_by_role("button", name="Decide later").click()
    expect(state(page)).to_contain_text("you have been signed out")
    sign_in(page.context, account)
    opened(page.context.new_page())  # any page of the same person calls the others back
    wait_for_text("The session is over.")
    expect(state(page)).to_contain_text("Saved")


def test_who_signs_in_here_finds_the_text_in_the_form(page_as, account, sign_in):
    page = opened(page_as(account))
    page.context.clear_cookies(name="sessionid")
    text_field(page).fill("Typed after the end.")
    page.get_by_role("button", name="Sign in here").click()
    page.wait_for_url(re.compile("next="))
    sign_in(page.context, account)
    opened(page)
    expect(text_field(page)).to_have_value("Typed after the end.")
    expect(page.get_by_text("Restored what you typed").first).to_be_visible()
    wait_for_text("Typed after the end.")


def test_a_form_sent_after_the_sign_in_ended_is_there_again(page_as, account, sign_in):
    page = opened(page_as(account))
    page.get_by_label("Title").fill("Late")
    text_field(page).fill("Sent too late.")
    page.context.clear_cookies(name="sessionid")
    page.get_by_role("button", name="Send").click()
    page.wait_for_url(re.compile("next="))
    sign_in(page.context, account)
    opened(page)
    expect(text_field(page)).to_have_value("Sent too late.")


def test_somebody_else_signing_in_never_gets_the_text(page_as, account, account_of, sign_in):
    other = account_of("Mei Chen")
    page = opened(page_as(account))
    sign_in(page.context, other)
    text_field(page).fill("Ana wrote this.")
    expect(page.get_by_role("dialog")).to_contain_text("somebody else")
    assert not Draft.objects.exists()
    expect(text_field(opened(page.context.new_page()))).to_have_value("")


@pytest.fixture
def two_texts(page_as, account):
    """Two tabs of one person with the same form, in which each has written."""
    first = opened(page_as(account))
    second = opened(first.context.new_page())
    text_field(first).fill("Ana wrote this first.")
    wait_for_text("Ana wrote this first.")
    text_field(second).fill("Ana wrote that second.")
    expect(second.get_by_role("dialog")).to_contain_text("Two texts")
    return first, second


def test_two_tabs_never_overwrite_each_other_silently(two_texts):
    _first, second = two_texts
    dialog = second.get_by_role("dialog")
    expect(dialog).to_contain_text("Ana wrote this first.")
    expect(dialog).to_contain_text("Ana wrote that second.")
    expect(dialog.locator("mark")).to_have_text(["that", "second.", "this", "first."])
    second.wait_for_timeout(1000)
    expect(dialog).to_have_count(1)  # asked once, though the form was saved once more meanwhile
    assert kept_text() == "Ana wrote this first."
    assert SetAside.objects.get().fields["text"] == ["Ana wrote that second."]


def test_keeping_mine_sets_the_other_text_aside(two_texts):
    first, second = two_texts
    second.get_by_role("button", name="Keep this text").click()
    wait_for_text("Ana wrote that second.")
    assert SetAside.objects.get().fields["text"] == ["Ana wrote this first."]
    first.goto("/drafts/")
    expect(first.get_by_text("Ana wrote this first.").first).to_be_visible()


def test_taking_the_other_sets_mine_aside(two_texts):
    _first, second = two_texts
    second.get_by_role("button", name="Take the other text").click()
    expect(text_field(second)).to_have_value("Ana wrote this first.")
    expect(state(second)).to_contain_text("set aside")
    text_field(second).press_sequentially(" And on.")
    wait_for_text("Ana wrote this first. And on.")
    assert SetAside.objects.get().fields["text"] == ["Ana wrote that second."]


def test_a_form_sent_from_one_tab_is_told_to_the_other(page_as, account):
    first = opened(page_as(account))
    second = opened(first.context.new_page())
    first.get_by_label("Title").fill("Done")
    text_field(first).fill("Sent.")
    first.get_by_role("button", name="Send").click()
    expect(first.locator("[data-toast]")).to_be_visible()
    text_field(second).fill("A stale tab.")
    expect(second.get_by_role("dialog")).to_contain_text("Sent from another tab")
    second.get_by_role("button", name="Keep this text").click()
    wait_for_text("A stale tab.")


def test_a_sent_form_leaves_no_draft_and_no_copy(page_as, account):
    page = opened(page_as(account))
    page.get_by_label("Title").fill("Done")
    text_field(page).fill("Sent at once.")
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-toast]")).to_contain_text("Received 13 characters.")
    expect(text_field(page)).to_have_value("")
    page.wait_for_timeout(300)
    expect(page.locator("[data-autosave-offer]")).to_have_count(0)
    assert kept_text() == ""
    assert page.evaluate("Object.keys(localStorage).length") == 0


def test_a_refused_form_keeps_and_saves_what_was_sent(page_as, account):
    page = opened(page_as(account))
    text_field(page).fill("No title.")
    page.locator("form[data-autosave]").evaluate("form => { form.noValidate = true }")
    page.get_by_role("button", name="Send").click()
    expect(text_field(page)).to_have_value("No title.")
    wait_for_text("No title.")


def test_three_megabytes_are_answered_with_a_sentence_and_kept(page_as, account):
    page = opened(page_as(account))
    page.get_by_label("Title").fill("Long")
    expect(state(page)).to_contain_text("Saved")
    text_field(page).evaluate(
        "field => { field.value = 'long texts'.repeat(300000);"
        " field.dispatchEvent(new Event('input', {bubbles: true})) }"
    )
    expect(state(page)).to_contain_text("longer than 1 MB")
    assert kept_text() == ""
    page.reload()
    page.get_by_role("button", name="Restore").click()
    assert text_field(page).evaluate("field => field.value.length") == 3_000_000
    page.get_by_role("button", name="Send").click()
    expect(page.locator("[data-toast]")).to_contain_text("Received 3000000 characters.")


def test_script_in_a_text_is_shown_and_never_run(page_as, account):
    evil = "</textarea><script>window.evil = 1</script><img src=x onerror='window.evil = 1'>"
    first = opened(page_as(account))
    second = opened(first.context.new_page())
    text_field(first).fill(evil)
    wait_for_text(evil)
    text_field(second).fill("Mine.")
    expect(second.get_by_role("dialog")).to_contain_text("<script>")
    third = opened(first.context.new_page())
    expect(text_field(third)).to_have_value(evil)
    listed = first.context.new_page()
    listed.goto("/drafts/")
    for page in (second, third, listed):
        assert page.evaluate("window.evil") is None


def test_a_restored_draft_can_be_discarded(page_as, account):
    page = opened(page_as(account))
    text_field(page).fill("Not after all.")
    wait_for_text("Not after all.")
    opened(page)
    page.locator("[data-restored]").get_by_role("button", name="Discard").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard").click()
    expect(text_field(page)).to_have_value("")
    assert kept_text() == ""


def test_without_scripts_the_form_restores_discards_and_sends(page_as, account):
    page = opened(page_as(account))
    text_field(page).fill("Typed before.")
    wait_for_text("Typed before.")
    plain = opened(page_as(account, java_script_enabled=False))
    expect(text_field(plain)).to_have_value("Typed before.")
    plain.get_by_role("button", name="Discard").click()
    expect(text_field(plain)).to_have_value("")
    assert kept_text() == ""

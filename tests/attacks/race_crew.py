"""What the tests of races run in a process of its own: many threads, one database, one moment."""

from __future__ import annotations

import json
import os
import threading
from collections import Counter
from datetime import timedelta

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.site.settings")
django.setup()

from django.core.management import call_command
from django.db import connection
from django.test import Client

from sightline.foundation.core.errors import Refused
from sightline.foundation.core.spans import FOREVER
from sightline.people.actions import assignments, employments, posts, roles, units
from sightline.people.actions.employments import Details
from sightline.people.models import (
    Assignment,
    Employee,
    Pay,
    Position,
    ReportingLine,
    Role,
    RoleGrant,
    Unit,
    UnitLine,
)
from sightline.people.queries.files import as_it_stands
from sightline.people.viewer import viewer_as
from sightline.site.commands.prepare import collect_static_files
from sightline.site.demo.build import build_cast

ROUNDS = 4


def at_once(*acts):
    """Do all of these at one moment, each in a thread of its own; tells what came of them."""
    gate, outcomes = threading.Barrier(len(acts)), []

    def run(act):
        gate.wait()
        try:
            outcomes.append(str(act() or "done"))
        except Refused:
            outcomes.append("refused")
        except Exception as error:  # whatever it is, the test is to see it
            outcomes.append(repr(error))
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[act]) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return dict(Counter(outcomes))


class Race:
    """The company, and one who may do everything in it."""

    def __init__(self):
        self.by = viewer_as(self.employee("ingrid"))
        self.today = self.by.today

    def employee(self, key):
        return Employee.objects.get(email__startswith=f"{key}@")

    def post(self, code):
        return Position.objects.select_related("unit").get(code=code, until_on=FOREVER)

    def vacant(self, number, unit="PLAT"):
        """A new post that nobody holds."""
        posts.open_position(
            by=self.by,
            code=f"RACE-{number}",
            title="Post",
            unit=Unit.objects.get(code=unit),
            job=self.post("PLAT-FEED").job,
            on=self.today,
        )
        return self.post(f"RACE-{number}")

    def hire(self, number, position):
        employments.hire(
            by=self.by,
            details=Details(number=str(number), name=f"Person {number}"),
            position=position,
            manager=self.employee("ana"),
            on=self.today,
        )

    def one_post(self, round_):
        """Four people are hired into one vacant post."""
        post = self.vacant(f"A{round_}")
        acts = [
            lambda n=n: self.hire(70_000 + 10 * round_ + n, Position.objects.get(pk=post.pk))
            for n in range(4)
        ]
        return at_once(*acts), Assignment.objects.filter(position=post).count()

    def one_number(self, round_):
        """The same person is hired twice, into two posts."""
        number = 71_000 + round_
        held = [self.vacant(f"B{round_}{n}") for n in range(2)]
        acts = [lambda post=post: self.hire(number, post) for post in held]
        return at_once(*acts), Employee.objects.filter(number=str(number)).count()

    def circle_of_people(self, round_):
        """Tomás comes under Kofi and Kofi under Tomás."""
        on = self.today + timedelta(days=10 + round_)
        tomas, kofi = self.employee("tomas"), self.employee("kofi")

        def put(employee, manager):
            return lambda: (
                assignments.change_manager(by=self.by, employee=employee, manager=manager, on=on)
                and None
            )

        outcome = at_once(put(tomas, kofi), put(kofi, tomas))
        lines = ReportingLine.objects.on(on)
        both = sum(
            lines.filter(employee=one, manager=other).exists()
            for one, other in ((tomas, kofi), (kofi, tomas))
        )
        for employee in (tomas, kofi):
            plan = Assignment.objects.filter(employee=employee, from_on=on).first()
            if plan:
                assignments.cancel_plan(by=self.by, assignment=plan)
        return outcome, both

    def circle_of_units(self, round_):
        """One unit comes under another and the other under the one."""
        tops = [
            units.open_unit(
                by=self.by,
                code=f"U{round_}{n}",
                name=f"Unit {n}",
                kind="team",
                parent=None,
                on=self.today,
            )
            for n in range(2)
        ]
        one, other = (Unit.objects.get(pk=top.pk) for top in tops)

        def put(unit, parent):
            return lambda: units.move_unit(
                by=self.by,
                unit=unit,
                parent=Unit.objects.get(pk=parent.pk),
                on=self.today + timedelta(days=1),
            )

        outcome = at_once(put(one, other), put(other, one))
        return outcome, UnitLine.objects.filter(unit__in=[one, other], depth=1).count()

    def closing_while_hiring(self, round_):
        """A post closes in the moment in which somebody is hired into it."""
        post = self.vacant(f"C{round_}")
        tomorrow = self.today + timedelta(days=1)
        outcome = at_once(
            lambda: self.hire(72_000 + round_, Position.objects.get(pk=post.pk)),
            lambda: posts.close_position(
                by=self.by, position=Position.objects.get(pk=post.pk), on=tomorrow
            ),
        )
        beyond = Assignment.objects.filter(
            position=post, until_on__gt=Position.objects.get(pk=post.pk).until_on
        )
        return outcome, beyond.count()

    def one_lead(self, round_):
        """Two people are given the lead of one unit."""
        unit = units.open_unit(
            by=self.by, code=f"L{round_}", name="Led", kind="team", parent=None, on=self.today
        )

        def give(key):
            employee = self.employee(key)
            return lambda: (
                roles.grant_role(
                    by=self.by, employee=employee, role=Role.UNIT_LEAD, on=self.today, unit=unit
                )
                and None
            )

        return at_once(give("tomas"), give("kofi")), RoleGrant.objects.filter(unit=unit).count()

    def one_form(self, round_):
        """Two people in HR send what they typed into the same form about the same person."""
        employee = self.employee("yusuf")
        path = f"/people/{employee.pk}/pay/"
        clients = []
        for _n in range(2):
            client = Client()
            client.force_login(self.employee("ingrid").account)
            client.get("/")
            clients.append((client, as_it_stands(employee)))

        def send(number):
            client, stood = clients[number]
            typed = {
                "amount": 40_000 + 10 * round_ + number,
                "currency": "EUR",
                "on": str(self.today),
                "stands": stood,
            }
            return lambda: client.post(path, typed).status_code

        outcome = at_once(send(0), send(1))
        return outcome, Pay.objects.filter(employee=employee, amount__gte=40_000).count()


def run():
    """All races, several times, as JSON: what came of each, and what stands afterwards."""
    call_command("migrate", verbosity=0)
    collect_static_files()
    build_cast()
    race = Race()
    names = [
        "one_post",
        "one_number",
        "circle_of_people",
        "circle_of_units",
        "closing_while_hiring",
        "one_lead",
        "one_form",
    ]
    found = {name: [getattr(race, name)(number) for number in range(ROUNDS)] for name in names}
    print(json.dumps(found))


if __name__ == "__main__":
    run()

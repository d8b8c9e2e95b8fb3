from __future__ import annotations

from django.urls import path

from sightline.people.views import directory, employees

app_name = "people"
urlpatterns = [
    path("people/", directory.directory, name="directory"),
    path("people/pick/", directory.pick, name="pick"),
    path("people/new/", employees.hire, name="hire"),
    path("people/<int:employee_id>/details/", employees.details, name="details"),
    path("people/<int:employee_id>/move/", employees.move, name="move"),
    path("people/<int:employee_id>/manager/", employees.manager, name="manager"),
    path("people/<int:employee_id>/share/", employees.share, name="share"),
    path("people/<int:employee_id>/departure/", employees.departure, name="departure"),
    path("people/<int:employee_id>/staying/", employees.staying, name="staying"),
    path("people/<int:employee_id>/return/", employees.comeback, name="comeback"),
    path("people/<int:employee_id>/leave/", employees.leave, name="leave"),
    path("people/<int:employee_id>/dotted-line/", employees.dotted_line, name="dotted_line"),
    path("people/<int:employee_id>/pay/", employees.set_pay, name="pay"),
    path(
        "assignments/<int:assignment_id>/cancellation/",
        employees.cancellation,
        name="cancellation",
    ),
    path("leaves/<int:leave_id>/end/", employees.leave_end, name="leave_end"),
    path("dotted-lines/<int:line_id>/end/", employees.dotted_line_end, name="dotted_line_end"),
    path("positions/pick/", directory.pick_position, name="pick_position"),
    path("units/pick/", directory.pick_unit, name="pick_unit"),
    path("team/", directory.team, name="team"),
    path("chart/", directory.chart, name="chart"),
    path("chart/<int:employee_id>/", directory.branch, name="branch"),
]

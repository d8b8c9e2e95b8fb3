"""A believable company to look around in, and the cast that tests and pictures share."""

from sightline.site.demo.build import DemoReport, build, build_cast, sign_in_lines

__all__ = ["DemoReport", "build", "build_cast", "sign_in_lines"]

from django.db import migrations
from django.db.models import Max

BATCH = 500


def keep_which_end(apps, schema_editor):
    highest = dict(
        apps.get_model("reviews", "ScalePoint").objects.values_list("version").annotate(Max("value"))
    )

    def keep(item, version):
        if item.pop("is_open"):
            item["end"] = "high" if item["half_points"] == 2 * highest[version] - 1 else "low"
        else:
            item["end"] = ""

    change_items(apps, keep)


def keep_whether_open(apps, schema_editor):
    def keep(item, version):
        item["is_open"] = bool(item.pop("end"))

    change_items(apps, keep)


def change_items(apps, change):
    summaries = apps.get_model("reviews", "PeerSummary").objects
    keys = list(summaries.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(keys), BATCH):
        rows = list(
            summaries.filter(pk__in=keys[start : start + BATCH]).select_related("review__cycle")
        )
        for row in rows:
            for item in row.told["items"].values():
                change(item, row.review.cycle.version_id)
        summaries.bulk_update(rows, ["told"])


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0004_tell_not_seen_from_not_rated'),
    ]

    operations = [
        migrations.RunPython(keep_which_end, keep_whether_open, elidable=True),
    ]

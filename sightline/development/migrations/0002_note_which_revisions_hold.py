from django.db import migrations, models
from django.db.models import Exists, OuterRef, Q, Subquery


def note_what_holds(apps, schema_editor):
    """Both sides agreed to it, or it is the latest of a plan that is agreed."""
    alias = schema_editor.connection.alias
    rows = apps.get_model('development', 'Revision').objects.using(alias)
    agreements = apps.get_model('development', 'Agreement').objects.using(alias)
    given = agreements.filter(revision=OuterRef('pk'))
    by_both = Exists(given.filter(side='employee')) & Exists(given.filter(side='manager'))
    latest = rows.filter(plan=OuterRef('plan')).order_by('-number').values('pk')[:1]
    rows.filter(by_both | Q(plan__stage='agreed', pk=Subquery(latest))).update(holds=True)


class Migration(migrations.Migration):

    dependencies = [
        ('development', '0001_keep_levels_and_plans'),
    ]

    operations = [
        migrations.AddField(
            model_name='revision',
            name='holds',
            field=models.BooleanField(default=False),
        ),
        migrations.RunPython(note_what_holds, migrations.RunPython.noop),
    ]

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('reviews', '0002_note_when_peers_were_gathered'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='nomination',
            name='reviews_nomination_is_one_a_peer',
        ),
        migrations.AddConstraint(
            model_name='nomination',
            constraint=models.UniqueConstraint(fields=('review', 'peer', 'by'), name='reviews_nomination_is_one_by_each'),
        ),
    ]

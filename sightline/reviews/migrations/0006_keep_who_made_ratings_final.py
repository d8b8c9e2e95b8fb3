import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('people', '0001_keep_the_organisation'),
        ('reviews', '0005_keep_at_which_end_peers_rated'),
    ]

    operations = [
        migrations.CreateModel(
            name='MakingFinal',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('at', models.DateTimeField()),
                ('by', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.employee')),
                ('cycle', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='making_final', to='reviews.cycle')),
            ],
            options={
                'abstract': False,
            },
        ),
    ]

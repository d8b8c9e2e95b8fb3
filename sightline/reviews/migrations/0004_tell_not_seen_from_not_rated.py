from django.db import migrations, models


class Migration(migrations.Migration):
    """Of what was written before nobody can tell whether it was not seen or only not rated, so
    nothing is claimed: a writer finds no point chosen, and may choose."""

    dependencies = [
        ('reviews', '0003_keep_a_refusal_when_a_peer_is_proposed_again'),
    ]

    operations = [
        migrations.AddField(
            model_name='rating',
            name='is_unseen',
            field=models.BooleanField(default=False),
        ),
        migrations.AddConstraint(
            model_name='rating',
            constraint=models.CheckConstraint(
                condition=models.Q(('is_unseen', False), ('value__isnull', True), _connector='OR'),
                name='reviews_rating_of_what_was_not_seen_is_none',
            ),
        ),
    ]

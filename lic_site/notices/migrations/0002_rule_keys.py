"""Rules get a key that tells their messages apart and stays when the rule is changed. Those that
exist keep the one their messages have had: their days.
"""

from django.db import migrations, models


def from_days(apps, _editor):
    rules = apps.get_model("notices", "ReminderRule")
    for rule in rules.objects.all():
        rule.key = f"{rule.offset_days:+d}d"
        rule.save(update_fields=["key"])


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]

    operations = [
        migrations.AddField("reminderrule", "key", models.CharField(max_length=40, null=True)),
        migrations.RunPython(from_days, migrations.RunPython.noop),
        migrations.AlterField("reminderrule", "key", models.CharField(max_length=40)),
    ]

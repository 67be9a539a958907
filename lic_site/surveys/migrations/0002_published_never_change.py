"""A published version never changes, in the database too."""

from django.db import migrations

from lic_site.surveys import published


def install(apps, schema_editor):
    published.install(schema_editor.connection)


def remove(apps, schema_editor):
    published.remove(schema_editor.connection)


class Migration(migrations.Migration):
    dependencies = [("surveys", "0001_initial")]

    operations = [migrations.RunPython(install, remove)]

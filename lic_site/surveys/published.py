"""The database's own refusal to change or delete a version that was published: people answered it.

``lifted`` is for whoever empties whole tables: a test database between tests, and a migration that
lays the table anew, which on SQLite loses its triggers and must ``install`` them again.
"""

from lic_site.common.triggers import Refusals

TABLE = "surveys_version"
WORDS = "A published version is never changed or deleted."
# Whoever published it may be forgotten; nothing else of it changes.
_KEPT = ("questionnaire_id", "number", "state", "content", "made_at", "published_at")


def _changed(told_apart: str) -> str:
    return " OR ".join(f"OLD.{name} {told_apart} NEW.{name}" for name in _KEPT)


INSTALL = {
    "sqlite": [
        (
            f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} "
            f"WHEN OLD.state = 'published' AND ({_changed('IS NOT')}) "
            f"BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        ),
        (
            f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} "
            f"WHEN OLD.state = 'published' BEGIN SELECT RAISE(ABORT, '{WORDS}'); END"
        ),
    ],
    "postgresql": [
        (
            f"CREATE FUNCTION {TABLE}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{WORDS}' USING ERRCODE = 'restrict_violation'; END $$"
        ),
        (
            f"CREATE TRIGGER {TABLE}_no_update BEFORE UPDATE ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.state = 'published' AND ({_changed('IS DISTINCT FROM')})) "
            f"EXECUTE FUNCTION {TABLE}_refuse()"
        ),
        (
            f"CREATE TRIGGER {TABLE}_no_delete BEFORE DELETE ON {TABLE} FOR EACH ROW "
            f"WHEN (OLD.state = 'published') EXECUTE FUNCTION {TABLE}_refuse()"
        ),
    ],
}
REMOVE = {
    "sqlite": [
        f"DROP TRIGGER IF EXISTS {TABLE}_no_update",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_delete",
    ],
    "postgresql": [
        f"DROP TRIGGER IF EXISTS {TABLE}_no_update ON {TABLE}",
        f"DROP TRIGGER IF EXISTS {TABLE}_no_delete ON {TABLE}",
        f"DROP FUNCTION IF EXISTS {TABLE}_refuse()",
    ],
}

_REFUSALS = Refusals(INSTALL, REMOVE)
install, remove, lifted = _REFUSALS.install, _REFUSALS.remove, _REFUSALS.lifted

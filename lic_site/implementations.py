"""How lower floors learn of upper ones: what implements their protocols, by dotted path. System
checks fail on one that is missing or does not fit. Each name is a setting.
"""

NOTICE_KINDS = [
    "lic_site.notices.kinds.KINDS",
    "lic_site.concerns.kinds.KINDS",
    "lic_site.surveys.kinds.KINDS",
    "cohorts.programme.kinds.KINDS",
]
NOTICE_SEGMENTS = ["cohorts.programme.segments.SEGMENTS", "lic_site.notices.groups.SEGMENTS"]
CALENDAR_SOURCES = ["cohorts.programme.dates.SOURCES"]
CONCERN_SUBJECTS = ["cohorts.programme.concerns.SUBJECTS"]
SURVEY_SUBJECTS = ["cohorts.programme.surveys.SUBJECTS"]
IMPORTERS = [
    "cohorts.programme.imports.people.PEOPLE",
    "cohorts.programme.imports.past.PAST_COHORTS",
]
ROLE_SOURCES = ["cohorts.programme.roles.derived_roles", "lic_site.concerns.roles.derived_roles"]
FIRST_HOUR = [
    "lic_site.accounts.services.reference.load_authorities",
    "lic_site.accounts.services.editors.prepare_editors",
    "lic_site.notices.services.planning.make_rules",
    "lic_site.notices.services.texts.make_texts",
    "lic_site.surveys.services.questionnaires.load_library",
    "lic_site.surveys.services.themes.load_themes",
    "cohorts.programme.services.starting.load_programme",
    "cohorts.programme.services.starting.load_dates_to_avoid",
    "cms.services.starting_site.plant",
    "lic_site.accounts.services.editors.prepare_editors",
    "lic_site.surveys.services.planning.make_plans",
]
PERSONAL_DATA = [
    "lic_site.accounts.privacy.PERSONAL_DATA",
    "lic_site.notices.privacy.PERSONAL_DATA",
    "lic_site.concerns.privacy.PERSONAL_DATA",
    "lic_site.surveys.privacy.PERSONAL_DATA",
    "cohorts.programme.privacy.PERSONAL_DATA",
    "cms.privacy.PERSONAL_DATA",
    "lic_site.common.privacy.PERSONAL_DATA",
]

# The clock: each tick runs every ``TICK_SECONDS`` and takes its work from the database.
TICKS = [
    "lic_site.common.jobs.sweep",
    "lic_site.common.imports.sheets.sweep",
    "cohorts.programme.tasks.close_tick",
    "cohorts.programme.tasks.lapse_tick",
    "cohorts.programme.tasks.start_tick",
    "lic_site.notices.tasks.plan_tick",
    "lic_site.notices.tasks.deliver_tick",
    "lic_site.notices.tasks.sweep_tick",
    "lic_site.accounts.ticks.editors",
    "lic_site.accounts.ticks.retention",
    "lic_site.concerns.tasks.round_tick",
    "lic_site.surveys.tasks.waves_tick",
    "lic_site.surveys.tasks.asking_tick",
]

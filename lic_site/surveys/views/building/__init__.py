"""``/manage/questionnaires/``: building what people are asked, inside Wagtail's admin."""

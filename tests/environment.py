"""The environment the tests run in, set before Django reads its settings."""

import os
import tempfile

os.environ.setdefault("VAR_DIR", tempfile.mkdtemp(prefix="lic-tests-"))
os.environ.setdefault("DEMO", "1")
os.environ.setdefault("LOG_LEVEL", "ERROR")

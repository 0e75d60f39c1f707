"""The door a web server comes in by. It stays shut for a set-up that `gpf.checks` refuses."""

import os

from django.core.wsgi import get_wsgi_application

from gpf import checks

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "gpf.settings.production")
application = get_wsgi_application()
checks.refuse()

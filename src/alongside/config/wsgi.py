"""What the server starts."""

import os

from django.core.wsgi import get_wsgi_application

from alongside.vocabulary.danger_words import make_searches_ready

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "alongside.config.settings")
application = get_wsgi_application()
make_searches_ready()

import os

from django.core.wsgi import get_wsgi_application

from nastavnik.config.parent import end_with_parent

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings.base")

end_with_parent()
application = get_wsgi_application()

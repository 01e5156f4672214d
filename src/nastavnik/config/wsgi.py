import os

from django.core.wsgi import get_wsgi_application

from nastavnik.config.parent import end_with_parent
from nastavnik.config.role import serve_as_web_role

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "nastavnik.config.settings.base")

end_with_parent()
serve_as_web_role()
application = get_wsgi_application()

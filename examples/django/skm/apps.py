"""The app, and the system check that it brings."""

from django.apps import AppConfig
from django.core.checks import Tags, register


class SkmConfig(AppConfig):
    """The app."""

    name = "skm"
    verbose_name = "Survei dan standar pelayanan"

    def ready(self) -> None:
        """Let ``manage.py check --database default`` look at the published documents too."""
        from skm.checks import layanan_terbit

        register(layanan_terbit, Tags.database)

"""Tables of the app; made by ``manage.py makemigrations``."""

"""The web application: pages to read, compare and correct, and the same records under ``/api/v1``."""

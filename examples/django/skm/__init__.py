"""An app of Django for the survey and the Standar Pelayanan of an office."""

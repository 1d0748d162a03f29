"""Training, evaluation and export of the networks that Counterpart ships."""

__version__ = "0.22.0"

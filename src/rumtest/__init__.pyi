from rumtest.compare.model import Verdict as Verdict
from rumtest.run.reader import read_run as read_run

__all__ = ["Verdict", "__version__", "read_run"]

__version__: str

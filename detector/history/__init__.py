"""The history of a site: every disavow file that was handed over for it, in one SQLite store per site.

>>> from detector.history import Store, last_upload
>>> with Store.open("example.com") as store:  # doctest: +SKIP
...     for upload in store.uploads():
...         print(upload.number, upload.state, upload.sha256)
"""

from __future__ import annotations

from detector.history.changes import Changes
from detector.history.starting import last_upload
from detector.history.store import Store
from detector.history.uploads import Decision, StoredFile, Upload

__all__ = ["Changes", "Decision", "Store", "StoredFile", "Upload", "last_upload"]

"""Any SPARQL 1.1 server in the place of our own store, and the way to put a graph there."""

from teixit.remote.asking import RemoteStore
from teixit.remote.credentials import Credentials, find
from teixit.remote.publishing import Report, publish

__all__ = ["Credentials", "RemoteStore", "Report", "find", "publish"]

"""The ground floor: the few words that every room shares.

``errors`` (the root of all error trees and the exit codes), ``ids`` (dossier IDs, the only thing an
object key may be built from), ``text`` (Unicode rules for Vietnamese), ``machine`` (what this process may
use) and ``children`` (the one way to start another program).  It imports no room.
"""

__version__ = "0.1.0"

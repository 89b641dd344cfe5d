"""Histories of tickets of a real desk: (instant, state), from the opening on.

Taken from *Incident management process enriched event log* (UCI machine learning repository no. 498, C. Amaral,
M. Fantinato, S. Peres, CC BY 4.0): updates that left the state as it was are dropped, states are ours, times are read as
UTC.
"""

HISTORIES = {
    "INC0000045": (
        (1456708560, "new"),
        (1456735980, "resolved"),
        (1457179200, "closed"),
    ),
    "INC0000047": (
        (1456720800, "new"),
        (1456723800, "active"),
        (1456823640, "waiting_requester"),
        (1456825920, "resolved"),
        (1457258400, "closed"),
    ),
    "INC0000057": (
        (1456726200, "new"),
        (1456800900, "resolved"),
        (1457233200, "closed"),
    ),
    "INC0000065": (
        (1456731480, "new"),
        (1456931820, "waiting_requester"),
        (1456932060, "resolved"),
        (1457366400, "closed"),
    ),
    "INC0000137": (
        (1456739280, "new"),
        (1456743780, "resolved"),
        (1456744200, "new"),
        (1457179200, "closed"),
    ),
    "INC0000761": (
        (1456842840, "new"),
        (1456850340, "active"),
        (1456851300, "waiting_requester"),
        (1456914360, "active"),
        (1456914660, "waiting_requester"),
        (1456930860, "active"),
        (1456932000, "resolved"),
        (1457366400, "closed"),
    ),
    "INC0000814": (
        (1456847160, "new"),
        (1456850160, "active"),
        (1456850280, "waiting_requester"),
        (1456914180, "active"),
        (1456914300, "waiting_requester"),
        (1456932540, "active"),
        (1456932600, "waiting_requester"),
        (1456998600, "active"),
        (1456998960, "resolved"),
        (1457431200, "closed"),
    ),
    "INC0001234": (
        (1456919460, "new"),
        (1456927260, "active"),
        (1456929180, "waiting_requester"),
        (1456932660, "active"),
        (1456932840, "waiting_requester"),
        (1456997460, "active"),
        (1456997700, "waiting_requester"),
        (1457007240, "active"),
        (1457007540, "resolved"),
        (1457442000, "closed"),
    ),
    "INC0001532": (
        (1456938780, "new"),
        (1456943760, "waiting_requester"),
        (1457003640, "active"),
        (1457091060, "waiting_requester"),
        (1457093460, "active"),
        (1457099700, "resolved"),
        (1457532000, "closed"),
    ),
    "INC0005082": (
        (1457543760, "new"),
        (1457543880, "active"),
        (1457544240, "resolved"),
        (1457544840, "active"),
        (1457625060, "resolved"),
        (1457625060, "closed"),
    ),
}

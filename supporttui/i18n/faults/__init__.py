"""The sentences of faults, one file a part of the house; ``texts`` has all of them."""

"""The only place where parts meet: settings → store, words, clock, channels → desk, watch.

Each part gets its own small frozen options; nobody behind this line reads files, environment or clock.
``places`` opens databases, ``outside`` makes channels and links, ``watching`` a watch, ``desk`` the desk,
``schema`` looks after tables. One module each, so that a verb loads only what it needs.
"""

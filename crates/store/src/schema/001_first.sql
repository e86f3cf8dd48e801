-- The first form of a profile's database.
-- Names of networks, documents and peers are the bytes of their ids; `id` columns are local row numbers.

CREATE TABLE meta (
    key TEXT PRIMARY KEY NOT NULL,
    value BLOB NOT NULL
) STRICT;

CREATE TABLE networks (
    id INTEGER PRIMARY KEY,
    network BLOB NOT NULL UNIQUE,
    secret BLOB NOT NULL
) STRICT;

-- Signed acts of a network's governance, in the order in which they came.
CREATE TABLE acts (
    id INTEGER PRIMARY KEY,
    network INTEGER NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
    act BLOB NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (network, act)
) STRICT;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    network INTEGER NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
    doc BLOB NOT NULL,
    heads BLOB NOT NULL DEFAULT x'',
    title TEXT NOT NULL DEFAULT '',
    tags TEXT NOT NULL DEFAULT '[]',
    excerpt TEXT NOT NULL DEFAULT '',
    changed_ms INTEGER NOT NULL DEFAULT 0,
    changed_actor BLOB NOT NULL DEFAULT x'',
    binned INTEGER NOT NULL DEFAULT 0,
    -- The working group that a page belongs to, as its id in words; empty: none.
    working_group TEXT NOT NULL DEFAULT '',
    UNIQUE (network, doc)
) STRICT;

-- The compacted save of a document: the changes up to some point.
CREATE TABLE snapshots (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    bytes BLOB NOT NULL
) STRICT;

-- The changes since, in the order in which they were appended. A row number is never used twice.
CREATE TABLE changes (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    UNIQUE (document, hash)
) STRICT;

CREATE INDEX changes_in_order ON changes (document);

-- Who vouches for an actor's chain of changes: that actor's newest seals, in bytes that the store
-- does not read.
CREATE TABLE seals (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    actor BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document, actor)
) STRICT, WITHOUT ROWID;

-- Changes that are known and do not count at present: they lie in no snapshot and not among `changes`.
CREATE TABLE aside (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;

-- What is remembered of the last meeting with a peer.
CREATE TABLE sync_memory (
    network INTEGER NOT NULL REFERENCES networks (id) ON DELETE CASCADE,
    peer BLOB NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (network, peer)
) STRICT, WITHOUT ROWID;

-- Full text; `rowid` is the document's `id`.
CREATE VIRTUAL TABLE search USING fts5 (
    title,
    body,
    tokenize = "unicode61 remove_diacritics 2",
    prefix = '2 3'
);

-- A change lies in one place: beside its document, by its hash, with its number in the order in which they were appended. (There were a table, two
-- indexes over it and a counter, each of which every keystroke wrote.) The last number given stands with the document, and is never given twice.
ALTER TABLE documents ADD COLUMN appended INTEGER NOT NULL DEFAULT 0;
UPDATE documents SET appended =
    (SELECT coalesce(max(changes.id), 0) FROM changes WHERE changes.document = documents.id);

CREATE TABLE changes_in_one_place (
    document INTEGER NOT NULL REFERENCES documents (id) ON DELETE CASCADE,
    hash BLOB NOT NULL,
    place INTEGER NOT NULL,
    actor BLOB NOT NULL,
    seq INTEGER NOT NULL,
    bytes BLOB NOT NULL,
    PRIMARY KEY (document, hash)
) STRICT, WITHOUT ROWID;
-- What belongs to no document, or stands there twice, comes of damage, and must not keep the rest from opening.
INSERT OR IGNORE INTO changes_in_one_place (document, hash, place, actor, seq, bytes)
    SELECT document, hash, id, actor, seq, bytes FROM changes
    WHERE document IN (SELECT id FROM documents) ORDER BY document, hash;
DROP TABLE changes;
ALTER TABLE changes_in_one_place RENAME TO changes;

-- What a document said when it was last read, so that opening need not load its history. Whatever is written of the document takes the row
-- away; without it the document is read.
CREATE TABLE remembered (
    document INTEGER PRIMARY KEY REFERENCES documents (id) ON DELETE CASCADE,
    acts BLOB NOT NULL,
    proof BLOB NOT NULL,
    bytes BLOB NOT NULL
) STRICT;

-- The working group that a page belongs to, as its id in words; empty: none.
ALTER TABLE documents ADD COLUMN working_group TEXT NOT NULL DEFAULT '';

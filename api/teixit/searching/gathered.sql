-- What the statements say, as they come.
CREATE TEMP TABLE heard (subject TEXT, role INTEGER, language TEXT, value TEXT);
CREATE TEMP TABLE sort (
    subject TEXT, class TEXT, kind INTEGER, searched INTEGER, by_name INTEGER, calls INTEGER
);
CREATE TEMP TABLE part (selector TEXT, passage TEXT);

-- What the classes of a thing are called.
CREATE TEMP TABLE called (thing INTEGER, name TEXT);

-- The index. The number of a thing begins with that of its kind.
CREATE TABLE thing (id INTEGER PRIMARY KEY, iri TEXT NOT NULL);
CREATE TABLE said (thing INTEGER, role INTEGER, language TEXT, value TEXT);
CREATE TABLE exact (key TEXT, thing INTEGER, PRIMARY KEY (key, thing)) WITHOUT ROWID;
CREATE TABLE version (data TEXT);
CREATE VIRTUAL TABLE found USING fts5 (
    name, other, kind, text,
    content = '', detail = column, prefix = '2 3',
    tokenize = "unicode61 remove_diacritics 0 tokenchars '.'"
);
-- What a name weighs, another name, the name of a class, and a text.
INSERT INTO found (found, rank) VALUES ('rank', 'bm25(10.0, 5.0, 2.0, 1.0)');

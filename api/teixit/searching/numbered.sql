CREATE INDEX temp.heard_subject ON heard (subject);

-- The exact words of a passage stand in its selector.
CREATE INDEX temp.part_selector ON part (selector);
UPDATE heard SET subject = part.passage FROM part WHERE part.selector = heard.subject;

-- A thing is of the first of its kinds, and is searched if none of its classes is against it.
CREATE TEMP TABLE sorted (
    subject TEXT PRIMARY KEY, kind INTEGER, searched INTEGER, by_name INTEGER
) WITHOUT ROWID;
INSERT INTO sorted
SELECT subject, min(kind), min(searched), min(by_name) FROM sort GROUP BY subject;

-- Short names come first, where nothing else tells two things of a kind apart.
CREATE TEMP TABLE named (
    subject TEXT PRIMARY KEY, kind INTEGER, by_name INTEGER, length INTEGER
) WITHOUT ROWID;
INSERT INTO named
SELECT
    heard.subject, coalesce(kind, :last), coalesce(by_name, 1),
    min(CASE role WHEN 0 THEN length(value) END)
FROM heard LEFT JOIN sorted USING (subject)
WHERE coalesce(searched, 1)
GROUP BY heard.subject;

CREATE TEMP TABLE numbered (subject TEXT PRIMARY KEY, id INTEGER, by_name INTEGER) WITHOUT ROWID;
INSERT INTO numbered
SELECT subject, (kind << 32) + row_number() OVER (ORDER BY kind, length, subject), by_name
FROM named;

INSERT INTO thing SELECT id, subject FROM numbered ORDER BY id;

-- Each text once. Of a thing with a great many of them, the first ones.
INSERT INTO said
SELECT id, role, language, value
FROM (
    SELECT
        id, role, language, value,
        row_number() OVER (PARTITION BY id ORDER BY role, language, value) AS place
    FROM (
        SELECT DISTINCT
            id, CASE WHEN role = 0 AND NOT by_name THEN :title ELSE role END AS role,
            language, value
        FROM heard JOIN numbered USING (subject)
    )
)
WHERE place <= :most
ORDER BY id, place;
CREATE INDEX said_thing ON said (thing);

-- Measure 31 is found by the word measure, which stands in the name of its class.
INSERT INTO called
SELECT id, group_concat(value, ' ')
FROM (
    SELECT DISTINCT id, value
    FROM sort JOIN numbered USING (subject) JOIN heard ON heard.subject = sort.class
    WHERE calls
    ORDER BY value
)
GROUP BY id;

from django.db import migrations

# As in `text.HAN` when this was written.
HAN = r"\u3005-\u3007\u3040-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff"

# SQLite: `ascii` takes every other character as a part of words, as our tokens are made, not found. Sizes of columns
# serve rankings that are not used. A single Han character is the prefix of its pairs.
CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE search_fts USING fts5"
        "(head, body, content='', tokenize='ascii', columnsize=0, prefix=1)",
        # Bytes that are gathered before they are written; with 1 MB, building takes half as long again.
        "INSERT INTO search_fts(search_fts, rank) VALUES ('hashsize', 16777216)",
    ],
    "postgresql": [
        # What `text.tokens` does, here: as a column, the tokens would be twice as long as the words.
        "CREATE FUNCTION search_tokens(words text) RETURNS tsvector "
        "LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $$ "
        "DECLARE run text; characters text[]; found text[] := '{}'; "
        "BEGIN FOREACH run IN ARRAY string_to_array(btrim(words), ' ') LOOP "
        f"IF run ~ '^[{HAN}]' THEN "
        "characters := string_to_array(run, NULL); "
        "FOR place IN 2 .. cardinality(characters) LOOP "
        "found := found || (characters[place - 1] || characters[place]); END LOOP; "
        "found := found || characters[cardinality(characters)]; "
        "ELSIF run NOT IN ('', '^') THEN found := found || run; END IF; END LOOP; "
        "RETURN array_to_tsvector(found); END $$",
        # Apart from the narrow rows that are counted.
        "CREATE TABLE search_words (id bigint PRIMARY KEY, words text NOT NULL, head_words text NOT NULL)",
        "CREATE INDEX search_words_all ON search_words USING gin (search_tokens(words))",
        "CREATE INDEX search_words_head ON search_words USING gin (search_tokens(head_words))",
        # The ids of the entries that have all lexemes, and all needles as parts of their words. The tokens of a row
        # stand in the index only, and making them takes half a millisecond: of a common word the planner would
        # rather make those of every row than read the index, if it had a choice.
        "CREATE FUNCTION search_matches(lexemes tsquery, needles text[], in_head boolean) RETURNS SETOF bigint "
        "LANGUAGE plpgsql STABLE ROWS 100 SET enable_seqscan = off SET enable_indexscan = off AS $$ "
        "BEGIN IF in_head THEN RETURN QUERY SELECT id FROM search_words WHERE search_tokens(head_words) @@ lexemes "
        "AND NOT EXISTS (SELECT FROM unnest(needles) AS needle WHERE position(needle IN head_words) = 0); "
        "ELSE RETURN QUERY SELECT id FROM search_words WHERE search_tokens(words) @@ lexemes "
        "AND NOT EXISTS (SELECT FROM unnest(needles) AS needle WHERE position(needle IN words) = 0); "
        "END IF; END $$",
    ],
}
DROP = {
    "sqlite": ["DROP TABLE search_fts"],
    "postgresql": [
        "DROP FUNCTION search_matches(tsquery, text[], boolean)",
        "DROP TABLE search_words",
        "DROP FUNCTION search_tokens(text)",
    ],
}


def create(apps, schema_editor):
    for statement in CREATE[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


def drop(apps, schema_editor):
    for statement in DROP[schema_editor.connection.vendor]:
        schema_editor.execute(statement)


class Migration(migrations.Migration):
    dependencies = [("search", "0001_initial")]

    operations = [migrations.RunPython(create, drop)]

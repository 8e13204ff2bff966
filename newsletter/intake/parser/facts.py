"""The facts of a story, in the form of an edition file: which organizations they name."""


def names_in(facts):
    """Every organization that facts name, in any part, as an iterator of full names with repetitions."""
    yield from facts["organizations"]
    if facts.get("contributor_kind") == "organization":
        yield facts["contributor"]
    for event in facts["events"]:
        for names in event.get("roles", {}).values():
            yield from names
    for award in facts["awards"]:
        yield from award.get("recipients", [])
        if award.get("issuer"):
            yield award["issuer"]

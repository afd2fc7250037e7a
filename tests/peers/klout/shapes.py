"""Whether two JSON documents have the same shape: the same members, each of the same type, all the way down."""


def kind(value) -> str:
    if isinstance(value, bool):
        return "boolean"
    if isinstance(value, (int, float)):
        return "number"
    return {str: "string", list: "array", dict: "object", type(None): "null"}[type(value)]


def differences(ours, theirs, place="answer", may_be_null=()):
    """Sentences, both ways. Elements of arrays are compared each with the first of the other's.

    may_be_null  members that Klout always knew and that are null here where they are not known
    """
    if kind(ours) != kind(theirs):
        if ours is None and place.rsplit(".", 1)[-1] in may_be_null:
            return
        yield f"{place} is {kind(ours)} here, and was {kind(theirs)}"
    elif isinstance(ours, dict):
        for name in sorted(theirs.keys() - ours.keys()):
            yield f"{place}.{name} is missing"
        for name in sorted(ours.keys() - theirs.keys()):
            yield f"{place}.{name} was never there"
        for name in sorted(ours.keys() & theirs.keys()):
            yield from differences(ours[name], theirs[name], f"{place}.{name}", may_be_null)
    elif isinstance(ours, list):
        if bool(ours) != bool(theirs):
            yield f"{place} has {len(ours)} elements here, and had {len(theirs)}: nothing to compare"
        for n, each in enumerate(ours):
            yield from differences(each, theirs[0], f"{place}[{n}]", may_be_null) if theirs else ()
        for n, each in enumerate(theirs):
            yield from differences(ours[0], each, f"{place}[{n}]", may_be_null) if ours else ()

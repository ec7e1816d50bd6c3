"""What a list states about a page, as the column `listed_facts` keeps it."""

import json

from almasalla_crawler.items import Fact


def facts_from_json(stated: str | None) -> list[Fact]:
    return [Fact(*values) for values in json.loads(stated)] if stated else []


def facts_as_json(facts: list[Fact]) -> str | None:
    values = [(fact.field, fact.value, fact.source, fact.raw) for fact in facts]
    return json.dumps(values, ensure_ascii=False) if values else None

"""Overflow rules in words: the same at the ticket, in the transfer prompt and in the shell."""

from collections.abc import Mapping
from decimal import Decimal

from supporttui.domain.overflow import Proposal
from supporttui.domain.people import Overflow
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n.catalogue import Words
from supporttui.usecases.overflow import Standing


def heads(words: Words) -> tuple[str, ...]:
    """What the columns of a list of rules are called."""
    return words.t("Team"), words.t("Open tickets"), words.t("Opens the path"), words.t("Partner"), words.t("Now")


def row(words: Words, found: Standing) -> tuple[str, ...]:
    """One rule in such columns."""
    rule, names = found.rule, found.names
    team = names.get(found.team, found.team)
    whose = team if rule.service is None else f"{team} ({names.get(rule.service, rule.service)})"
    partner = names.get(rule.partner, rule.partner)
    now = words.t("nothing proposed") if found.proposal is None else proposal(words, found.proposal, names)
    cells = (whose, str(found.open), _when(words, rule, names), partner, now)
    return tuple(safe_text(cell, one_line=True, limit=120) for cell in cells)


def _when(words: Words, rule: Overflow, names: Mapping[str, str]) -> str:
    limit = "" if rule.limit is None else words.t("over {limit} open", limit=rule.limit)
    period = "" if rule.period is None else words.t("during {period}", period=names.get(rule.period, rule.period))
    return ", ".join(filter(None, (limit, period)))


def proposal(words: Words, found: Proposal, names: Mapping[str, str]) -> SafeText:
    """That a partner could take a ticket, why, and what it costs."""
    team, partner, period = (
        safe_text(names.get(key, key), one_line=True, limit=40) for key in (found.team, found.partner, found.period)
    )
    price = cost(words, found)
    if found.limit is None:
        told = words.t("{period}: {partner} could take it ({cost})", period=period, partner=partner, cost=price)
    else:
        told = words.t(
            "{team} has {open} open, limit {limit}: {partner} could take it ({cost})",
            team=team, open=found.open, limit=found.limit, partner=partner, cost=price,
        )  # fmt: skip
    return safe_text(told, one_line=True, limit=200)


def cost(words: Words, found: Proposal) -> str:
    """Of one ticket, and of all that are over the limit where that is more than one."""
    if found.price is None or found.cost is None:
        return words.t("no price agreed")
    each = _money(found.price, found.currency)
    if found.over < 2:
        return each
    return words.t("{price} each, {cost} for {n}", price=each, cost=_money(found.cost, found.currency), n=found.over)


def _money(amount: Decimal, currency: str) -> str:
    return f"{amount} {safe_text(currency, one_line=True, limit=8)}".strip()

"""A whole handover as text: for a terminal or a mail, or as Markdown, in the reader's language and zone."""

import re
from collections.abc import Iterator, Sequence

from supporttui.domain.handover.handover import Item
from supporttui.domain.handover.sheet import Sheet
from supporttui.domain.text import SafeText, safe_text
from supporttui.i18n import handover_labels, times
from supporttui.i18n.catalogue import Words

_SIGNS = re.compile(r"([\\`*_{}\[\]<#|])")
_MOST_NUMBERS = 20


def document(words: Words, sheet: Sheet, *, markdown: bool = False) -> SafeText:
    """All of it, line by line; what is typed by people stays text in Markdown too."""
    return safe_text("\n".join(_Document(words, sheet, markdown=markdown).lines()), one_line=False)


class _Document:
    """The same lines in two forms."""

    def __init__(self, words: Words, sheet: Sheet, *, markdown: bool) -> None:
        self._words = words
        self._sheet = sheet
        self._markdown = markdown

    def lines(self) -> Iterator[str]:
        words, handover = self._words, self._sheet.handover
        yield self._heading("# ", handover_labels.heading(words, self._sheet))
        yield self._text(handover_labels.standing(words, self._sheet))
        work = [item for item in handover.items if item.is_work]
        rest = [item for item in handover.items if not item.is_work]
        yield from self._section(words.t("To answer for"), work, nothing=words.t("Nothing."))
        if rest:
            yield from self._section(words.t("To know"), rest)
        for title, text in ((words.t("Risks"), handover.risks), (words.t("Note"), handover.note)):
            if text:
                yield ""
                yield self._heading("## ", title)
                yield from (self._text(line) for line in safe_text(text, one_line=False).split("\n"))

    def _section(self, title: str, items: Sequence[Item], nothing: str = "") -> Iterator[str]:
        yield ""
        yield self._heading("## ", title)
        if not items:
            yield nothing
        for item in items:
            yield from self._item(item)

    def _item(self, item: Item) -> Iterator[str]:
        words, sheet = self._words, self._sheet
        named, why = handover_labels.item(words, sheet, item), handover_labels.reasons(words, sheet, item)
        told = f"{named} ({why})" if why and why != named else named
        yield f"- [{'x' if item.key in sheet.handover.understood else ' '}] {self._text(told)}"
        for line in self._below(item):
            yield f"      {self._text(line)}"

    def _below(self, item: Item) -> Iterator[str]:
        words, sheet = self._words, self._sheet
        if step := handover_labels.next_step(words, sheet, item):
            yield step
        if item.key in sheet.handover.added:
            yield words.t("It came after this was signed.")
        if item.also:
            numbers = ", ".join(f"{sheet.prefix}{number}" for number in item.also[:_MOST_NUMBERS])
            yield f"{numbers} …" if len(item.also) > _MOST_NUMBERS else numbers
        for remark in sheet.handover.remarks_on(item.key):
            time = times.near(remark.at, sheet.now, words.zone)
            yield safe_text(f"{time} {sheet.name(remark.by)}: {remark.text}", one_line=True)

    def _heading(self, sign: str, text: str) -> str:
        return f"{sign}{self._text(text)}" if self._markdown else text

    def _text(self, text: str) -> str:
        return _SIGNS.sub(r"\\\1", text) if self._markdown else text

"""Every text is found by extraction and complete, natural text in every language; a bare checkout speaks."""

import ast
import os
import re
import runpy
import unicodedata
from pathlib import Path

import polib
import pytest

from supporttui.i18n import files
from supporttui.i18n.catalogue import Words, languages, load
from tests.i18n.source import PACKAGE, ROOT, calls, name_of, trees

POT = ROOT / "locales" / "supporttui.pot"
CATALOGUES = sorted((ROOT / "locales").glob("*/LC_MESSAGES/supporttui.po"))
# Also click's own, which it fills itself: {name!r}.
PLACE = re.compile(r"\{[^{}]*\}|%\(\w+\)[a-z]")


def entries(path: Path) -> list[polib.POEntry]:
    return [entry for entry in polib.pofile(str(path)) if not entry.obsolete]


def forms(entry: polib.POEntry) -> list[str]:
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def places(text: str) -> set[str]:
    return set(PLACE.findall(text))


# --- the source -------------------------------------------------------------------------------------


def test_the_template_is_what_the_source_says():
    pot = runpy.run_path(str(ROOT / ".ci" / "pot"))
    assert POT.read_text("utf-8") == pot["text_of"](pot["extract"]())


@pytest.mark.parametrize("path", trees(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_texts_are_literals_or_come_from_a_marked_table(path: Path):
    """A text put together at run time would be skipped by extraction, without a word."""
    built = [
        f"{path.relative_to(ROOT)}:{call.lineno}: {ast.unparse(argument)}"
        for call in calls(trees()[path])
        for argument in _texts(call)
        if not isinstance(argument, _FOUND) and not _looks_up(argument)
    ]
    assert not built


_FOUND = (ast.Constant, ast.Name, ast.Attribute, ast.Subscript, ast.Starred)


def _looks_up(argument: ast.expr) -> bool:
    """A function that gives a marked text; what joins or formats one does not count."""
    return isinstance(argument, ast.Call) and name_of(argument.func) not in ("format", "join", "replace", "")


def _texts(call: ast.Call) -> list[ast.expr]:
    """The arguments of a text call that extraction must be able to read."""
    name = name_of(call.func)
    if isinstance(call.func, ast.Attribute) and name in ("t", "n", "p"):
        return call.args[: {"t": 1, "n": 2, "p": 2}[name]]
    if isinstance(call.func, ast.Name) and name in ("mark", "mark_in"):
        return call.args
    return []


@pytest.mark.parametrize("path", trees(), ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_literal_text_is_given_every_name_it_asks_for(path: Path):
    lacking = []
    for call in calls(trees()[path]):
        texts = _texts(call) if isinstance(call.func, ast.Attribute) else []
        given = {keyword.arg for keyword in call.keywords} | ({"n"} if name_of(call.func) == "n" else set())
        wanted = {
            name
            for text in texts
            if isinstance(text, ast.Constant)
            for name in re.findall(r"\{(\w*)\}", str(text.value))
        }
        if None not in given and wanted - given:
            lacking.append((path.name, call.lineno, wanted - given))
    assert not lacking


def test_placeholders_are_plain_names():
    """``Words`` fills names and nothing else; click fills its own texts itself."""
    odd = [
        entry.msgid
        for entry in entries(POT)
        for place in places(entry.msgid)
        if not re.fullmatch(r"\{\w+\}", place)
        and [file for file, _ in entry.occurrences] != ["supporttui/cli/texts.py"]
    ]
    assert not odd


# --- the translations -------------------------------------------------------------------------------


def test_german_and_japanese_are_there():
    assert [path.parents[1].name for path in CATALOGUES] == ["de", "ja"]
    assert languages() == ("en", "de", "ja")


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_a_catalogue_has_exactly_the_templates_texts_and_all_are_translated(path: Path):
    keys = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries(POT)}
    own = {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries(path)}
    assert own == keys
    assert not [entry.msgid for entry in entries(path) if entry.fuzzy or not all(forms(entry)) or not forms(entry)]


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_placeholders_are_those_of_the_english_text(path: Path):
    wrong = []
    for entry in entries(path):
        english = places(entry.msgid) | places(entry.msgid_plural or "")
        # One form may drop the number: "one ticket".
        optional = {"{n}"} if entry.msgid_plural else set()
        wrong += [form for form in forms(entry) if not english - optional <= places(form) <= english]
    assert not wrong


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_plurals_have_the_number_of_forms_of_the_language(path: Path):
    count = int(re.search(r"nplurals=(\d+)", polib.pofile(str(path)).metadata["Plural-Forms"])[1])
    assert {len(forms(entry)) for entry in entries(path) if entry.msgid_plural} <= {count}


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_a_translation_is_plain_text(path: Path):
    """No markup that the English text has not, no control or bidi characters."""
    for entry in entries(path):
        for form in forms(entry):
            odd = [
                char
                for char in form
                if unicodedata.category(char) in ("Cc", "Cf", "Zl", "Zp") and char not in entry.msgid
            ]
            assert not odd, entry.msgid
            assert form.count("[") == entry.msgid.count("["), entry.msgid
            assert form == form.strip() or entry.msgid != entry.msgid.strip() or form.strip() == "", entry.msgid


@pytest.mark.parametrize("path", CATALOGUES, ids=lambda path: path.parents[1].name)
def test_a_short_text_keeps_to_the_cells_that_its_note_allows(path: Path):
    from rich.cells import cell_len

    for entry in entries(path):
        allowed = re.search(r"(\d+) cells", f"{entry.comment} {entry.msgctxt or ''}")
        if allowed:
            assert all(cell_len(PLACE.sub("1", form)) <= int(allowed[1]) for form in forms(entry)), (
                entry.msgid,
                forms(entry),
            )


# --- finding them -----------------------------------------------------------------------------------


@pytest.mark.parametrize("language", languages())
def test_every_language_loads_and_speaks(language: str):
    words = load(language, "UTC", {})
    assert words.language == language
    assert (words.p("state", "new") == "new") == (language == "en")


def _checkout(root: Path, state: str) -> Path:
    place = root / "locales" / "de" / "LC_MESSAGES"
    place.mkdir(parents=True)
    (place / "supporttui.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'
        f'msgctxt "state"\nmsgid "new"\nmsgstr "{state}"\n',
        "utf-8",
    )
    return place


def test_a_checkout_without_compiled_catalogues_speaks(tmp_path: Path):
    _checkout(tmp_path, "neu")
    assert files.read("de", (tmp_path / "locales",)).pgettext("state", "new") == "neu"


def test_a_translators_newer_source_wins_over_the_compiled_catalogue(tmp_path: Path):
    place = _checkout(tmp_path, "alt")
    source, compiled = place / "supporttui.po", place / "supporttui.mo"
    compiled.write_bytes(files.compiled_from(source.read_bytes()))
    source.write_text(source.read_text("utf-8").replace("alt", "frisch"), "utf-8")
    os.utime(compiled, ns=(1, 1))
    assert files.read("de", (tmp_path / "locales",)).pgettext("state", "new") == "frisch"
    os.utime(source, ns=(0, 0))
    assert files.read("de", (tmp_path / "locales",)).pgettext("state", "new") == "alt"


def test_the_package_comes_before_the_checkout():
    assert files.roots()[0].parent.name == "supporttui"


# --- filling in -------------------------------------------------------------------------------------


class _Broken(files.NullTranslations):
    def gettext(self, message: str) -> str:
        return "{nobody} {ticket}"


def test_a_translation_that_asks_for_something_else_gives_the_english_text():
    assert Words("xx", catalogue=_Broken()).t("Take {ticket}", ticket="T-1") == "Take T-1"


def test_what_is_filled_in_is_never_read_for_placeholders():
    assert Words("en").t("Take {ticket}", ticket="{secret} {0.__class__}") == "Take {secret} {0.__class__}"


def test_counts_choose_their_form():
    german = load("de", "UTC", {})
    assert Words("en").n("{n} ticket", "{n} tickets", 1) == "1 ticket"
    assert Words("en").n("{n} ticket", "{n} tickets", 0) == "0 tickets"
    assert german.n("{n} ticket", "{n} tickets", 2).startswith("2 ")


def test_an_empty_text_is_empty_and_not_the_catalogues_header():
    assert load("de", "UTC", {}).t("") == ""


def test_words_load_without_babel_and_arrow():
    import subprocess
    import sys

    code = (
        "import sys, os; from supporttui.i18n import catalogue, labels, countdown, times;"
        "catalogue.load('en', 'UTC', {}); print(sorted({'babel', 'arrow', 'locale'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() in ("[]", "['locale']")


def test_nothing_sets_the_process_locale():
    asking = [
        str(path.relative_to(ROOT))
        for path, tree in trees().items()
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "setlocale"
    ]
    assert not asking

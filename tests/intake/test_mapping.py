"""A mapping file is read strictly: whatever is wrong with it is said with its file, its key and what is allowed."""

import pytest

from supporttui import packs
from supporttui.domain.faults import BadInput
from supporttui.intake.mapping import MappedState, StateRule, load, parse


def changed(name: str, old: str, new: str) -> str:
    text = packs.preset(name)
    assert old in text
    return text.replace(old, new)


@pytest.mark.parametrize("name", packs.presets())
def test_every_shipped_preset_is_a_valid_mapping_file(name):
    assert load(name).file == name


def test_both_promised_presets_are_shipped():
    assert {"servicenow", "csv"} <= set(packs.presets())


def test_servicenow_maps_the_four_kinds_of_waiting():
    states = load("servicenow").states
    assert states["Awaiting User Info"] == StateRule(MappedState.waiting_requester)
    assert states["Awaiting Evidence"] == StateRule(MappedState.waiting_requester, "evidence")
    assert states["Awaiting Vendor"] == StateRule(MappedState.waiting_vendor)
    assert states["Awaiting Problem"] == StateRule(MappedState.active, "problem")


def test_a_site_may_copy_a_preset_and_give_its_path(tmp_path):
    mine = tmp_path / "ours.toml"
    mine.write_text(changed("servicenow", 'zone = "UTC"', 'zone = "Europe/Berlin"'), encoding="utf-8")
    assert load(str(mine)).zone == "Europe/Berlin"


def test_the_zone_may_be_named_at_the_call(tmp_path):
    assert load("servicenow", zone_name="Asia/Tokyo").zone == "Asia/Tokyo"


@pytest.mark.parametrize(
    ("old", "new", "code", "key"),
    [
        ('system = "servicenow"', 'sytem = "servicenow"', "import.mapping_key", "sytem"),
        ('number = "number"', "", "import.mapping_missing", "columns.number"),
        ('actor = "sys_updated_by"', 'aktor = "x"', "import.mapping_key", "columns.aktor"),
        ('"New" = "new"', '"New" = "brand new"', "import.mapping_value", "states.New.state"),
        ('"New" = "new"', '"New" = { state = "new", raeson = "x" }', "import.mapping_key", "states.New.raeson"),
        ('history = "events"', 'history = "rows"', "import.mapping_value", "history"),
        ('encoding = "utf-8"', 'encoding = "ebcdic"', "import.mapping_value", "encoding"),
        ('missing = ["?"]', 'missing = "?"', "import.mapping_value", "missing"),
        ('kind = "incident"', 'kind = "catastrophe"', "import.mapping_value", "kind"),
        ("priority_default = 3", "priority_default = 12", "import.mapping_value", "priority_default"),
        ('at = "sys_updated_at"', "", "import.mapping_value", "columns.at"),
        ('title = ["category", "subcategory", "u_symptom"]', "title = []", "import.mapping_value", "title"),
        ('encoding = "utf-8"', 'delimiter = ", "', "import.mapping_value", "delimiter"),
        ('encoding = "utf-8"', "delimiter = '\"'", "import.mapping_value", "delimiter"),
        ('encoding = "utf-8"', 'delimiter = "\\n"', "import.mapping_value", "delimiter"),
        ('dates = ["%d/%m/%Y %H:%M",', 'dates = ["%Q",', "import.mapping_value", "dates"),
        ('dates = ["%d/%m/%Y %H:%M",', 'dates = ["%d/%",', "import.mapping_value", "dates"),
    ],
)
def test_a_fault_names_the_file_and_the_key(old, new, code, key):
    with pytest.raises(BadInput) as fault:
        parse(changed("servicenow", old, new), file="ours.toml")
    assert (fault.value.code, fault.value.params["file"], fault.value.params["key"]) == (code, "ours.toml", key)


def test_a_fault_of_choice_says_what_is_allowed():
    with pytest.raises(BadInput) as fault:
        parse(changed("servicenow", '"New" = "new"', '"New" = "brand new"'), file="ours.toml")
    assert "waiting_requester" in str(fault.value.params["allowed"])


def test_a_file_that_is_not_toml_is_refused_with_its_place():
    with pytest.raises(BadInput, match=r"import\.mapping_toml.*line 1"):
        parse("number: INC", file="ours.toml")


def test_an_unknown_preset_names_those_that_exist():
    with pytest.raises(BadInput, match=r"import\.preset_unknown.*servicenow"):
        load("servicenau")


def test_a_preset_without_a_name_is_unknown():
    with pytest.raises(BadInput) as fault:
        load("")
    assert fault.value.code == "import.preset_unknown"


def test_a_mapping_file_that_is_missing_or_a_folder_is_refused(tmp_path):
    for path in (tmp_path / "none.toml", tmp_path):
        with pytest.raises(BadInput, match=r"import\.mapping_unreadable"):
            load(str(path) + ("" if path.suffix else "/"))


def test_an_unknown_zone_is_refused():
    with pytest.raises(BadInput, match=r"zone\.unknown"):
        load("servicenow", zone_name="Europe/Atlantis")

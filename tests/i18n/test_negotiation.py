"""Whatever the environment says, there is a language, and it is the nearest one."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from supporttui.i18n.catalogue import languages, load
from supporttui.i18n.negotiation import formats_of, negotiate

OFFERED = ("en", "de", "ja", "zh_Hant", "zh_Hans", "sr", "sr_Latn", "pt_BR", "pt", "ko", "nb")


@pytest.mark.parametrize(
    ("wish", "language"),
    [
        ("de", "de"),
        ("de_AT.UTF-8", "de"),
        ("de-CH", "de"),
        ("DE_de", "de"),
        ("de_DE@euro", "de"),
        ("ko_KR", "ko"),
        ("zh_TW", "zh_Hant"),
        ("zh_HK.UTF-8", "zh_Hant"),
        ("zh_CN", "zh_Hans"),
        ("zh", "zh_Hans"),
        ("zh-Hant-SG", "zh_Hant"),
        ("sr_RS", "sr"),
        ("sr_RS@latin", "sr_Latn"),
        ("sr_RS.UTF-8@latin", "sr_Latn"),
        ("pt_BR", "pt_BR"),
        ("pt_PT", "pt"),
        ("pt_AO", "pt"),
        ("no_NO", "nb"),
        ("C", "en"),
        ("C.UTF-8", "en"),
        ("POSIX", "en"),
        ("xx_YY", "en"),
        ("../../etc", "en"),
        ("", "en"),
    ],
)
def test_nearest(wish: str, language: str):
    assert negotiate(wish, OFFERED) == language


def test_the_other_script_is_nearer_than_english():
    assert negotiate("zh_TW", ("en", "zh_Hans")) == "zh_Hans"


@given(st.text(max_size=20))
def test_no_name_is_an_error(name: str):
    assert negotiate(name, OFFERED) in OFFERED
    assert load(name, "UTC", {"LC_ALL": name}).language in languages()


@pytest.mark.parametrize(
    ("option", "env", "configured", "language"),
    [
        ("ja", {"SUPPORTTUI_LANGUAGE": "de", "LC_ALL": "en_US"}, "de", "ja"),
        (None, {"SUPPORTTUI_LANGUAGE": "ja", "LC_ALL": "de_DE"}, "de", "ja"),
        (None, {"LC_ALL": "ja_JP", "LANG": "ja_JP"}, "de", "de"),
        (None, {"LC_ALL": "ja_JP.UTF-8", "LC_MESSAGES": "de_DE", "LANG": "de_DE"}, None, "ja"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "de_DE.UTF-8", "LANG": "ja_JP"}, None, "de"),
        (None, {"LANG": "ja_JP.eucJP"}, None, "ja"),
        (None, {"LC_ALL": "xx_YY", "LANG": "de_DE"}, None, "en"),
        (None, {"LC_ALL": "C", "LANG": "de_DE"}, None, "en"),
        (None, {}, None, "en"),
    ],
)
def test_the_first_wish_that_is_set_decides(option, env, configured, language):
    assert load(option, "UTC", env, configured=configured).language == language


@pytest.mark.parametrize(
    ("language", "env", "locale"),
    [
        ("de", {"LC_TIME": "de_AT.UTF-8", "LANG": "de_DE"}, "de_AT"),
        ("de", {"LC_TIME": "en_US"}, "de"),
        ("en", {"LANG": "en_US.UTF-8"}, "en_US"),
        ("en", {}, "en_001"),
        ("zh_Hant", {"LANG": "zh_TW"}, "zh_Hant_TW"),
        ("pt_BR", {"LANG": "pt_PT"}, "pt_BR"),
    ],
)
def test_dates_follow_the_territory_of_the_same_language(language: str, env: dict[str, str], locale: str):
    assert formats_of(language, env) == locale

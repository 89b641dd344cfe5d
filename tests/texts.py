"""Texts from everywhere, for properties: every script that is cut otherwise, and what other languages obey."""

from hypothesis import strategies as st

HOSTILE = (
    '"', "'", "''", "*", "-", "^", "NEAR(a b)", "NEAR", "AND", "OR NOT", "head:disk", "texts_index : x", "{head}: a",
    "a + b", "a*", '"a" * OR ""', "a & b | !c", "a <-> b", "'a':*", "\\", "\\'", "%", "_", ";--", "(", ")", "$1", ":match",
    "\x00", "\x1f", "\ue000inc", "\ue0ff", "\ue12d", "\ud800", "\u202e", "a\u200bb", "{", "[1]", "]", "\U0010ffff",
)  # fmt: skip
PIECES = (
    "Straße", "strasse", "Müller", "Mu\u0308ller", "ÄÖÜ", "ﬁne", "İstanbul", "ｆｕｌｌ１２", "１２", "12", "٣", "disk", "Disk-full",
    "o'neil", "a_b", "eu-west-1", "foo.bar@example.org", "100%", "C++", "0x80", "INC0000161", "東京", "東京都", "京都",
    "東京VPN接続", "ネットワーク", "ﾈｯﾄ", "が", "か\u3099", "あ\u3099", "网络", "网络故障", "서울", "서울사무소", "ㅋㅋ", "เครือข่าย", "नेटवर्क",
    "שָׁלוֹם", "Сеть", "🔥", "👩\u200d💻", "🏽", "🇩🇪", "1️⃣", "e\u0301", "\u0301", " ", "\t", "\n", "\u3000", "・", "、", ", ",
)  # fmt: skip

some_text = st.lists(st.sampled_from(PIECES) | st.sampled_from(HOSTILE) | st.text(max_size=4), max_size=8).map("".join)
"""Words run into each other: where they end is what is tested."""

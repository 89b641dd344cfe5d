"""What every channel promises; a new one inherits this class and adds ``channel`` fixtures."""

import pytest

from supporttui.domain.faults import ChannelFailed


class ChannelContract:
    """Fixtures: ``good`` (a channel that works, with ``arrived()``) and ``bad`` (one that cannot)."""

    def test_what_is_sent_arrives_whole(self, good):
        body = "Zweite Zeile: Grüße\n三行目\n" + "x" * 100_000
        good.channel.send("ana", "T-7 ▴", body, key="k-1", facts={"ticket": "7"})
        (message,) = good.arrived()
        assert (message["address"], message["subject"], message["key"]) == ("ana", "T-7 ▴", "k-1")
        assert message["body"] == body

    def test_sending_again_uses_the_same_key(self, good):
        for _ in range(2):
            good.channel.send("ana", "s", "b", key="k-1", facts={})
        assert [message["key"] for message in good.arrived()] == ["k-1", "k-1"]

    def test_foreign_text_stays_text(self, good):
        nasty = "$(touch owned) `id` ; rm -rf / \0 \x1b[2J"
        good.channel.send("ana", nasty, nasty, key="k-1", facts={"title": nasty})
        assert good.arrived()[0]["subject"].startswith("$(touch owned) `id` ; rm -rf /")

    def test_a_failure_says_when_to_try_again(self, bad):
        with pytest.raises(ChannelFailed) as caught:
            bad.send("ana", "s", "b", key="k-1", facts={})
        assert caught.value.code.startswith("channel.")
        assert caught.value.retry_after > 0

    def test_it_has_the_name_it_was_given(self, good):
        assert good.channel.name == "pager"

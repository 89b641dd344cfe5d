"""Apprise against a real web server: what it acknowledged was sent; a failing, slow and lying one; no secret is told."""

import subprocess
import sys
from dataclasses import dataclass

import pytest

from supporttui.channels.apprise import AppriseChannel, AppriseOptions
from supporttui.channels.secret import Secret
from supporttui.domain.faults import BadInput, ChannelFailed
from tests.builders import refuses
from tests.channels.contract import ChannelContract
from tests.channels.web_server import WebServer, serving


def channel(web: WebServer, path: str = "{address}", **options) -> AppriseChannel:
    url = f"json://127.0.0.1:{web.port}/{path}?+Idempotency-Key={{key}}"
    return AppriseChannel("pager", AppriseOptions((url,), **options))


def failure(one: AppriseChannel) -> ChannelFailed:
    with pytest.raises(ChannelFailed) as caught:
        one.send("ana", "subject", "body", key="k", facts={})
    return caught.value


@pytest.fixture
def web():
    with serving(WebServer()) as one:
        yield one


@dataclass
class Hooked:
    channel: AppriseChannel
    web: WebServer

    def arrived(self) -> list[dict[str, str]]:
        return [
            {"address": one["path"].strip("/"), "subject": one["title"], "key": one["key"], "body": one["message"]}
            for one in self.web.heard
        ]


class TestAppriseChannel(ChannelContract):
    @pytest.fixture
    def good(self, web):
        return Hooked(channel(web), web)

    @pytest.fixture
    def bad(self, web):
        web.status = 503
        return channel(web)


@pytest.mark.parametrize("status", [403, 500])
def test_a_refusal_is_told_with_its_number(web, status):
    web.status = status
    fault = failure(channel(web, retry_after=90))
    assert (fault.code, fault.params["status"], fault.retry_after) == ("channel.rejected", status, 90)


def test_one_that_trickles_its_answer_without_end_is_ended(web):
    web.endless = True
    fault = failure(channel(web, timeout=2))
    assert (fault.code, fault.params["seconds"]) == ("channel.late", 2)


def test_nobody_there_is_told(web):
    fault = failure(AppriseChannel("pager", AppriseOptions(("json://127.0.0.1:1/",))))
    assert fault.code == "channel.failed"


def test_a_secret_is_filled_in_and_never_told(web, monkeypatch, capfd):
    monkeypatch.setenv("HOOK_TOKEN", "hunter2/ä")
    web.status = 500
    fault = failure(channel(web, "{token}", secrets={"token": Secret(env="HOOK_TOKEN")}))
    assert web.heard[0]["path"] == "/hunter2%2F%C3%A4"
    assert "hunter2" not in f"{fault!r} {fault.params} {''.join(capfd.readouterr())}"


def test_an_address_is_one_word_of_the_url_whatever_it_is(web):
    channel(web).send("../x?+Idempotency-Key=forged&a=b", "s", "b", key="page:7", facts={})
    assert (web.heard[0]["key"], "?" in web.heard[0]["path"]) == ("page:7", False)


def test_a_url_that_apprise_does_not_know_is_told():
    assert failure(AppriseChannel("pager", AppriseOptions(("carrier-pigeon://roof",)))).code == "channel.url"


@pytest.mark.parametrize("url", ["json://host/{addres}", "json://host/{", "json://host/{key.__class__}", "json://{}"])
def test_what_nobody_can_fill_in_is_refused_where_it_is_set(url):
    with refuses("channel.placeholder", BadInput):
        AppriseOptions((url,))


def test_without_the_extra_it_is_told_what_to_install(monkeypatch, tmp_path):
    (tmp_path / "apprise.py").write_text("raise ImportError('not here')")
    monkeypatch.syspath_prepend(tmp_path)
    fault = failure(AppriseChannel("pager", AppriseOptions(("json://127.0.0.1:1/",))))
    assert (fault.code, fault.params["extra"]) == ("channel.not_installed", "notify")


def test_neither_desk_nor_watch_loads_it():
    code = "import sys, supporttui.bootstrap.watching, supporttui.bootstrap.desk; print('apprise' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout == "False\n"

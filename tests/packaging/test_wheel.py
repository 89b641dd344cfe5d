"""What people install speaks every language: the wheel carries the compiled catalogues and finds them."""

import runpy
import shutil
import subprocess
import sys
import tarfile
import zipfile
from pathlib import Path

import pytest
from hatchling.builders.sdist import SdistBuilder
from hatchling.builders.wheel import WheelBuilder

ROOT = Path(__file__).parents[2]
NEEDED = ("pyproject.toml", "LICENSE", "README.md", "supporttui", "locales")
SPEAK = (
    "import sys; from supporttui.i18n import catalogue, files;"
    "print(catalogue.__file__); print(catalogue.languages());"
    "print(catalogue.load('de', 'UTC', {}).p('state', 'new'), catalogue.load('ja', 'UTC', {}).p('state', 'new'));"
    "print('babel' in sys.modules)"
)


@pytest.fixture(scope="module")
def checkout(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy, so that building leaves nothing in the tree that the tests run from."""
    copy = tmp_path_factory.mktemp("checkout")
    for name in NEEDED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, copy / name, ignore=shutil.ignore_patterns("*.mo", "__pycache__"))
        else:
            shutil.copy(ROOT / name, copy / name)
    return copy


def build(checkout: Path, target: Path, version: str) -> Path:
    return Path(next(iter(WheelBuilder(str(checkout)).build(directory=str(target), versions=[version]))))


def speak(*, path: Path, cwd: Path) -> list[str]:
    command = [sys.executable, "-P", "-c", f"import sys; sys.path.insert(0, {str(path)!r}); {SPEAK}"]
    done = subprocess.run(command, cwd=cwd, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()


@pytest.fixture(scope="module")
def wheel(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(checkout, tmp_path_factory.mktemp("wheel"), "standard")


def test_a_wheel_has_the_compiled_catalogues_and_no_sources_of_them(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    assert [name for name in names if name.endswith(".mo")] == [
        "supporttui/locales/de/LC_MESSAGES/supporttui.mo",
        "supporttui/locales/ja/LC_MESSAGES/supporttui.mo",
    ]
    assert not [name for name in names if name.endswith((".po", ".pot")) or "hatch_build" in name]
    assert any(name.endswith(".toml") and "/packs/" in name for name in names)


def test_an_installed_wheel_speaks(wheel: Path, tmp_path: Path):
    zipfile.ZipFile(wheel).extractall(tmp_path / "site")
    where, languages, spoken, babel = speak(path=tmp_path / "site", cwd=tmp_path)
    assert where.startswith(str(tmp_path))
    assert languages == "('en', 'de', 'ja')"
    assert spoken == "neu 新規"
    assert babel == "False"


def test_it_speaks_from_inside_a_zip_file(wheel: Path, tmp_path: Path):
    where, languages, spoken, _ = speak(path=wheel, cwd=tmp_path)
    assert where.startswith(str(wheel))
    assert languages == "('en', 'de', 'ja')"
    assert spoken == "neu 新規"


def test_an_editable_install_compiles_beside_the_sources(checkout: Path, tmp_path: Path):
    # The hook alone: a whole editable wheel needs a package that only pip's build environment brings.
    hook = runpy.run_path(str(checkout / "locales" / "hatch_build.py"))["CatalogueHook"]
    build_data: dict[str, dict[str, str]] = {"force_include": {}}
    hook(str(checkout), {}, None, None, str(tmp_path), "wheel").initialize("editable", build_data)
    assert build_data == {"force_include": {}}
    assert sorted(path.parents[1].name for path in checkout.glob("locales/*/LC_MESSAGES/*.mo")) == ["de", "ja"]
    _, _, spoken, babel = speak(path=checkout, cwd=tmp_path)
    assert (spoken, babel) == ("neu 新規", "False")
    for compiled in checkout.glob("locales/*/LC_MESSAGES/*.mo"):
        compiled.unlink()


def test_a_bare_checkout_speaks(checkout: Path, tmp_path: Path):
    _, languages, spoken, _ = speak(path=checkout, cwd=tmp_path)
    assert (languages, spoken) == ("('en', 'de', 'ja')", "neu 新規")


def test_a_wheel_can_be_built_from_the_source_archive(checkout: Path, tmp_path: Path):
    archive = Path(next(iter(SdistBuilder(str(checkout)).build(directory=str(tmp_path), versions=["standard"]))))
    with tarfile.open(archive) as source:
        for member in source:
            target = tmp_path / "unpacked" / member.name
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(source.extractfile(member).read())
    (root,) = (tmp_path / "unpacked").iterdir()
    again = build(root, tmp_path / "again", "standard")
    assert [name for name in zipfile.ZipFile(again).namelist() if name.endswith("ja/LC_MESSAGES/supporttui.mo")]

"""Make the vendored NHS front end again from an unpacked `nhsuk-frontend` package: python vendor/refresh.py PACKAGE_FOLDER

Taken out: source maps, the @font-face rules that fetch a licensed font from elsewhere, and the scripts: no page needs them.
Put beside: the style sheet compressed both ways, which the server sends as it is (277 kB become 24).
The version of the package and of `nhsuk-frontend-jinja` go together; a test holds the pair.
"""

import gzip
import hashlib
import json
import pathlib
import re
import shutil
import sys

import brotli

package, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent / "nhsuk-frontend"
source = package / "dist" / "nhsuk"
css = (source / "nhsuk-frontend.min.css").read_text()
css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
css = re.sub(r"@font-face\{[^}]*\}", "", css)
css = css.replace("Frutiger W01,", "").replace("/assets/images/", "images/")
here.mkdir(exist_ok=True)
(here / "nhsuk-frontend.min.css").write_text(css)
(here / "nhsuk-frontend.min.css.gz").write_bytes(gzip.compress(css.encode(), 9, mtime=0))
(here / "nhsuk-frontend.min.css.br").write_bytes(brotli.compress(css.encode(), quality=11))
(here / "images").mkdir(exist_ok=True)
for image in sorted(set(re.findall(r"url\(images/([^)]+)\)", css))):
    shutil.copy(source / "assets" / "images" / image, here / "images" / image)
version = json.loads((package / "package.json").read_text())["version"]
lines = [
    f"# nhsuk-frontend {version} (MIT, Crown copyright NHS England)",
    "",
    f"Made from the package `nhsuk-frontend@{version}` by `vendor/refresh.py`, which says what was taken out. SHA-256:",
    "",
]
for file in sorted(here.rglob("*")):
    if file.is_file() and file.name != "README.md":
        lines.append(f"    {hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(here)}")
(here / "README.md").write_text("\n".join(lines) + "\n")

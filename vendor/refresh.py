"""Make the vendored NHS front end again from an unpacked `nhsuk-frontend` package: python vendor/refresh.py PACKAGE_FOLDER

Taken out: source maps, the @font-face rules that fetch a licensed font from elsewhere, and the scripts: no page needs them.
"""

import hashlib
import pathlib
import re
import shutil
import sys

package, here = pathlib.Path(sys.argv[1]), pathlib.Path(__file__).parent / "nhsuk-frontend"
source = package / "dist" / "nhsuk"
css = (source / "nhsuk-frontend.min.css").read_text()
css = re.sub(r"/\*# sourceMappingURL=.*?\*/", "", css)
css = re.sub(r"@font-face\{[^}]*\}", "", css)
css = css.replace("Frutiger W01,", "").replace("/assets/images/", "images/")
here.mkdir(exist_ok=True)
(here / "nhsuk-frontend.min.css").write_text(css)
(here / "images").mkdir(exist_ok=True)
for image in sorted(set(re.findall(r"url\(images/([^)]+)\)", css))):
    shutil.copy(source / "assets" / "images" / image, here / "images" / image)
lines = ["# nhsuk-frontend 10.6.1 (MIT, Crown copyright NHS England)", "", "Made by `vendor/refresh.py`. SHA-256:", ""]
for file in sorted(here.rglob("*")):
    if file.is_file() and file.name != "README.md":
        lines.append(f"    {hashlib.sha256(file.read_bytes()).hexdigest()}  {file.relative_to(here)}")
(here / "README.md").write_text("\n".join(lines) + "\n")

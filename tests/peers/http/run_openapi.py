"""The OpenAPI document of a table of routes, by Spectral and Redocly: no errors. Installs both by itself, once."""

import json
import os
import pathlib
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
FOLDER = pathlib.Path(os.environ["RENOWN_PEERS"]) / "http"
sys.path.insert(0, str(HERE.parent))

from packages import Missing, install, skip  # noqa: E402


def run(*command) -> subprocess.CompletedProcess:
    return subprocess.run([str(FOLDER / "node_modules/.bin" / command[0]), *command[1:]], cwd=FOLDER, capture_output=True,
                          text=True, timeout=120, env=os.environ | {"REDOCLY_TELEMETRY": "off", "CI": "1"})


def errors_of_spectral() -> tuple:
    (FOLDER / ".spectral.json").write_text('{"extends": ["spectral:oas"]}')
    found = run("spectral", "lint", "--ruleset", ".spectral.json", "--format", "json", "--quiet", "openapi.json")
    try:
        results, _ = json.JSONDecoder().raw_decode(found.stdout[found.stdout.index("[") :])
    except ValueError:
        sys.exit(f"Spectral says: {found.stdout}{found.stderr}")
    return [result for result in results if result["severity"] == 0], results


def errors_of_redocly() -> tuple:
    found = run("redocly", "lint", "--extends", "recommended", "--format", "json", "openapi.json")
    try:
        problems = json.loads(found.stdout[found.stdout.index("{") :])["problems"]
    except (ValueError, KeyError):
        sys.exit(f"Redocly says: {found.stdout}{found.stderr}")
    return [problem for problem in problems if problem["severity"] == "error"], problems


def main():
    try:
        install(HERE, FOLDER, least_node="20.19")
    except Missing as why:
        skip(why)
    document = subprocess.run([os.environ["RENOWN_HTTP_SAMPLE"], "--openapi"], capture_output=True, text=True, timeout=20, check=True).stdout
    (FOLDER / "openapi.json").write_text(document)
    broken = json.loads(document)
    failed = False
    for name, lint in [("Spectral", errors_of_spectral), ("Redocly", errors_of_redocly)]:
        errors, everything = lint()
        print(f"{name}: {len(errors)} errors, {len(everything) - len(errors)} warnings")
        for each in everything:
            print("   ", each.get("message"), each.get("path") or [place.get("pointer") for place in each.get("location", [])])
        failed = failed or bool(errors)
    # A linter that finds nothing anywhere proves nothing.
    del broken["info"]["title"]
    (FOLDER / "openapi.json").write_text(json.dumps(broken))
    for name, lint in [("Spectral", errors_of_spectral), ("Redocly", errors_of_redocly)]:
        if not lint()[0]:
            sys.exit(f"{name} does not see that a document has no title")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()

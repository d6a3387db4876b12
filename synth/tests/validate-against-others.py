"""Compares `synth validate` with cfn-lint and with AWS's own engine, on templates that registry packages carry.

    python3 synth/tests/validate-against-others.py target/release/synth FOLDER...

FOLDER is anything with templates in it, such as an unpacked source package of cfn-lint or of the AWS Solutions
Constructs. The two others are installed at pinned versions, into the folder that OTHERS names (default:
target/validate-against-others). Each template is judged alone by all three; what counts is whether there is a finding
at error level. Prints how many templates each three of verdicts has, then each template on which they disagree with
what each of them says there. Answers of the others are kept, since they take a hundred times as long.
"""

import collections
import concurrent.futures
import hashlib
import json
import os
import pathlib
import re
import subprocess
import sys
import time
import venv

CFN_LINT = "cfn-lint==1.58.0"
ENGINE = "@aws/cloudformation-validate@1.9.0-beta"
OTHERS = pathlib.Path(os.environ.get("OTHERS", "target/validate-against-others")).resolve()
KINDS = {".json", ".yaml", ".yml", ".template"}
NODE = """
const { createRequire } = require('node:module');
const { RegoEngine, TemplateFile } = createRequire(process.argv[1] + '/x.js')('@aws/cloudformation-validate');
const engine = new RegoEngine();
const lines = require('node:fs').readFileSync(0, 'utf8').split('\\n').filter(Boolean);
for (const file of lines) {
  let found;
  try {
    found = engine.validateStandard(new TemplateFile(file)).diagnostics
      .filter((d) => d.severity === 'ERROR' || d.severity === 'FATAL')
      .map((d) => ({ rule: d.ruleId, line: line(d), message: d.message }));
  } catch (error) {
    found = [{ rule: 'unreadable', line: 1, message: String(error.message ?? error).slice(0, 200) }];
  }
  console.log(JSON.stringify({ file, found }));
}
function line(d) {
  const text = JSON.stringify(d);
  const match = /"(?:startLine|line)":(\\d+)/.exec(text);
  return match ? Number(match[1]) : 0;
}
"""


def templates(folder: pathlib.Path):
    """The files below a folder that are templates, each text once."""
    seen = set()
    files = [folder] if folder.is_file() else sorted(folder.rglob("*"))
    for path in files:
        if path.suffix not in KINDS or not path.is_file() or path.stat().st_size > 1_000_000:
            continue
        text = path.read_bytes()
        digest = hashlib.sha256(text).hexdigest()
        if digest not in seen and is_template(text.decode("utf-8", "replace")):
            seen.add(digest)
            yield path, digest


def is_template(text: str) -> bool:
    """Whether `Resources` is a section of it: other tools' inputs and answers lie beside templates."""
    if text.lstrip("\ufeff \n\r\t").startswith("{"):
        try:
            return isinstance(json.loads(text.lstrip("\ufeff")).get("Resources"), dict)
        except ValueError:
            return '"Resources"' in text and '"Type"' in text
    return re.search(r"^[\"']?Resources[\"']?\s*:", text, re.MULTILINE) is not None


def install() -> None:
    OTHERS.mkdir(parents=True, exist_ok=True)
    if not (OTHERS / "py/bin/cfn-lint").exists():
        venv.create(OTHERS / "py", with_pip=True)
        subprocess.run([OTHERS / "py/bin/pip", "install", "--quiet", CFN_LINT], check=True)
    if not (OTHERS / "npm/node_modules/@aws/cloudformation-validate").exists():
        (OTHERS / "npm").mkdir(exist_ok=True)
        (OTHERS / "npm/package.json").write_text('{"private": true}')
        subprocess.run(["npm", "install", "--silent", "--no-save", ENGINE], cwd=OTHERS / "npm", check=True)


def by_synth(binary: str, files: list[str]) -> dict:
    def one(file: str):
        run = subprocess.run(
            [binary, "validate", "--format", "json", "--quiet", file],
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )
        if run.returncode == 2:
            return [{"rule": "unreadable", "line": 1, "message": (run.stderr or run.stdout).strip()[:300]}]
        if run.returncode not in (0, 1):
            sys.exit(f"{binary} ended with {run.returncode} on {file}: {run.stderr}")
        said = json.loads(run.stdout or "[]")
        return [finding for finding in said if finding["level"] == "error"]

    with concurrent.futures.ThreadPoolExecutor(os.cpu_count()) as pool:
        return dict(zip(files, pool.map(one, files), strict=True))


def by_cfn_lint(files: list[str]) -> dict:
    found = {}
    for start in range(0, len(files), 40):
        part = files[start : start + 40]
        try:
            found |= ask_cfn_lint(part)
        except ValueError:
            # One template on which it ends with a traceback silences those beside it.
            for file in part:
                try:
                    found |= ask_cfn_lint([file])
                except ValueError as error:
                    found[file] = [{"rule": "traceback", "line": 1, "message": str(error)}]
    return found


def ask_cfn_lint(files: list[str]) -> dict:
    found = {file: [] for file in files}
    run = subprocess.run(
        [OTHERS / "py/bin/cfn-lint", "--format", "json", "--ignore-checks", "W", "I", "--", *files],
        capture_output=True,
        text=True,
        check=False,
    )
    if "Traceback" in run.stderr:
        raise ValueError(run.stderr.strip().splitlines()[-1])
    for said in json.loads(run.stdout or "[]"):
        if said["Level"] == "Error" and said["Filename"] in found:
            line = said["Location"]["Start"]["LineNumber"]
            found[said["Filename"]].append({"rule": said["Rule"]["Id"], "line": line, "message": said["Message"]})
    return found


def by_engine(files: list[str]) -> dict:
    run = subprocess.run(
        ["node", "-e", NODE, OTHERS / "npm"], input="\n".join(files), capture_output=True, text=True, check=True
    )
    return {said["file"]: said["found"] for said in map(json.loads, run.stdout.splitlines())}


def kept(name: str, judge, digests: dict) -> dict:
    """Asks only about templates that were not asked about before."""
    store = OTHERS / f"{name}.json"
    known = json.loads(store.read_text()) if store.exists() else {}
    new = [file for file, digest in digests.items() if digest not in known]
    if new:
        start = time.monotonic()
        for file, found in judge(new).items():
            known[digests[file]] = found
        store.write_text(json.dumps(known))
        print(f"{name}: {len(new)} templates in {time.monotonic() - start:.1f} s")
    return {file: known.get(digest, []) for file, digest in digests.items()}


def main() -> None:
    binary, *folders = sys.argv[1:]
    install()
    digests = {str(path): digest for folder in folders for path, digest in templates(pathlib.Path(folder).resolve())}
    files = list(digests)
    lint, engine = kept("cfn-lint", by_cfn_lint, digests), kept("engine", by_engine, digests)
    start = time.monotonic()
    ours = by_synth(binary, files)
    print(f"synth: {len(files)} templates, a process each, in {time.monotonic() - start:.1f} s")
    counts = collections.Counter((bool(ours[file]), bool(lint[file]), bool(engine[file])) for file in files)
    word = {True: "refuses", False: "takes"}
    print(f"\n{'synth':<9}{'cfn-lint':<10}{'engine':<9}templates")
    for verdicts, count in sorted(counts.items()):
        print(f"{word[verdicts[0]]:<9}{word[verdicts[1]]:<10}{word[verdicts[2]]:<9}{count}")
    for file in files:
        if bool(ours[file]) == bool(lint[file]) == bool(engine[file]):
            continue
        print(f"\n{os.path.relpath(file)}")
        for name, found in (("synth", ours[file]), ("cfn-lint", lint[file]), ("engine", engine[file])):
            for said in found[:6] or [{"rule": "takes it", "line": 0, "message": ""}]:
                message = " ".join(said["message"].split())[:200]
                print(f"  {name:<9}{said['line'] or '':>5} {said['rule']} {message}")


if __name__ == "__main__":
    main()

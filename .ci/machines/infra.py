"""Judges what OpenTofu is to make, by Trivy, checkov and OpenTofu or Terraform themselves.

usage: infra.py SCRATCH FOLDER...

Trivy and checkov do not see nested blocks in the JSON syntax, or nothing of it at all, so that they are given the same modules
in the native one. There is no finding but those that a block allows, with a reason (`"//": {"trivy": {"GCP-0031": "..."}}`),
and no such note for nothing. The provider is not to be had everywhere: what the program itself judges are the syntax, and the
variables with what they refuse.
"""
import glob
import json
import os
import shutil
import subprocess
import sys

# Arguments that are maps; all else in braces is a block.
MAPS = ("labels", "metadata")
OPEN = '["0.0.0.0/0"]'


def value(it):
    if isinstance(it, str) and it.startswith("${") and it.endswith("}"):
        return it[2:-1]
    if isinstance(it, list):
        return f"[{', '.join(value(one) for one in it)}]"
    if isinstance(it, dict):
        return "{\n" + "".join(f"{json.dumps(key)} = {value(one)}\n" for key, one in it.items()) + "}"
    return json.dumps(it)


def block(head, entries):
    """A block in the native syntax."""
    lines = []
    for key, it in entries.items():
        if key == "//":
            continue
        if isinstance(it, dict) and key not in MAPS:
            lines.append(block(key, it))
        elif isinstance(it, list) and any(isinstance(one, dict) for one in it):
            lines += [block(key, one) for one in it]
        else:
            # A type is no text.
            lines.append(f"{key} = {it if head.startswith('variable') and key == 'type' else value(it)}")
    return "\n".join([f"{head} {{", *lines, "}"])


def native(folder):
    """The blocks of a module by their kind, and those that make something by their address."""
    blocks, made = {}, {}
    for path in sorted(glob.glob(f"{folder}/*.tf.json")):
        with open(path, encoding="utf-8") as file:
            module = json.load(file)
        for kind in ("resource", "data"):
            for type_, all_ in module.get(kind, {}).items():
                for name, it in all_.items():
                    made[f"{type_}.{name}" if kind == "resource" else f"data.{type_}.{name}"] = it
                    blocks.setdefault("main", []).append(block(f'{kind} "{type_}" "{name}"', it))
        for kind in ("variable", "output"):
            for name, it in module.get(kind, {}).items():
                blocks.setdefault(kind, []).append(block(f'{kind} "{name}"', it))
        for name, it in module.get("provider", {}).items():
            blocks.setdefault("provider", []).append(block(f'provider "{name}"', it))
    return blocks, made


def said(folder, *command):
    """What a program says in JSON."""
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, check=False, env={**os.environ, "LOG_LEVEL": "CRITICAL"})
    return json.loads(done.stdout)


def trivy(folder):
    results = said(folder, "trivy", "config", "--quiet", "--skip-check-update", "--skip-version-check", "--format", "json", ".")["Results"]
    tests = sum(one["MisconfSummary"]["Successes"] + one["MisconfSummary"]["Failures"] for one in results)
    found = [it for one in results for it in one.get("Misconfigurations") or []]
    return tests, {(it["CauseMetadata"]["Resource"], it["ID"]): it["Message"] for it in found}


def checkov(folder):
    told = said(folder, "checkov", "--directory", ".", "--framework", "terraform", "--skip-download", "--output", "json")
    assert told["summary"]["parsing_errors"] == 0, told["summary"]
    tests = told["summary"]["passed"] + told["summary"]["failed"]
    return tests, {(it["resource"], it["check_id"]): it["check_name"] for it in told["results"]["failed_checks"]}


def findings(checker, judge, folder, made):
    tests, found = judge(folder)
    allowed = {(address, check) for address, it in made.items() if isinstance(it.get("//"), dict)
               for check in it["//"].get(checker, {})}
    if not tests:
        yield f"{checker} judged nothing"
    yield from (f"{address}: {check}: {found[address, check]}" for address, check in sorted(found.keys() - allowed))
    yield from (f"{address}: allows {check}, which it does not need" for address, check in sorted(allowed - found.keys()))
    print(f"{folder}: {checker}: {tests} tests, {len(allowed)} allowed")


def of_program(program, scratch, blocks):
    """What the program itself says of the syntax, and of variables: those that are rendered pass, everybody's do not."""
    for text in ("\n".join(them) for them in blocks.values()):
        done = subprocess.run([program, "fmt", "-"], input=text, capture_output=True, text=True, check=False)
        if done.returncode:
            yield f"{program} fmt: {done.stderr}"
    folder = f"{scratch}/variables"
    os.mkdir(folder)
    with open(f"{folder}/variables.tf", "w", encoding="utf-8") as file:
        file.write("\n".join(blocks["variable"]))

    def run(*words):
        done = subprocess.run([program, f"-chdir={folder}", *words, "-no-color"], capture_output=True, text=True, check=False)
        return done.returncode, done.stdout + done.stderr

    for words in (("init", "-input=false"), ("validate",), ("plan", "-input=false")):
        code, text = run(*words)
        if code:
            yield f"{program} {words[0]}: {text}"
    code, text = run("plan", "-input=false", "-var", f"operators={OPEN}")
    if not code or "checked by the validation rule" not in text:
        yield f"{program} takes {OPEN} for operators: {text}"


def main(scratch, folders):
    shutil.rmtree(scratch, ignore_errors=True)
    program = shutil.which("tofu") or shutil.which("terraform")
    modules = sorted({os.path.dirname(path) for one in folders
                      for path in glob.glob(f"{one}/**/*.tf.json", recursive=True)})
    errors = []
    for number, module in enumerate(modules):
        print(f"-- {module}")
        blocks, made = native(module)
        folder = f"{scratch}/{number}"
        os.makedirs(f"{folder}/native")
        with open(f"{folder}/native/main.tf", "w", encoding="utf-8") as file:
            file.write("\n\n".join(blocks["main"]) + "\n")
        errors += findings("trivy", trivy, f"{folder}/native", made)
        errors += findings("checkov", checkov, f"{folder}/native", made)
        if program:
            errors += of_program(program, folder, blocks)
        else:
            print("neither tofu nor terraform is there: syntax and variables are not judged by them")
    print("\n".join([*errors, f"{len(modules)} modules, {len(errors)} findings"]))
    return 1 if errors or not modules else 0


sys.exit(main(os.path.abspath(sys.argv[1]), sys.argv[2:]))

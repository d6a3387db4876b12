"""What stacks give to others. AWS refuses an update that changes or takes away what a stack imports; ministack does not."""
from botocore.exceptions import ClientError


def given(person):
    """The exports of an account and region: their values, and who imports them."""
    cloudformation = person.client("cloudformation")
    pages = cloudformation.get_paginator("list_exports").paginate()
    values = {it["Name"]: it["Value"] for page in pages for it in page["Exports"]}
    return {name: (value, importers(cloudformation, name)) for name, value in values.items()}


def importers(cloudformation, name):
    """The stacks that import an export; where there are none, AWS calls that a mistake."""
    try:
        return cloudformation.list_imports(ExportName=name)["Imports"]
    except ClientError as error:
        if "is not imported by any stack" not in str(error):
            raise
        return []


def refused(before, after):
    """What AWS would have refused in an update."""
    return [
        f"{name} was {value} and is {after[name][0] if name in after else 'gone'}, and {', '.join(by)} imports it"
        for name, (value, by) in before.items()
        if by and (name not in after or after[name][0] != value)
    ]

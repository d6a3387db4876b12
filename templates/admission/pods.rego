package lib.pods

spec := input.review.object.spec if input.review.object.kind == "Pod"

spec := input.review.object.spec.template.spec if input.review.object.kind != "Pod"

containers contains container if some container in spec.containers

containers contains container if some container in object.get(spec, "initContainers", [])

containers contains container if some container in object.get(spec, "ephemeralContainers", [])

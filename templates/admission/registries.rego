package registries

import data.lib.pods

violation contains {"msg": message} if {
  some container in pods.containers
  not allowed(container.image)
  message := sprintf("`%v` runs `%v`, which is of no registry that may be pulled from", [container.name, container.image])
}

allowed(image) if {
  some start in input.parameters.images
  startswith(image, start)
}

package digests

import data.lib.pods

violation contains {"msg": message} if {
  some container in pods.containers
  not regex.match(`@sha256:[0-9a-f]{64}$`, container.image)
  message := sprintf("`%v` runs `%v`: name the image by its digest", [container.name, container.image])
}

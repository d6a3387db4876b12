package limits

import data.lib.pods

violation contains {"msg": message} if {
  some container in pods.containers
  some amount in ["limits", "requests"]
  some resource in ["cpu", "memory"]
  not container.resources[amount][resource]
  message := sprintf("`%v` has no %v of %v", [container.name, amount, resource])
}

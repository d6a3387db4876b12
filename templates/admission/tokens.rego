package tokens

import data.lib.pods

violation contains {"msg": message} if {
  object.get(pods.spec, "automountServiceAccountToken", true)
  message := "the token of its service account is mounted: say `automountServiceAccountToken: false`"
}

violation contains {"msg": message} if {
  object.get(pods.spec, "serviceAccountName", "default") == "default"
  message := "it runs as the service account `default`: name one of its own"
}

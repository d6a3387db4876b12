package labels

violation contains {"msg": message} if {
  some label in input.parameters.labels
  not input.review.object.metadata.labels[label]
  message := sprintf("the label `%v` is missing", [label])
}

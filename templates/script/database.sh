deploy_migration() {
  if [[ $1 == "$migration_stack" ]]; then
    deploy_stack "$@"
  fi
}

# Runs the migration of the new image before any task of it starts.
migrate() {
  stacks deploy_migration
  run_migration
}

# Runs the task of the migration in the network of the service, and waits for its end.
run_migration() {
  local definition network task code state=''
  definition=$(output "$migration_stack" TaskDefinition)
  network=$(output "$url_stack" MigrationNetwork)
  task=$(aws ecs run-task --region "$region" --cluster "$cluster" --task-definition "$definition" --launch-type FARGATE \
    --network-configuration "$network" --query 'tasks[0].taskArn' --output text)
  [[ $task == arn:* ]] || fail 'ECS starts no migration: see the capacity of the account and the subnets'
  printf '\nmigrates in %s\n' "${task##*/}"
  # It may take as long as it needs; a waiter of the AWS CLI would give up after ten minutes.
  until [[ $state == STOPPED ]]; do
    sleep 5
    state=$(aws ecs describe-tasks --region "$region" --cluster "$cluster" --tasks "$task" --output text \
      --query 'tasks[0].lastStatus') || fail "nobody knows how the migration ${task##*/} ends: look at it"
  done
  code=$(aws ecs describe-tasks --region "$region" --cluster "$cluster" --tasks "$task" --output text \
    --query 'tasks[0].containers[0].exitCode')
  [[ $code == 0 ]] || {
    aws logs get-log-events --region "$region" --log-group-name "$log_group" --output text \
      --log-stream-name "migration/migration/${task##*/}" --query 'events[].[message]' || true
    aws ecs describe-tasks --region "$region" --cluster "$cluster" --tasks "$task" --output text \
      --query 'tasks[0].[stoppedReason, containers[0].reason]'
    fail "the migration ended with ${code/None/no exit code}; the service runs what it ran before"
  } >&2
}

secret() {
  local command=$1
  shift
  aws secretsmanager "$command" --region "$region" --secret-id "$user_secret" --output text "$@"
}

# Another password for the user that the service is: into the secret, from there into the database, then to new tasks.
# Nobody sees it. A migration that fails has not given it to the database, so that the secret gets the one before again.
change_password() {
  local before after
  before=$(secret get-secret-value --query VersionId)
  aws secretsmanager get-random-password --region "$region" --password-length 40 --exclude-punctuation \
    --query RandomPassword --output text | sed 's/.*/{"username":"«database_user»","password":"&"}/' >"$scratch/secret"
  after=$(secret put-secret-value --secret-string "file://$scratch/secret" --query VersionId)
  if ! (run_migration); then
    secret update-secret-version-stage --version-stage AWSCURRENT --move-to-version-id "$before" \
      --remove-from-version-id "$after" >/dev/null
    fail 'the password is the one before'
  fi
  {%- if code_deploy %}
  if [[ -n $code_deploy ]]; then
    shift_traffic
    return
  fi
  {%- endif %}
  aws ecs update-service --region "$region" --cluster "$cluster" --service "$service" --force-new-deployment \
    --query service.status --output text
  aws ecs wait services-stable --region "$region" --cluster "$cluster" --services "$service"
}

# What AWS calls a resource of a stack.
made() {
  cloudformation describe-stack-resource --stack-name "$1" --logical-resource-id "$2" --output text \
    --query StackResourceDetail.PhysicalResourceId
}

database() {
  local command=$1 name=$2
  shift 2
  aws rds "$command" --region "$region" --db-instance-identifier "$name" --output text "$@"
}

# A name is known a while after it was given.
wait_for_database() {
  until [[ $(database describe-db-instances "$1" --query 'DBInstances[0].DBInstanceStatus' 2>/dev/null) == available ]]; do
    sleep 15
  done
}

# A second database beside the first, with all that the first one has, as it was at RESTORE_TIME or as SNAPSHOT has it.
# RDS makes another password for its master.
restore_database() {
  local target=$database-restored same
  same=(
    --db-subnet-group-name "$(made "$data_stack" DatabaseSubnetGroup)"
    --db-parameter-group-name "$(made "$data_stack" DatabaseParameterGroup)"
    --vpc-security-group-ids "$(made "$url_stack" DatabaseSecurityGroup)"
    --master-user-secret-kms-key-id "alias/$database" "${restored_with[@]}"
  )
  if [[ -n ${SNAPSHOT-} ]]; then
    database restore-db-instance-from-db-snapshot "$target" --db-snapshot-identifier "$SNAPSHOT" "${same[@]}" >/dev/null
  else
    aws rds restore-db-instance-to-point-in-time --region "$region" --source-db-instance-identifier "$database" \
      --target-db-instance-identifier "$target" --restore-time "$RESTORE_TIME" "${same[@]}" >/dev/null
  fi
  wait_for_database "$target"
  same=("${modified_with[@]}")
  if [[ -n $monitored ]]; then
    same+=(--monitoring-role-arn "$(aws iam get-role --role-name "$(made "$data_stack" MonitoringRole)" --query Role.Arn --output text)")
  fi
  database modify-db-instance "$target" --apply-immediately "${same[@]}" >/dev/null
  sleep 15
  wait_for_database "$target"
  printf '%s is there; its address, and the secret of its master:\n' "$target"
  database describe-db-instances "$target" --query 'DBInstances[0].[Endpoint.Address, MasterUserSecret.SecretArn]'
}

# The restored database takes the name of the first, and with it the address. The secret of its master is another one,
# which the migration imports from the stack of the database: CloudFormation changes an export that nobody imports, so
# that the migration, which holds nothing, goes and comes back.
replace_database() {
  local runs runs_tag
  echo "$database-restored becomes $database, and that $database-before, if it is still there; $migration_stack is made anew"
  agree || fail 'nothing is changed'
  runs=$(parameter «tasks.digest_parameter») runs_tag=$(parameter «tag_parameter»)
  cloudformation delete-stack --stack-name "$migration_stack"
  cloudformation wait stack-delete-complete --stack-name "$migration_stack"
  if database describe-db-instances "$database" >/dev/null 2>&1; then
    rename_database "$database" "$database-before"
  fi
  rename_database "$database-restored" "$database"
  # CloudFormation looks at what it has made only where something changes, and a tag is enough.
  stack_tags=(--tags "restored=$(date -u +%Y-%m-%dT%H%M%SZ)")
  stacks deploy_data
  stack_tags=()
  digest=$runs tag=$runs_tag
  migrate
}

rename_database() {
  database modify-db-instance "$1" --new-db-instance-identifier "$2" --apply-immediately >/dev/null
  wait_for_database "$2"
}

# What the stack of the service was given.
parameter() {
  cloudformation describe-stacks --stack-name "$service_stack" --output text \
    --query "Stacks[0].Parameters[?ParameterKey == '$1'].ParameterValue | [0]"
}

deploy_data() {
  if [[ $1 == "$data_stack" ]]; then
    deploy_stack "$@"
  fi
}

// Makes the lines of `updates.txt` that stand behind `# service-spec` again:
//
//   npm install @aws-cdk/aws-service-spec@0.1.216 && node service-spec.mjs SCHEMAS >lines
//
// SCHEMAS is `cfnlint/data/schemas` of the unpacked wheel in requirements.txt. Printed is only what the CDK's service
// specification (Apache-2.0) says beyond AWS's schemas: properties that replace and that no schema lists.
import { readFileSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'x.js'));
const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec');
const schemas = process.argv[2];
const json = (...path) => JSON.parse(readFileSync(join(schemas, ...path), 'utf8'));

// These are in the specification from before AWS learnt to update them; its template reference of today says that they
// need no interruption.
const OUTDATED = [
  'AWS::EKS::Cluster ResourcesVpcConfig/SecurityGroupIds',
  'AWS::EKS::Cluster ResourcesVpcConfig/SubnetIds',
  'AWS::FSx::FileSystem LustreConfiguration/PerUnitStorageThroughput',
  'AWS::MediaLive::Channel InputAttachments/InputId',
  'AWS::MediaStore::Container CorsPolicy/AllowedMethods',
  'AWS::RDS::DBSecurityGroup DBSecurityGroupIngress/EC2SecurityGroupId',
  'AWS::RDS::DBSecurityGroup DBSecurityGroupIngress/EC2SecurityGroupName',
  'AWS::RDS::DBSecurityGroup DBSecurityGroupIngress/EC2SecurityGroupOwnerId',
];

const files = new Map();
for (const region of readdirSync(join(schemas, 'providers')).sort()) {
  if (/^(cn-|us-gov|us-iso|eu-iso|eusc|sam)/.test(region)) continue;
  for (const [type, file] of Object.entries(json('providers', region))) if (!files.has(type)) files.set(type, file);
}

const steps = (path) => path.replace(/^\/properties\//, '').split('/').filter((step) => step !== '*');
const within = (known, path) => known.length <= path.length && known.every((step, at) => step === path[at]);

const db = loadAwsServiceSpecSync();
const lines = [];
for (const resource of db.all('resource')) {
  const type = resource.cloudFormationType;
  if (!files.has(type)) continue;
  const schema = json('resources', `${files.get(type)}.json`);
  const always = (schema.createOnlyProperties ?? []).map(steps);
  const sometimes = (schema.conditionalCreateOnlyProperties ?? []).map(steps);
  const walk = (path, holder, seen) => {
    for (const [name, property] of Object.entries(holder.properties ?? {})) {
      const full = [...path, name];
      const says = property.causesReplacement;
      // What a schema says of the whole counts for its parts, where the specification is often older.
      const maybe = sometimes.some((k) => within(k, full) && (says === 'maybe' || k.length < full.length));
      const known = always.some((k) => within(k, full)) || maybe;
      // What replaces as a whole needs no word about its parts; inside, "maybe" is too vague to tell a reviewer.
      const counts = says === 'yes' || (says === 'maybe' && path.length === 0);
      if (counts && !known && !OUTDATED.includes(`${type} ${full.join('/')}`)) {
        lines.push(`${type} ${says === 'yes' ? 'replace' : 'may-replace'} ${full.join('/')}`);
      }
      if (says === 'yes') continue;
      for (const inner of [property.type, ...(property.previousTypes ?? [])]) visit(full, inner, seen);
    }
  };
  const visit = (path, type, seen) => {
    if (type?.type === 'ref') {
      const definition = db.get('typeDefinition', type.reference.$ref);
      if (!seen.includes(definition.name)) walk(path, definition, [...seen, definition.name]);
    } else if (type?.type === 'array' || type?.type === 'map') visit(path, type.element, seen);
    else if (type?.type === 'union') type.types.forEach((one) => visit(path, one, seen));
  };
  walk([], resource, []);
}
console.log([...new Set(lines)].sort().join('\n'));

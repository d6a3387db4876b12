// Compares `synth diff` with the CDK's own difference engine, on templates that registry packages carry.
//
//   npm install --no-save @aws-cdk/cloudformation-diff@2.187.5 @aws-cdk/aws-service-spec@0.1.216 yaml-cfn@0.3.2
//   node synth/tests/review-against-cdk.mjs target/release/synth FOLDER...
//
// FOLDER is anything with templates in it, such as an unpacked source package of cfn-lint or aws-sam-translator. Each
// template is changed a few dozen times, the same way in every run; both engines say what becomes of each resource;
// each disagreement is printed under the reason that explains it. Exit code 1 if one has no explanation.
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(join(process.cwd(), 'x.js'));
const { fullDiff } = require('@aws-cdk/cloudformation-diff');
const { loadAwsServiceSpecSync } = require('@aws-cdk/aws-service-spec');
const { yamlParse } = require('yaml-cfn');

const specification = loadAwsServiceSpecSync();
const loadResourceModel = (type) => specification.lookup('resource', 'cloudFormationType', 'equals', type)[0];

const [binary, ...folders] = process.argv.slice(2);
const MUTATIONS = Number(process.env.MUTATIONS ?? 24);

const files = (path) =>
  statSync(path).isDirectory()
    ? readdirSync(path).sort().flatMap((name) => files(join(path, name)))
    : /\.(ya?ml|json|template)$/.test(path) && statSync(path).size < 400_000 ? [path] : [];

function read(path) {
  const text = readFileSync(path, 'utf8');
  if (!text.includes('Resources') || !text.includes('AWS::')) return undefined;
  let template;
  try {
    template = text.trimStart().startsWith('{') ? JSON.parse(text) : yamlParse(text);
    // Dates and the like must be the same for both.
    template = JSON.parse(JSON.stringify(template));
  } catch {
    return undefined;
  }
  const resources = template?.Resources;
  const fine = resources && typeof resources === 'object' && !Array.isArray(resources)
    && Object.values(resources).every((r) => r && typeof r === 'object' && !Array.isArray(r) && typeof r.Type === 'string'
      && (r.Properties == null || (typeof r.Properties === 'object' && !Array.isArray(r.Properties))));
  return fine && Object.keys(resources).length > 0 ? template : undefined;
}

// A generator of numbers that gives the same in every run.
let state = 42;
const random = (n) => {
  state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
  return Math.floor((state / 2 ** 32) * n);
};
const pick = (list) => list[random(list.length)];

const isFunction = (value) => {
  const keys = value && typeof value === 'object' && !Array.isArray(value) ? Object.keys(value) : [];
  return keys.length === 1 && (keys[0] === 'Ref' || keys[0].startsWith('Fn::'));
};

const other = (value) => {
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'string') return value === 'true' ? 'false' : value === 'false' ? 'true' : `${value}x`;
  if (Array.isArray(value)) return value.length > 1 ? value.slice(1) : [...value, 'added'];
  if (value && typeof value === 'object') {
    if (isFunction(value)) return 'literal';
    const key = pick(Object.keys(value));
    return key === undefined ? { Added: 1 } : { ...value, [key]: other(value[key]) };
  }
  return 'set';
};

// Some value that holds no others, as the map or list that holds it and its key.
const leafOf = (root, fits = () => true) => {
  const found = [];
  const visit = (holder) => {
    for (const [key, value] of Object.entries(holder)) {
      if (value && typeof value === 'object' && !isFunction(value)) visit(value);
      else if (value !== null && fits(value)) found.push([holder, key]);
    }
  };
  visit(root);
  return pick(found) ?? [];
};
const leaf = (template, fits) => leafOf(pick(Object.values(template.Resources)).Properties ?? {}, fits);

const changes = {
  property(template) {
    const resource = pick(Object.values(template.Resources));
    const name = pick(Object.keys(resource.Properties ?? {}));
    if (name !== undefined) resource.Properties[name] = other(resource.Properties[name]);
  },
  remove(template) {
    const resource = pick(Object.values(template.Resources));
    const name = pick(Object.keys(resource.Properties ?? {}));
    if (name !== undefined) delete resource.Properties[name];
  },
  delete(template) {
    delete template.Resources[pick(Object.keys(template.Resources))];
  },
  add(template) {
    template.Resources.AddedTopic = { Type: 'AWS::SNS::Topic' };
  },
  rename(template) {
    const id = pick(Object.keys(template.Resources));
    template.Resources[`${id}Renamed`] = template.Resources[id];
    delete template.Resources[id];
  },
  policy(template) {
    pick(Object.values(template.Resources)).DeletionPolicy = pick(['Retain', 'Delete', 'RetainExceptOnCreate']);
  },
  nested(template) {
    const [holder, key] = leaf(template);
    if (holder) holder[key] = other(holder[key]);
  },
  swap(template) {
    const [a, b] = [pick(Object.keys(template.Resources)), pick(Object.keys(template.Resources))];
    [template.Resources[a], template.Resources[b]] = [template.Resources[b], template.Resources[a]];
  },
  type(template) {
    const resource = pick(Object.values(template.Resources));
    resource.Type = resource.Type === 'AWS::SNS::Topic' ? 'AWS::SQS::Queue' : 'AWS::SNS::Topic';
  },
  replace(template) {
    const found = Object.values(template.Resources).flatMap((resource) => {
      const known = loadResourceModel(resource.Type)?.properties ?? {};
      const names = Object.keys(resource.Properties ?? {}).filter((name) => known[name]?.causesReplacement === 'yes');
      return names.map((name) => [resource.Properties, name]);
    });
    const [properties, name] = pick(found) ?? [];
    if (properties) properties[name] = other(properties[name]);
  },
  updateReplacePolicy(template) {
    pick(Object.values(template.Resources)).UpdateReplacePolicy = pick(['Retain', 'Delete']);
  },
  dependsOn(template) {
    pick(Object.values(template.Resources)).DependsOn = pick(Object.keys(template.Resources));
  },
  mapping(template) {
    const [holder, key] = leafOf(template.Mappings ?? {});
    if (holder) holder[key] = other(holder[key]);
  },
  condition(template) {
    const name = pick(Object.keys(template.Conditions ?? {}));
    if (name !== undefined) template.Conditions[name] = { 'Fn::Not': [template.Conditions[name]] };
  },
  order(template) {
    const lists = [];
    const visit = (value) => {
      if (Array.isArray(value) && value.length > 1) lists.push(value);
      if (value && typeof value === 'object' && !isFunction(value)) Object.values(value).forEach(visit);
    };
    Object.values(template.Resources).forEach((resource) => visit(resource.Properties));
    pick(lists)?.reverse();
  },
  // The same values in other words.
  sub(template) {
    const [holder, key] = leaf(template, (value) => typeof value === 'string' && !value.includes('$'));
    if (holder) holder[key] = { 'Fn::Sub': holder[key] };
  },
  join(template) {
    const [holder, key] = leaf(template, (value) => typeof value === 'string');
    if (holder) holder[key] = { 'Fn::Join': ['', [holder[key]]] };
  },
  number(template) {
    const [holder, key] = leaf(template, (value) => typeof value === 'number' || typeof value === 'boolean');
    if (holder) holder[key] = String(holder[key]);
  },
  metadata(template) {
    pick(Object.values(template.Resources)).Metadata = { Changed: random(1000) };
  },
  parameter(template) {
    const name = pick(Object.keys(template.Parameters ?? {}));
    if (name !== undefined && template.Parameters[name]?.Default !== undefined) {
      template.Parameters[name].Default = other(template.Parameters[name].Default);
    }
  },
};

const WORDS = {
  NO_CHANGE: 'nothing', WILL_UPDATE: 'update', WILL_CREATE: 'create', WILL_REPLACE: 'replace',
  MAY_REPLACE: 'may-replace', WILL_DESTROY: 'delete', WILL_ORPHAN: 'retain',
};

function theirs(before, after) {
  const found = {};
  const diff = fullDiff(before, after);
  for (const id of diff.resources.logicalIds) found[id] = WORDS[diff.resources.get(id).changeImpact];
  return found;
}

// Why the two disagree, if it is known; the first that fits.
function explain(cdk, change, kind) {
  const sources = new Set((change?.changes ?? []).filter((c) => !c.path.startsWith('<')).flatMap((c) => c.reasons.map((r) => r.source)));
  const worst = (change?.changes ?? []).filter((c) => c.effect === change.verdict);
  const by = new Set(worst.flatMap((c) => c.reasons.map((r) => r.source)));
  const verdict = change?.verdict ?? 'nothing';
  if (cdk === 'delete' && verdict === 'snapshot') return 'AWS takes a snapshot (explicit policy, or the default of RDS); the CDK has no such word';
  if (cdk === 'update' && verdict === 'interrupt') return 'the CDK does not tell interruptions';
  if (verdict !== 'nothing' && by.has('user-guide')) return 'AWS\'s user guide tells in which cases; the CDK does not look at them';
  if (sources.has('transform')) return 'the CDK has every property of SAM\'s types as one that replaces; the types that SAM makes of them decide';
  if (verdict === 'nothing' && change === undefined && !['sub', 'join', 'number'].includes(kind)) return 'only a value that is null or AWS::NoValue comes or goes';
  if (verdict === 'may-delete') return 'a condition changes; the CDK does not look at what exists under it';
  if (by.has('parameter')) return 'the default of a parameter changes; the CDK does not follow it';
  if (by.has('condition')) return 'a condition or mapping changes; the CDK does not follow it';
  if (by.has('reference') || by.has('import')) return 'spreads through Sub, Join, If, a list, or may; or updates what refers; the CDK follows only Ref and GetAtt that stand alone, and only what surely replaces';
  if (cdk === 'nothing' && sources.has('unknown')) return 'a type or property that the CDK does not know counts there as no change';
  if (cdk === 'nothing' && verdict === 'update') return 'a change that the CDK counts as none';
  if (by.has('schema-create-only')) return 'AWS\'s schema says create-only: nested, or newer than the CDK\'s';
  if (by.has('schema-conditional')) return 'AWS\'s schema says conditionally create-only: nested, or newer than the CDK\'s';
  if (by.has('service-specification')) return 'nested in the CDK\'s own specification, which its diff reads at the top level only';
  if (verdict === 'nothing' && ['sub', 'join', 'number'].includes(kind)) return 'the same value in other words, which the CDK counts as a change';
  if (cdk === 'update' && verdict === 'nothing') return 'DependsOn: only an order, or values that CloudFormation resolves to the same';
  if (cdk === 'replace' && (change?.changes ?? []).some((c) => c.reasons.some((r) => r.source.startsWith('schema')))) {
    return 'the CDK replaces when any part of the property changes; AWS\'s schema lists another part';
  }
  return undefined;
}

const scratch = mkdtempSync(join(tmpdir(), 'review-'));
let pairs = 0, compared = 0, agreed = 0, templates = 0;
const reasons = new Map();
try {
  const tasks = [];
  for (const path of folders.flatMap(files)) {
    const template = read(path);
    if (!template) continue;
    templates += 1;
    for (let n = 0; n < MUTATIONS; n += 1) {
      const kind = n < Object.keys(changes).length ? Object.keys(changes)[n] : pick(['property', 'property', 'remove']);
      const after = structuredClone(template);
      changes[kind](after);
      if (Object.keys(after.Resources).length === 0) continue;
      tasks.push({ path, kind, before: template, after });
    }
  }
  mkdirSync(scratch, { recursive: true });
  for (const { path, kind, before, after } of tasks) {
    let cdk;
    try {
      cdk = theirs(before, after);
    } catch (error) {
      console.log(`the CDK fails on ${path}: ${String(error).split('\n')[0]}`);
      continue;
    }
    const [old, now] = [join(scratch, 'old.json'), join(scratch, 'new.json')];
    writeFileSync(old, JSON.stringify(before));
    writeFileSync(now, JSON.stringify(after));
    const review = JSON.parse(execFileSync(binary, ['diff', old, now, '--format', 'json'], { maxBuffer: 1 << 28 }));
    const ours = Object.fromEntries(review.resources.map((change) => [change.id, change]));
    pairs += 1;
    for (const id of new Set([...Object.keys(cdk), ...Object.keys(ours)])) {
      compared += 1;
      const [a, b] = [cdk[id] ?? 'nothing', ours[id]?.verdict ?? 'nothing'];
      if (a === b) {
        agreed += 1;
        continue;
      }
      const why = explain(a, ours[id], kind) ?? 'NOT EXPLAINED';
      const type = after.Resources[id]?.Type ?? before.Resources[id]?.Type;
      const at = (ours[id]?.changes ?? []).map((c) => c.path).slice(0, 3).join(' ');
      const line = `cdk ${a}, synth ${b}: ${type} ${at} (${kind}, ${path}, ${id})`;
      reasons.set(why, [...(reasons.get(why) ?? []), line]);
    }
  }
} finally {
  rmSync(scratch, { recursive: true, force: true });
}

for (const [why, lines] of [...reasons].sort((a, b) => b[1].length - a[1].length)) {
  console.log(`\n${lines.length} × ${why}`);
  const shown = process.env.ALL || why === 'NOT EXPLAINED' ? lines : lines.slice(0, 3);
  for (const line of shown) console.log(`  ${line}`);
}
const unexplained = reasons.get('NOT EXPLAINED')?.length ?? 0;
console.log(`\n${templates} templates, ${pairs} pairs, ${compared} resources: ${agreed} agree, ${compared - agreed - unexplained} explained, ${unexplained} not`);
process.exit(unexplained > 0 ? 1 : 0);

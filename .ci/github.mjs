// What GitHub's own parser and language service say of workflows.   usage: node github.mjs MODULES WORKFLOW.yml...
import { readFileSync } from "node:fs";
import { createRequire, register } from "node:module";
import { pathToFileURL } from "node:url";

const [modules, ...files] = process.argv.slice(2);
// The packages import JSON without saying so, which Node asks for.
const asJson = `export async function load(url, context, next) {
  return next(url, url.endsWith(".json") ? { ...context, importAttributes: { type: "json" } } : context);
}`;
register(`data:text/javascript,${encodeURIComponent(asJson)}`);
const root = createRequire(`${modules}/x.js`);
const load = async (name) => import(pathToFileURL(root.resolve(name)));
const resolve = async (name) => {
  const manifest = JSON.parse(readFileSync(`${modules}/node_modules/${name}/package.json`, "utf8"));
  const entry = manifest.exports?.["."]?.import ?? manifest.module ?? manifest.main ?? "dist/index.js";
  return import(pathToFileURL(`${modules}/node_modules/${name}/${typeof entry === "string" ? entry : entry.default}`));
};
const { parseWorkflow, convertWorkflowTemplate, NoOperationTraceWriter } = await resolve("@actions/workflow-parser");
const { validate } = await resolve("@actions/languageservice");
const { TextDocument } = await load("vscode-languageserver-textdocument");

const found = new Set();
for (const file of files) {
  const content = readFileSync(file, "utf8");
  const parsed = parseWorkflow({ name: file, content }, new NoOperationTraceWriter());
  for (const error of parsed.context.errors.getErrors()) found.add(`${file}: ${error.message}`);
  if (parsed.value) {
    const workflow = await convertWorkflowTemplate(parsed.context, parsed.value, undefined, { errorPolicy: 1 });
    for (const error of workflow.errors ?? []) found.add(`${file}: ${error.Message ?? error.message}`);
  }
  const document = TextDocument.create(pathToFileURL(file).href, "yaml", 1, content);
  for (const { severity, range, message } of await validate(document)) {
    if (severity === 1) found.add(`${file}:${range.start.line + 1}: ${message}`);
  }
}
for (const line of found) console.log(line);
console.log(`${files.length} workflows, ${found.size} errors`);
process.exit(found.size === 0 ? 0 : 1);

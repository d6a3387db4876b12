// Compares dashboards with the types of Grafana's own schema package.   usage: node grafana.mjs MODULES DASHBOARD.json...
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [modules, ...files] = process.argv.slice(2);
const ts = createRequire(`${modules}/x.js`)("typescript");
// JSON holds the plain values of enums, so every enum is taken for its values.
const plain = `type Plain<T> = T extends string ? \`\${T}\` : T extends number
  ? (\`\${T}\` extends \`\${infer N extends number}\` ? N : T)
  : T extends (infer I)[] ? Plain<I>[] : T extends object ? { [K in keyof T]: Plain<T[K]> } : T;`;
const before = `import type { Dashboard } from "@grafana/schema";\n${plain}\nexport const dashboard: Plain<Dashboard> =\n`;
const sources = new Map(files.map((file, index) => [`${modules}/dashboard${index}.ts`, before + readFileSync(file, "utf8")]));
const options = {
  strict: true, noEmit: true, skipLibCheck: true, types: [],
  target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler,
};
const host = ts.createCompilerHost(options);
const { getSourceFile, fileExists, readFile } = host;
host.getSourceFile = (name, language) =>
  sources.has(name) ? ts.createSourceFile(name, sources.get(name), language) : getSourceFile.call(host, name, language);
host.fileExists = (name) => sources.has(name) || fileExists.call(host, name);
host.readFile = (name) => sources.get(name) ?? readFile.call(host, name);
const program = ts.createProgram([...sources.keys()], options, host);
let errors = 0;
for (const [index, name] of [...sources.keys()].entries()) {
  for (const diagnostic of ts.getPreEmitDiagnostics(program, program.getSourceFile(name))) {
    errors += 1;
    console.log(`${files[index]}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, " ").slice(0, 300)}`);
  }
}
console.log(`${files.length} dashboards, ${errors} errors`);
process.exit(errors === 0 ? 0 : 1);

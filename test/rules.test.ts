import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { forbiddenImports, importCircles } from "./rules/imports.ts";
import * as shape from "./rules/shape.ts";
import { isTest, parseSource, readSources } from "./rules/source.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const src = readSources(root, ["src"]);
const all = [...src, ...readSources(root, ["test", "bench"])];
const code = src.filter((source) => !isTest(source));

test("there is something to look at", () => {
  expect(code.length).toBeGreaterThan(50);
  expect(code.flatMap((source) => source.imports).length).toBeGreaterThan(100);
});

describe("who may import whom", () => {
  test("every part imports only what the table of parts allows", () => {
    expect(forbiddenImports(src)).toEqual([]);
  });

  test.each([
    ["src/core/plan/read.ts", `import { fold } from "../status/fold.ts";`],
    ["src/core/words.ts", `export * from "./plan/plan.ts";`],
    ["src/core/status/fold.ts", `export type { Row } from "../../postgres/rows.ts";`],
    ["src/core/render/reply.ts", `import { createHash } from "node:crypto";`],
    ["src/core/render/reply.ts", `import { readFile } from "fs/promises";`],
    ["src/core/plan/read.ts", `import pg from "pg";`],
    ["src/core/plan/read.ts", `type Row = import("../../postgres/rows.ts").Row;`],
    ["src/core/plan/read.ts", `const lazy = () => import("../decide.ts");`],
    ["src/core/plan/read.ts", `const lazy = (name: string) => import(name);`],
    ["src/core/plan/read.ts", `import { sample } from "./sample.test.ts";`],
    ["src/core/loose.ts", `import { x } from "./words.ts";`],
    ["src/ports.ts", `import { unreachable } from "./core/words.ts";`],
    ["src/ports.ts", `import type { Plan } from "./core/plan/plan.ts";`],
    ["src/ports.ts", `import type { Pool } from "pg";`],
    ["src/flow.ts", `import { drain } from "./postgres/lanes.ts";`],
    ["src/flow.ts", `import { createHash } from "node:crypto";`],
    ["src/targets/check.ts", `import { drain } from "../flow.ts";`],
    ["src/github/app.ts", `import { connect } from "../postgres/connect.ts";`],
    ["src/github/app.ts", `import type { Pool } from "pg";`],
    ["src/postgres/connect.ts", `import { app } from "../github/app.ts";`],
    ["src/postgres/connect.ts", `import { Probot } from "probot";`],
    ["src/postgres/connect.ts", `import { drain } from "../flow.ts";`],
    ["src/postgres/connect.ts", `import { readSettings } from "../settings.ts";`],
    ["src/web/server.ts", `import { check } from "../cli/check.ts";`],
    ["src/web/server.ts", `import { connect } from "../postgres/connect.ts";`],
    ["src/cli/check.ts", `import { server } from "../web/server.ts";`],
    ["src/cli/check.ts", `import { run } from "./plankeeper.ts";`],
    ["src/cli/check.ts", `import { connect } from "../postgres/connect.ts";`],
    ["src/cli/check.ts", `import { start } from "../main.ts";`],
    ["src/sandbox/sandbox.ts", `import type { Sha } from "../core/words.ts";`],
    ["src/settings.ts", `import { now } from "./clock.ts";`],
    ["src/odds-and-ends.ts", `import { now } from "./clock.ts";`],
    ["src/web/server.ts", `import { freshDatabase } from "../../test/fresh-database.ts";`],
  ])("%s may not say %s", (path, text) => {
    expect(forbiddenImports([parseSource(path, text)])).toHaveLength(1);
  });

  test.each([
    ["src/core/status/fold.ts", `import { x } from "../plan/plan.ts"; import { z } from "zod"; import "./fold-state.ts";`],
    ["src/ports.ts", `import type { Fact } from "./core/words.ts";`],
    ["src/postgres/connect.ts", `import pg from "pg"; import { now } from "../clock.ts"; import { x } from "../core/status/derive.ts";`],
    ["src/main.ts", `import { connect } from "./postgres/connect.ts"; import { app } from "./github/app.ts";`],
    ["src/cli/plankeeper.ts", `import { connect } from "../postgres/connect.ts"; import { check } from "./check.ts";`],
    ["src/core/plan/read.test.ts", `import { readFile } from "node:fs/promises";`],
  ])("%s may say %s", (path, text) => {
    expect(forbiddenImports([parseSource(path, text)])).toEqual([]);
  });

  test("no files import each other in a circle", () => {
    expect(importCircles(code)).toEqual([]);
  });

  test("a circle is found, however long and if only types go round", () => {
    const files = [
      parseSource("src/a.ts", `import { b } from "./b.ts";`),
      parseSource("src/b.ts", `export * from "./deep/c.ts";`),
      parseSource("src/deep/c.ts", `import type { A } from "../a.ts";`),
      parseSource("src/d.ts", `import { a } from "./a.ts";`),
    ];
    expect(importCircles(files)).toEqual(["src/a.ts → src/b.ts → src/deep/c.ts → src/a.ts"]);
    expect(importCircles(files.slice(1))).toEqual([]);
  });
});

describe("how code is written", () => {
  const core = "src/core/plan/read.ts";
  const rules: readonly {
    readonly name: string;
    readonly rule: shape.Rule;
    readonly on: typeof src;
    readonly breaks: readonly [string, string][];
  }[] = [
    {
      name: "no file of src is longer than 300 lines, tests aside",
      rule: shape.shortFiles,
      on: code,
      breaks: [["src/long.ts", "export {};\n".repeat(301)]],
    },
    {
      name: "files are named in kebab-case and say what they hold",
      rule: shape.clearNames,
      on: all,
      breaks: [
        ["src/core/readPlan.ts", ""],
        ["src/Core/read.ts", ""],
        ["src/web/read_plan.test.ts", ""],
        ["src/web/date-utils.ts", ""],
        ["src/helpers/read.ts", ""],
        ["src/web/plan-service.test.ts", ""],
      ],
    },
    {
      name: "one file reads the environment",
      rule: shape.oneEnvironmentReader,
      on: src,
      breaks: [
        ["src/web/server.ts", "const port = process.env.PORT;"],
        ["src/web/server.ts", `const port = process["env"].PORT;`],
        ["src/web/server.ts", "const { env } = process;"],
        ["src/web/server.ts", `import { env } from "node:process";`],
      ],
    },
    {
      name: "one file reads the clock, and the sandbox has its own",
      rule: shape.oneClockReader,
      on: code,
      breaks: [
        ["src/web/server.ts", "const at = Date.now();"],
        ["src/web/server.ts", "const clock = { now: Date.now };"],
        ["src/web/server.ts", "const at = new Date();"],
        ["src/web/server.ts", "const at = Date();"],
      ],
    },
    {
      name: "nothing is `any`",
      rule: shape.noAny,
      on: all,
      breaks: [
        [core, "let x: any;"],
        [core, "function f(x: readonly any[]): void {}"],
        ["src/web/server.test.ts", "type Row = Record<string, any>;"],
      ],
    },
    {
      name: "types are proved, not asserted",
      rule: shape.noCasts,
      on: all,
      breaks: [
        [core, "const x = y as Plan;"],
        [core, "const x = <Plan>y;"],
        ["src/web/server.test.ts", "const x = y as unknown as Plan;"],
      ],
    },
    { name: "there are no enums", rule: shape.noEnums, on: all, breaks: [[core, "enum Colour { Red }"]] },
    {
      name: "what is exported has a name",
      rule: shape.noDefaultExports,
      on: all,
      breaks: [
        [core, "export default function read() {}"],
        [core, "const read = 1; export { read as default };"],
      ],
    },
    {
      name: "core is pure",
      rule: shape.pureCore,
      on: code,
      breaks: [
        [core, "async function f() {}"],
        [core, "const f = async () => 1;"],
        [core, "type Later = Promise<number>;"],
        [core, "const id = Math.random();"],
        [core, "setTimeout(f, 1);"],
        [core, "console.log(1);"],
        [core, "const hour = date.getHours();"],
        [core, "const day = new Date(2026, 0, 1);"],
        [core, "const text = date.toLocaleDateString();"],
        [core, "const bytes = Buffer.from(text);"],
      ],
    },
    {
      name: "the ports are types and nothing else",
      rule: shape.onlyTypes,
      on: code,
      breaks: [
        ["src/ports.ts", "export const limit = 3;"],
        ["src/ports.ts", `import { unreachable } from "./core/words.ts";`],
        ["src/ports.ts", "console.log(1);"],
      ],
    },
  ];

  test.each(rules)("$name", ({ rule, on }) => {
    expect(on.flatMap((source) => rule(source))).toEqual([]);
  });

  test.each(
    rules.flatMap(({ name, rule, breaks }) => breaks.map(([path, text]) => ({ name, rule, path, text: text.slice(0, 60), whole: text }))),
  )("$name: $path may not say $text", ({ rule, path, whole }) => {
    expect(rule(parseSource(path, whole)).length).toBeGreaterThan(0);
  });

  test("what only looks like a breach is none", () => {
    const fine = `
      const at = new Date(0);
      const stages = ["todo"] as const;
      const row = { process: 1, console: 2 };
      const names = [row.process, "any", "Date.now()"];
      // process.env is read elsewhere, and no Promise is made here
      const hours = at.getUTCHours();
      export type { stages };`;
    expect(rules.flatMap(({ rule }) => rule(parseSource(core, fine)))).toEqual([]);
  });
});

import { parseArgs } from "node:util";
import { driftSentence } from "../core/plan/drift.ts";
import { snapshotTable } from "../core/plan/snapshot.ts";
import type { CliCommand, CommandIo } from "./command.ts";
import { type Rendering, renderingOf, type Target } from "./rendering.ts";
import { replaceFile } from "./replace-file.ts";
import { unifiedDiff } from "./unified-diff.ts";
import { visible } from "./visible.ts";

const usage = "plankeeper render <plan> [--into <markdown file>] [--write] [--json]";

/**
 * Shows a plan as a table. Where a Markdown file has a block for it, shows as a diff what is to change there, and with `--write` writes it.
 * Exit 1 where the plan has an error, or its block cannot be brought up to date.
 */
export const render: CliCommand = {
  name: "render",
  summary: "show a plan as a table, and bring the table between PLAN:BEGIN and PLAN:END up to date",
  usage,
  async run(args, io) {
    const asked = readArguments(args);
    if ("wrong" in asked) return misused(asked.wrong, io);
    const rendering = await renderingOf(asked, io.cwd);
    if ("wrong" in rendering) return misused(rendering.wrong, io);
    if (asked.write && rendering.target === null) return misused("no file shows this plan; name one with --into", io);
    const hindrance = rendering.target === null ? null : await outcome(rendering, rendering.target, asked.write);
    if (asked.json) io.out(JSON.stringify(asJson(rendering, { hindrance, write: asked.write }), null, 2));
    else print(rendering, { hindrance, write: asked.write }, io);
    return hindrance !== null || rendering.problems.some(({ severity }) => severity === "error") ? 1 : 0;
  },
};

type Arguments = { readonly path: string; readonly into: string | null; readonly write: boolean; readonly json: boolean };

function readArguments(args: readonly string[]): Arguments | { readonly wrong: string } {
  try {
    const options = { into: { type: "string" }, write: { type: "boolean" }, json: { type: "boolean" } } as const;
    const { positionals, values } = parseArgs({ args: [...args], options, allowPositionals: true });
    const [path] = positionals;
    if (path === undefined || positionals.length > 1) return { wrong: "name one plan" };
    return { path, into: values.into ?? null, write: values.write === true, json: values.json === true };
  } catch (error) {
    return { wrong: error instanceof Error ? error.message : String(error) };
  }
}

function misused(complaint: string, io: CommandIo): number {
  io.err(`plankeeper render: ${visible(complaint)}\nusage: ${usage}`);
  return 2;
}

/** Writes the block where it is asked for; why it is not as it should be, null where it is. */
async function outcome({ problems }: Rendering, { file, before, after }: Target, write: boolean): Promise<string | null> {
  if (after.untouched !== null) return after.untouched;
  if (!write || after.text === before) return null;
  // A row that cannot be read is not in the plan, and would vanish from the table.
  const unread = problems.some(({ severity }) => severity === "error") && (after.drift?.extra.length ?? 0) > 0;
  if (unread) return "rows would go from it while the plan has errors";
  const replaced = await replaceFile(file, { before, after: after.text });
  return replaced === "written" ? null : `it is ${replaced}`.replace("it is changed", "it was changed");
}

type Outcome = { readonly hindrance: string | null; readonly write: boolean };

function print({ plan, shown, problems, target }: Rendering, { hindrance, write }: Outcome, { out, err }: CommandIo): void {
  for (const { path, line, column, severity, code, message } of problems.filter((one) => one.severity === "error"))
    err(visible(`${path}:${line}:${column} ${severity} ${code} ${message}`));
  if (target === null) out(snapshotTable(plan).trimEnd());
  else if (hindrance !== null) err(visible(`${target.shown} is not written: ${hindrance}`));
  else if (target.after.text === target.before) out(visible(`${target.shown} shows ${shown} as it is`));
  else if (!write) out(unifiedDiff(target.shown, { before: target.before, after: target.after.text }));
  else out(visible(`${target.shown} is brought up to date${driftOf(target, shown)}`));
}

const driftOf = ({ after: { drift } }: Target, plan: string): string => (drift === null ? "" : `: ${driftSentence(drift, plan)}`);

function asJson({ plan, shown, problems, target }: Rendering, { hindrance, write }: Outcome): object {
  const drift = target?.after.drift ?? null;
  const changed = target !== null && target.after.text !== target.before;
  return {
    plan: shown,
    into: target?.shown ?? null,
    table: snapshotTable(plan),
    drift: drift && {
      missing: drift.missing.map(({ id }) => id),
      extra: drift.extra.map(({ id }) => id),
      statuses: drift.restated.map(({ shown: row, planned }) => ({ id: planned.id, shown: row.status, planned: planned.status })),
    },
    diff: changed ? unifiedDiff(target.shown, { before: target.before, after: target.after.text }) : null,
    written: changed && write && hindrance === null,
    hindrance,
    problems: problems.map(({ suggestion, ...one }) => ({ ...one, suggestion: suggestion ?? null })),
  };
}

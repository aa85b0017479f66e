import { createHash, randomUUID } from "node:crypto";
import { link, mkdir, open, readFile, rm, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { z } from "zod";
import { Fault, type Step } from "../core/words.ts";
import { replaceFile } from "./replace-file.ts";

/** Which steps are done: for each plan, by its path, and each of its steps, by its name, the print of what the step was when it was done. */
export type StepMarks = Readonly<Record<string, Readonly<Record<string, string>>>>;

export type StepMark = { readonly plan: string; readonly step: string; readonly print: string };

const schema = z.strictObject({ version: z.literal(1), steps: z.record(z.string(), z.record(z.string(), z.string())) });

/** The print of a step's content: it changes with what is to be done, not with where the step stands. */
export function printOf({ title, tests, edits, verify, commit }: Step): string {
  return createHash("sha256")
    .update(JSON.stringify([title, tests, edits, verify, commit]))
    .digest("hex")
    .slice(0, 16);
}

/** The folder whose work is remembered together: the repository that a folder lies in, or the folder itself. */
export async function workFolder(folder: string): Promise<string> {
  for (let at = folder, above = dirname(at); ; at = above, above = dirname(at)) {
    if ((await stat(join(at, ".git")).catch(() => null)) !== null) return at;
    if (above === at) return folder;
  }
}

const stateFile = (folder: string): string => join(folder, ".plankeeper", "state.json");

/** The steps done so far; none where nothing is remembered. Throws a fault where the file that remembers them cannot be understood. */
export async function readMarks(folder: string): Promise<StepMarks> {
  const text = await textOf(stateFile(folder));
  return text === null ? {} : understood(text, stateFile(folder));
}

/**
 * Remembers steps as done. The file is replaced as a whole, so that an interruption leaves the old or the new one, and who else marks
 * steps meanwhile loses none. Throws a fault, and writes nothing, where the file cannot be understood or written.
 */
export async function addMarks(folder: string, marks: readonly StepMark[]): Promise<void> {
  const path = stateFile(folder);
  await mkdir(dirname(path), { recursive: true }).catch(failing(path));
  await withLock(`${path}.lock`, async () => {
    const before = await textOf(path);
    const steps = new Map(
      Object.entries(before === null ? {} : understood(before, path)).map(([plan, known]) => [plan, new Map(Object.entries(known))]),
    );
    for (const { plan, step, print } of marks) steps.set(plan, (steps.get(plan) ?? new Map<string, string>()).set(step, print));
    const sorted = Object.fromEntries([...steps].sort(byKey).map(([plan, known]) => [plan, Object.fromEntries([...known].sort(byKey))]));
    const after = `${JSON.stringify({ version: 1, steps: sorted }, null, 2)}\n`;
    if (before === null) return create(path, after);
    const replaced = await replaceFile(path, { before, after });
    if (replaced !== "written") throw new Fault(`${path} is not written: it is ${replaced}`, { next: { kind: "give-up" } });
  });
}

const byKey = ([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number => (a < b ? -1 : 1);

function understood(text: string, path: string): StepMarks {
  const why = (said: string): Fault =>
    new Fault(`${path} cannot be understood (${said}); mend it, or delete it to begin anew`, { next: { kind: "give-up" } });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw why("it is not JSON");
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data.steps;
  const [issue] = read.error.issues;
  throw why(issue === undefined ? "it has another form" : `${issue.path.map(String).join(".") || "the whole"}: ${issue.message}`);
}

async function textOf(path: string): Promise<string | null> {
  return readFile(path, "utf8").catch((cause: unknown) => (codeOf(cause) === "ENOENT" ? null : failing(path)(cause)));
}

/** A file that is there at once with all its text, or not at all. */
async function create(path: string, text: string): Promise<void> {
  const temporary = `${path}-${randomUUID()}.tmp`;
  try {
    await writeFile(temporary, text, { flag: "wx", flush: true });
    await link(temporary, path);
  } catch (cause) {
    failing(path)(cause);
  } finally {
    await rm(temporary, { force: true });
  }
}

const patience = 200;

async function withLock(lock: string, work: () => Promise<void>): Promise<void> {
  for (let tries = 1; ; tries += 1) {
    const file = await open(lock, "wx").catch((cause: unknown) => (codeOf(cause) === "EEXIST" ? null : failing(lock)(cause)));
    if (file !== null) {
      await file.close();
      break;
    }
    if (tries === patience)
      throw new Fault(`${lock} has stood for five seconds; delete it if no other plankeeper is at work`, { next: { kind: "give-up" } });
    await setTimeout(25);
  }
  try {
    await work();
  } finally {
    await rm(lock, { force: true });
  }
}

const codeOf = (cause: unknown): unknown => (cause instanceof Error && "code" in cause ? cause.code : null);

const failing =
  (path: string) =>
  (cause: unknown): never => {
    throw new Fault(`${path} cannot be read or written`, { cause, next: { kind: "give-up" } });
  };

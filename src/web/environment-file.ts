import { randomBytes } from "node:crypto";
import { constants } from "node:fs";
import { access, open, readFile, realpath, rename } from "node:fs/promises";
import { dirname } from "node:path";
import { Fault } from "../core/words.ts";

/** Why the file could not be written later, or null. Asked before an app is registered whose key would then be lost. */
export async function unwritable(path: string): Promise<string | null> {
  try {
    await access(dirname(path), constants.W_OK);
    await textOf(path);
    return null;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/**
 * Puts the values into a file of `NAME=value` lines: in place where a name stands already, else at the end; all other lines stay.
 * The file is replaced as a whole and only its owner can read it. Returns the names that had another value before.
 * Fault: where the new file was written but could not be put in place, its name is in the message, so that nothing is lost.
 */
export async function putIntoFile(path: string, values: Readonly<Record<string, string>>): Promise<readonly string[]> {
  const place = await realpath(path).catch(() => path);
  const { text, replaced } = withValues(await textOf(place), values);
  const next = `${place}.${randomBytes(6).toString("hex")}`;
  const file = await open(next, "wx", 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await rename(next, place);
  } catch (cause) {
    throw new Fault(`${place} could not be replaced; the new content is in ${next}`, { cause, next: { kind: "give-up" } });
  }
  return replaced;
}

/** The text with the values put in, and the names whose value was another one before. */
export function withValues(
  text: string,
  values: Readonly<Record<string, string>>,
): { readonly text: string; readonly replaced: readonly string[] } {
  const placed = new Set<string>();
  const replaced = new Set<string>();
  const lines = assignments(text).flatMap(({ name, value, lines }) => {
    const wanted = name === null ? undefined : values[name];
    if (name === null || wanted === undefined) return lines;
    if (value !== "" && value !== wanted) replaced.add(name);
    // The last line of a name is the one that counts, so a second one would undo the first.
    if (placed.has(name)) return [];
    placed.add(name);
    return [line(name, wanted)];
  });
  while (lines.at(-1) === "") lines.pop();
  const added = Object.entries(values).filter(([name]) => !placed.has(name));
  return { text: `${[...lines, ...added.map(([name, value]) => line(name, value))].join("\n")}\n`, replaced: [...replaced] };
}

type Assignment = { readonly name: string | null; readonly value: string; readonly lines: readonly string[] };

// A quoted value may go over several lines, and a line inside it can look like an assignment.
function assignments(text: string): readonly Assignment[] {
  const rest = text.split(/\r?\n/);
  const found: Assignment[] = [];
  for (let first = rest.shift(); first !== undefined; first = rest.shift()) {
    const [, name = null, written = ""] = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*)$/.exec(first) ?? [];
    const quote = /^["'`]/.exec(written)?.[0];
    const closing = quote === undefined || written.indexOf(quote, 1) !== -1 ? -1 : rest.findIndex((each) => each.includes(quote));
    const more = rest.splice(0, closing + 1);
    found.push({ name, value: unquoted([written, ...more].join("\n")), lines: [first, ...more] });
  }
  return found;
}

function unquoted(written: string): string {
  const quoted = /^(["'`])([\s\S]*?)\1/.exec(written);
  if (quoted !== null) return quoted[2] ?? "";
  return written.replace(/#.*$/, "").trim();
}

// Double quotes, with \n in place of line breaks: read alike by Node, Docker Compose and shells.
function line(name: string, value: string): string {
  return /^[\w.:/@-]*$/.test(value) ? `${name}=${value}` : `${name}="${value.trim().replaceAll(/\r?\n/g, "\\n")}"`;
}

async function textOf(path: string): Promise<string> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return "";
    throw error;
  }
}

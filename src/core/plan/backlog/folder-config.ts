import { isMap, isScalar, isSeq, parseDocument } from "yaml";
import type { FolderFile } from "../folder.ts";
import type { Report } from "../problem-list.ts";
import { readStatus, type StatusReading } from "../status-spelling.ts";
import { tooDeep } from "../yaml-depth.ts";

/** What `config.yml` says that matters here. */
export type FolderConfig = {
  /** Written by Backlog.md, and not by another tool that has a `config.yml`. */
  readonly own: boolean;
  /** The statuses of this folder, in their order. */
  readonly statuses: readonly string[];
  /** `BACK` of `BACK-12`. */
  readonly prefix: string;
  /** What a status means: as everywhere, else by its place in the list (the first is todo, the last completed). */
  readonly meaning: (written: string) => StatusReading | null;
};

const longest = 64 * 1024;
const usual = ["To Do", "In Progress", "Done"];

export const noConfig: FolderConfig = { own: false, ...configOf([], "TASK") };

/** A `config.yml` that is not readable is reported, and what a new folder has stands in for it. */
export function readFolderConfig(text: string, file: FolderFile, report: Report): FolderConfig {
  const yaml = text.slice(file.from, file.to);
  const wrong = (at: number, message: string): FolderConfig => {
    report("yaml-syntax", () => ({ at: file.from + at, message: `config.yml is not read: ${message}` }));
    return noConfig;
  };
  if (yaml.length > longest) return wrong(0, `it is longer than ${longest / 1024} KB`);
  if (tooDeep(yaml)) return wrong(0, "it is nested too deep");
  const { contents, errors } = parseDocument(yaml, { prettyErrors: false, stringKeys: true, uniqueKeys: false, logLevel: "error" });
  const [error] = errors;
  if (error !== undefined) return wrong(error.pos[0], error.message);
  if (!isMap(contents)) return noConfig;
  const statuses = contents.get("statuses", true);
  const prefix: unknown = contents.get("task_prefix");
  const words = isSeq(statuses) ? statuses.items.flatMap((item) => (isScalar(item) ? [String(item.value).trim()] : [])) : [];
  const own = isSeq(statuses) || typeof prefix === "string";
  return {
    own,
    ...configOf(
      words.filter((word) => word !== ""),
      typeof prefix === "string" ? prefix.toUpperCase() : "TASK",
    ),
  };
}

function configOf(written: readonly string[], prefix: string): Omit<FolderConfig, "own"> {
  const statuses = written.length === 0 ? usual : written;
  const own = new Map(statuses.map((word, index) => [word.toLowerCase(), byPlace(index, statuses.length)]));
  return { statuses, prefix, meaning: (word) => readStatus(word) ?? own.get(word.trim().toLowerCase()) ?? null };
}

function byPlace(index: number, length: number): StatusReading {
  return { status: index === 0 ? "todo" : index === length - 1 ? "completed" : "in-progress", recurring: false };
}

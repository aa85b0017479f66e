import type { PlannedMilestone } from "../../words.ts";
import { type FolderFile, mostFolderFiles, unpackFolder } from "../folder.ts";
import type { Refusal, Source } from "../formats/format.ts";
import { readDate } from "../iso-date.ts";
import type { Report } from "../problem-list.ts";
import { normalise } from "../token.ts";
import { criteriaOf } from "./criteria.ts";
import { type FolderConfig, noConfig, readFolderConfig } from "./folder-config.ts";
import { type FrontMatter, readFrontMatter } from "./front-matter.ts";
import { memberOf } from "./members.ts";
import { type TaskFile, textOf } from "./task-file.ts";

/** What the files of a folder hold, before their tasks are read. */
export type Folder = {
  readonly config: FolderConfig;
  readonly files: readonly FolderFile[];
  /** Files of `tasks/` before those of `completed/`, each by the numbers of their ids: of two with one id the first is the one at work. */
  readonly tasks: readonly TaskFile[];
  readonly tokens: ReadonlySet<string>;
  readonly milestones: readonly PlannedMilestone[];
  readonly criteria: { readonly open: number; readonly done: number };
};

// Reading YAML takes some 10 to 30 µs a line, and what is wrong in it takes longer to tell: these keep the worst text of 5 MB below 5 s.
const mostLines = 120_000;
const mostWrong = 100_000;

export function readFolder({ text, lines, report }: Source): Folder | { readonly refusal: Refusal } {
  const files = unpackFolder(text) ?? [];
  const refuse = (code: Refusal["code"], because: string) => ({ refusal: { code, at: 0, because, meant: false } });
  if (files.length > mostFolderFiles) return refuse("too-large", `the folder has more than ${mostFolderFiles} files`);
  const configFile = files.find((file) => memberOf(file.path) === "config");
  const config = configFile === undefined ? noConfig : readFolderConfig(text, configFile, report);
  const tasks: TaskFile[] = [];
  const milestones: PlannedMilestone[] = [];
  let read = 0;
  let wrong = 0;
  for (const file of files) {
    const kind = memberOf(file.path);
    if (kind === null || kind === "config") continue;
    const front = readFrontMatter(text, file);
    if (front === null) {
      if (kind !== "milestone") report("missing-id", () => ({ at: file.from, message: `${file.path} has no front matter with an id` }));
      continue;
    }
    read += lines.placeOf(front.end).line - 1;
    if (front.wrong !== null) wrong += front.end - front.from;
    if (read > mostLines) return refuse("too-large", `the folder has more than ${mostLines} lines of front matter`);
    if (wrong > mostWrong) return refuse("yaml-syntax", `the folder has more than ${mostWrong / 1000} KB of front matter that is no YAML`);
    if (front.wrong !== null) tellWrong(file, front.wrong, report);
    else if (kind === "milestone") milestones.push(...milestoneOf(front, lines.placeOf(front.from).line));
    else tasks.push({ file, front, completed: kind === "completed" });
  }
  if (!config.own && tasks.every((task) => idOf(task) === ""))
    return refuse("not-a-plan", "no file of the folder has front matter with an id");
  const boxes = tasks.map(({ file }) => criteriaOf(text, file));
  return {
    config,
    files,
    tasks: tasks.toSorted((a, b) => Number(a.completed) - Number(b.completed) || byNumbers(idOf(a), idOf(b))),
    tokens: new Set(tasks.map((task) => normalise(idOf(task)))),
    milestones,
    criteria: { open: boxes.reduce((sum, { open }) => sum + open, 0), done: boxes.reduce((sum, { done }) => sum + done, 0) },
  };
}

export const idOf = ({ front }: Pick<TaskFile, "front">): string => wordOf(front, "id");

const wordOf = (front: FrontMatter, key: string): string => {
  const entry = front.entries.get(key);
  return entry === undefined ? "" : textOf(entry.value).trim();
};

function tellWrong(file: FolderFile, { at, message }: NonNullable<FrontMatter["wrong"]>, report: Report): void {
  report("yaml-syntax", () => ({ at, message: `${file.path} is not read: ${message}` }));
}

function milestoneOf(front: FrontMatter, line: number): readonly PlannedMilestone[] {
  const [id, title] = [wordOf(front, "id"), wordOf(front, "title")];
  if (id === "" && title === "") return [];
  const date = (...keys: readonly string[]) =>
    keys.map((key) => readDate(wordOf(front, key))).find((day) => typeof day === "string") ?? null;
  return [
    {
      id: id || title,
      title: title || id,
      owner: null,
      start: date("planned_start"),
      due: date("due_date", "planned_end"),
      notes: null,
      line,
    },
  ];
}

/** `BACK-9` before `BACK-10`, `BACK-24.2` before `BACK-24.10`. */
function byNumbers(a: string, b: string): number {
  const [left, right] = [parts(a), parts(b)];
  for (let i = 0; i < Math.min(left.length, right.length); i += 1) {
    const [one = "", other = ""] = [left[i], right[i]];
    if (one === other) continue;
    const [m, n] = [Number(one), Number(other)];
    return Number.isNaN(m) || Number.isNaN(n) || m === n ? (one < other ? -1 : 1) : m - n;
  }
  return left.length - right.length;
}

const parts = (id: string): readonly string[] =>
  id
    .slice(0, 64)
    .toUpperCase()
    .match(/\d+|\D+/g) ?? [];

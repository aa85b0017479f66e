import type { Scope, Status } from "../../words.ts";
import type { Change, FormatEdit, NewTask } from "../change.ts";
import { normalise } from "../token.ts";
import type { Dialect, Home } from "./dialect.ts";
import { editEntries, type Kept } from "./edit-entries.ts";
import { ownWords } from "./own-words.ts";
import { type Entry, wordsOf } from "./record.ts";
import { type JsonArray, type JsonObject, memberOf } from "./tree.ts";

/** One list of tasks: a tag's, or where there are none the file's. */
export type Tag = { readonly name: string | null; readonly scope: Scope | null; readonly tasks: JsonArray; readonly within: JsonObject };

/** Writes changes as Task Master itself would: its words for statuses, numbers for ids where the file has numbers, sub-tasks in their task. */
export function editTaskMaster(kept: Kept, tags: readonly Tag[], changes: readonly Change[]): FormatEdit {
  const rows = kept.entries.map((entry) => entry.task).filter((task) => !/^(?:review|cancell?ed)$/i.test(task.writtenStatus));
  const [one] = kept.entries;
  const numbers = one?.fields.get("id")?.value.kind !== "string";
  const word = ownWords(rows, words);
  const dialect: Dialect = {
    order: ["id", "title", "description", "details", "testStrategy", "status", "dependencies", "priority", "complexity", "subtasks"],
    usual: { dependencies: "dependencies", priority: "priority" },
    texts: new Set(["description", "details", "testStrategy", "acceptanceCriteria"]),
    bare: { description: '""', details: '""', testStrategy: '""', dependencies: "[]", subtasks: "[]" },
    priority: "word",
    nested: "subtasks",
    status: (status) => ({ puts: [{ key: "status", text: JSON.stringify(word(status)) }], because: null }),
    dependency: (id, home) => dependencyValue(id, home, numbers),
    home: (task, { scope, after, find }) =>
      homeOf(task, { after, tag: tags.find((tag) => (tag.scope ?? kept.path) === scope), find: (id) => find(scope, normalise(id)) }),
  };
  return editEntries(kept, dialect, changes);
}

const words: Readonly<Record<Status, string>> = {
  todo: "pending",
  "in-progress": "in-progress",
  completed: "done",
  blocked: "blocked",
  deferred: "deferred",
};

type Around = { readonly after: Entry | null; readonly tag: Tag | undefined; readonly find: (id: string) => Entry | null };

function homeOf({ id }: NewTask, { after, tag, find }: Around): Home | string {
  if (tag === undefined) return "there is no such tag in this file";
  const dot = id.lastIndexOf(".");
  if (dot > 0) {
    const holder = find(id.slice(0, dot));
    if (holder === null) return `there is no task ${id.slice(0, dot)} that it could be a part of`;
    const list = memberOf(holder.object, "subtasks")?.value;
    const own = { within: holder.object, holder, id: id.slice(dot + 1), group: null };
    if (list?.kind !== "array") return { ...own, list: null, index: -1 };
    const index = after === holder ? -1 : after?.list === list ? after.index : list.items.length - 1;
    return { ...own, list, index };
  }
  let top = after;
  while (top?.holder) top = top.holder;
  return { list: tag.tasks, within: tag.within, holder: null, index: top?.index ?? tag.tasks.items.length - 1, id, group: null };
}

/** Whether an id in a sub-task's dependencies is that of a sub-task beside it, in the short form. */
export const isBeside = (id: string): boolean => /^\d{1,2}$/.test(id);

function dependencyValue(id: string, { list, holder }: Home, numbers: boolean): { readonly text: string } | { readonly because: string } {
  const ids = (list?.items ?? []).flatMap((item) => (item.kind === "object" ? [memberOf(item, "id")?.value] : []));
  if (holder !== null && (isBeside(id) || ids.some((one) => normalise(wordsOf(one)) === normalise(id))))
    return { because: `${id} would be read as ${holder.task.id}.${id}` };
  const numbered = ids.length === 0 ? numbers : ids.some((one) => one?.kind === "number");
  return { text: numbered && /^(?:0|[1-9]\d{0,14})$/.test(id) ? id : JSON.stringify(id) };
}

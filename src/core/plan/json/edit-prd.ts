import type { Status } from "../../words.ts";
import type { Change, FormatEdit, NewTask } from "../change.ts";
import { readStatusCell } from "../status-spelling.ts";
import type { Dialect, Home } from "./dialect.ts";
import { editEntries, type Kept } from "./edit-entries.ts";
import { ownWords } from "./own-words.ts";
import { type Entry, wordsOf } from "./record.ts";
import { flagOf } from "./stories.ts";

/** Writes changes into a list of stories. A status that is said by a flag and by a word is written in both, so that both stay true. */
export function editPrd(kept: Kept, changes: readonly Change[]): FormatEdit {
  const dialect: Dialect = {
    order: ["id", "title", "description", "acceptanceCriteria", "priority", "status", "passes", "notes"],
    usual: { notes: "notes", dependencies: "dependencies", priority: "priority" },
    texts: new Set(["description", "notes"]),
    bare: {},
    priority: "number",
    nested: "",
    status: statusesOf(kept.entries),
    dependency: (id) => ({ text: JSON.stringify(id) }),
    home: (task, { after }) => homeOf(task, after, kept),
  };
  return editEntries(kept, dialect, changes);
}

const words: Readonly<Record<Status, string>> = {
  todo: "pending",
  "in-progress": "in_progress",
  completed: "completed",
  blocked: "blocked",
  deferred: "deferred",
};

function statusesOf(entries: readonly Entry[]): Dialect["status"] {
  const flag = entries.map(({ object }) => flagOf(object)?.key).find((key) => key !== undefined);
  const word = entries.map(({ fields }) => fields.get("status")?.key).find((key) => key !== undefined);
  const rows = entries.flatMap(({ fields }) => {
    const written = wordsOf(fields.get("status")?.value).trim();
    const { reading } = readStatusCell(written);
    return reading === null ? [] : [{ ...reading, writtenStatus: written }];
  });
  const spelt = ownWords(rows, words);
  return (status, entry) => {
    const own = entry === null ? word : entry.fields.get("status")?.key;
    const ownFlag = entry === null ? flag : (flagOf(entry.object)?.key ?? (own === undefined ? flag : undefined));
    const byFlag = ownFlag !== undefined && (status === "completed" || status === "todo");
    const key = own ?? (byFlag ? undefined : (word ?? (flag === undefined ? "status" : undefined)));
    const raised = ownFlag === undefined ? [] : [{ key: ownFlag, text: String(status === "completed") }];
    if (key !== undefined) return { puts: [...raised, { key, text: JSON.stringify(spelt(status)) }], because: null };
    if (byFlag) return { puts: raised, because: null };
    return { puts: entry === null ? raised : [], because: `the file says of a story only whether ${flag} is true` };
  };
}

// Stories below another story are its parts, which nothing says of a new one.
function homeOf({ id, phase }: NewTask, after: Entry | null, { root, entries }: Kept): Home | string {
  let beside = after ?? entries.findLast((entry) => entry.holder === null && entry.group === (phase ?? null)) ?? entries.at(-1) ?? null;
  while (beside?.holder) beside = beside.holder;
  if (beside === null) return "the file has no list of stories";
  const { list, index, group } = beside;
  return { list, within: root, holder: null, index: after === null ? list.items.length - 1 : index, id, group };
}

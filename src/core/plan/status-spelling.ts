import { type Status, statuses } from "../words.ts";

export type StatusReading = { readonly status: Status; readonly recurring: boolean };

/**
 * Which status people mean by a spelling (`In Review`, `✅ Done`, `[x]`, `🕐`); null where none is known.
 * Case, an emoji before a word, a final dot, and `_`, `-`, space or apostrophe do not matter.
 */
export function readStatus(written: string): StatusReading | null {
  const text = written.trim();
  const box = /^\[(.)\]/u.exec(text);
  const behind = box === null ? text : text.slice(box[0].length);
  const word = behind.replace(/^[^\p{L}\p{N}]+/u, "");
  if (word !== "") return byWord.get(bare(word)) ?? null;
  if (box !== null) return byBox.get(box[1]?.toLowerCase() ?? "") ?? null;
  return byEmoji.get(text.replaceAll("\uFE0F", "")) ?? null;
}

/**
 * The status a table cell or a `Status:` line begins with: the spelling alone, or the spelling with a remark behind it
 * (`Done — 2025-10-16 — deployed`, `In Progress (backend)`). `remark` is what stands behind.
 */
export function readStatusCell(written: string): {
  readonly reading: StatusReading | null;
  readonly spelling: string;
  readonly remark: string;
} {
  // The spelling stands at the front; looking no further keeps a cell of spaces without end from costing its square.
  const front = written.trimStart().slice(0, 80);
  const cut = /\s+[—–-]+\s+|\s*[(;:,]/u.exec(front);
  const whole = readStatus(front);
  if (whole !== null || cut === null) return { reading: whole, spelling: written.trim(), remark: "" };
  const spelling = front.slice(0, cut.index);
  const remark = written.trimStart().slice(cut.index + cut[0].length);
  return { reading: readStatus(spelling), spelling, remark: (cut[0].endsWith("(") ? `(${remark}` : remark).trim() };
}

const bare = (word: string): string => word.toLowerCase().replace(/[\s_\-\u2010\u2011'’.]+/gu, "");

/** The spellings of each status: words, the letters of checkboxes (`[x]`), emoji. The reference page shows them. */
export const spellings: Readonly<
  Record<Status, { readonly words: readonly string[]; readonly boxes: string; readonly emojis: readonly string[] }>
> = {
  todo: {
    words: ["todo", "open", "planned", "pending", "not started", "backlog", "ready", "ready for dev", "queued", "proposed", "drafted"],
    boxes: " ",
    emojis: ["⬜", "🔲", "🕐"],
  },
  "in-progress": {
    words: ["in progress", "busy", "doing", "started", "wip", "review", "in review", "partial", "contexted"],
    boxes: "~>/",
    emojis: ["🟡", "🚧", "🔄", "🔬"],
  },
  completed: { words: ["completed", "complete", "done", "closed", "shipped", "merged"], boxes: "x", emojis: ["✅", "☑", "✔", "✓"] },
  blocked: { words: ["blocked", "on hold", "waiting"], boxes: "!", emojis: ["🔴", "⛔"] },
  deferred: {
    words: ["deferred", "cancelled", "canceled", "won't do", "wontfix", "won't fix", "skipped", "dropped", "optional", "postponed"],
    boxes: "-",
    emojis: [],
  },
};

const byWord = new Map<string, StatusReading>();
const byBox = new Map<string, StatusReading>();
const byEmoji = new Map<string, StatusReading>();
for (const status of statuses) {
  const { words, boxes, emojis } = spellings[status];
  const reading: StatusReading = { status, recurring: false };
  for (const word of words) byWord.set(bare(word), reading);
  for (const box of boxes) byBox.set(box, reading);
  for (const emoji of emojis) byEmoji.set(emoji, reading);
}
const forEver: StatusReading = { status: "in-progress", recurring: true };
for (const word of ["recurring", "ongoing"]) byWord.set(word, forEver);
byEmoji.set("🔁", forEver);
for (const key of ["passes", "done", "completed", "complete", "finished"]) {
  byWord.set(`${key}:true`, { status: "completed", recurring: false });
  byWord.set(`${key}:false`, { status: "todo", recurring: false });
}

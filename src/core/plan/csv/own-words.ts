import type { Status } from "../../words.ts";
import type { Field } from "../columns.ts";
import { ownSpelling, type Written } from "../own-spelling.ts";
import { readPriority } from "../priority.ts";
import type { CsvTable } from "./table.ts";
import { walk } from "./walk.ts";

/** How a file writes what has several spellings: statuses, the ranks of priorities, and what stands between two dependencies. */
export type OwnWords = {
  readonly status: (status: Status) => string;
  readonly priority: (rank: number) => string;
  readonly between: string;
};

/** `spellings` = how the file spells statuses. The rest is looked for when it is asked for: most edits are of a status. */
export function ownWords(table: CsvTable, spellings: readonly Written[]): OwnWords {
  let seen: Seen | null = null;
  const look = (): Seen => {
    seen ??= seenIn(table);
    return seen;
  };
  return {
    status: (status) => ownSpelling(status, spellings),
    priority: (rank) => look().priorities.get(rank) ?? inDressOf([...look().priorities.values()][0], rank),
    get between() {
      // A semicolon needs no quotes in a file of commas, nor a comma in the others.
      return look().between ?? (table.shape.delimiter === "," ? ";" : ",");
    },
  };
}

type Seen = { readonly priorities: ReadonlyMap<number, string>; readonly between: string | null };

function seenIn(table: CsvTable): Seen {
  const priorities = new Map<number, string>();
  let between: string | null = null;
  walk(table, (kind, { fields }, { columns }) => {
    if (kind !== "row") return;
    const cell = (field: Field): string => fields[columns.get(field) ?? -1]?.trim() ?? "";
    const written = cell("priority");
    const rank = written.length > 20 ? null : readPriority(written);
    if (typeof rank === "number" && !priorities.has(rank)) priorities.set(rank, written);
    between ??= /[\p{L}\p{N}]\s?([,;|])\s?[\p{L}\p{N}]/u.exec(cell("dependencies").slice(0, 200))?.[1] ?? null;
  });
  return { priorities, between };
}

const words = ["critical", "high", "medium", "low", "lowest"];

/** A rank as another one is written: `P2`, `2`, `medium`, `Medium`. */
function inDressOf(other: string | undefined, rank: number): string {
  const word = words[rank] ?? "";
  if (other === undefined || /^p\d/i.test(other)) return `${other?.charAt(0) ?? "P"}${rank}`;
  if (/^\d/.test(other)) return String(rank);
  return /^\p{Lu}/u.test(other) ? word.charAt(0).toUpperCase() + word.slice(1) : word;
}

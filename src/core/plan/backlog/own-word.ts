import type { Status } from "../../words.ts";
import type { DraftTask } from "../draft.ts";
import type { FolderConfig } from "./folder-config.ts";

/** How a folder spells a status: as most of its tasks do, else as its list does; null where neither has a word for it. */
export function ownWord(status: Status, config: FolderConfig, rows: readonly { readonly task: DraftTask }[]): string | null {
  const means = (word: string): boolean => {
    const reading = config.meaning(word);
    return reading?.status === status && !reading.recurring;
  };
  const counts = new Map<string, number>();
  for (const { task } of rows) {
    const { writtenStatus: word } = task;
    if (word !== "" && means(word)) counts.set(word, (counts.get(word) ?? 0) + 1);
  }
  const [most] = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1));
  const listed = config.statuses.filter(means);
  return most?.[0] ?? (status === "completed" ? listed.at(-1) : listed[0]) ?? null;
}

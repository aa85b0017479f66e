import { createHash } from "node:crypto";
import type { z } from "zod";
import { canonicalJson, type Fact, Fault, type Instant } from "../../../core/words.ts";
import type { EarlierText, PastKnown, PastPage, Reading, RepositoryAddress } from "../../../ports.ts";
import type { Answer, ReadCalls } from "../../calls.ts";

/** What a page is read with, and what it is a page of. `cursor` = where the page before it ended, null at the beginning. */
export type PageAsk = {
  readonly calls: ReadCalls;
  readonly at: RepositoryAddress;
  readonly appId: number;
  readonly cursor: unknown;
  readonly since: Instant;
  readonly known: PastKnown;
  readonly earlier: EarlierText;
};

export type Page = Omit<PastPage, "restUntil">;

export const nothingLeft: Page = { readings: [], cursor: null, items: 0, left: 0 };

/** Facts of the past as a reading. Its name is what it tells, so that the same page read twice is one row. */
export function pastReading(at: RepositoryAddress, facts: readonly Fact[]): readonly Reading[] {
  if (facts.length === 0) return [];
  const hash = createHash("sha256")
    .update(canonicalJson(facts.map(({ id }) => id)))
    .digest("hex");
  return [{ id: `past:${at.repository}:${hash.slice(0, 32)}`, kind: "told", body: { repository: at.repository, facts } }];
}

/** A cursor as this kind of page wrote it. One that it cannot read is of another edition: the kind is read from its beginning. */
export function cursorOf<T>(shape: z.ZodType<T>, cursor: unknown, first: T): T {
  return shape.safeParse(cursor).data ?? first;
}

/** About how many entries come after this page of a list. */
export function leftAfter({ more, pages }: Pick<Answer<unknown>, "more" | "pages">, page: number, size: number): number | null {
  if (!more) return 0;
  return pages === null ? null : (pages - page) * size;
}

/** What a list must have had: GitHub told us of the repository. */
export function present<T>(body: T | null, what: string): T {
  if (body === null) throw new Fault(`${what} is not there`, { next: { kind: "give-up" } });
  return body;
}

/** A time as GitHub reads it in a query. */
export const written = (at: Instant): string => new Date(at).toISOString().replace(/\.\d+Z$/, "Z");

/** One call after the other: GitHub asks for it, and what happens now must not meet a limit that the past has used up. */
export async function oneByOne<T, R>(items: readonly T[], work: (item: T) => Promise<R>): Promise<readonly R[]> {
  const done: R[] = [];
  for (const item of items) done.push(await work(item));
  return done;
}

import { readId } from "../task-id.ts";

/** The id that words begin with: as written, how far it reaches with the sign that sets it apart, and N where it is called `Task N`. */
export type WrittenId = { readonly id: string; readonly to: number; readonly number: string | null };

/**
 * The id in front of words: `AUTH-005 title`, `AUTH-005: title`, `[T1] title`, `Task 4 — title`, `Epic A: title` (then `Epic-A`).
 * `marked` = it is set off by bold, code, brackets or a link, so that it needs no number at its end.
 */
export function idInFront(words: string, marked: boolean): WrittenId | null {
  const called = /^(Task|Epic|Story)\s#?(\d{1,6}(?:\.\d{1,6}){0,3}|[A-Z](?![\p{L}\p{N}]))(?:\s?[—–:.)-]\s?|\s?$)/iu.exec(words);
  if (called !== null) return idOfCalled(called);
  const first = /^[[(]?([A-Za-z][\w.-]{0,63})(?:[\])]|(?=[\s:—–])|$)\s?(?:[:—–-]\s?)?/.exec(words);
  const id = first?.[1]?.replace(/[.:-]+$/, "") ?? "";
  if (first === null || !(isNumbered(id) || (marked && isNamed(id)))) return null;
  return { id, to: first[0].length, number: null };
}

function idOfCalled([whole, kind = "", written = ""]: RegExpExecArray): WrittenId | null {
  const task = kind.toLowerCase() === "task";
  if (task && !/^\d/.test(written)) return null;
  // Nobody could cite an id with a blank in it.
  return task ? { id: written, to: whole.length, number: written } : { id: `${kind}-${written}`, to: whole.length, number: null };
}

/** What `(ID: P1-AUTH-DB)` or `ID: x` in brackets names; null where it is no id. */
export function idInBrackets(words: string): string | null {
  const found = /^ID: ?(\S{1,64})$/i.exec(words);
  return found === null ? null : readId(found[1] ?? "");
}

// Standards, versions and kinds of papers stand in front of a sentence as ids do: `UTF-8 file names`, `ADR-12 is accepted`.
const notPrefixes = new Set(
  "UTF SHA MD AES RSA RS ISO IEC IEEE IEC EN DIN ANSI ECMA RFC PEP JEP CVE CWE GHSA ADR GPT CLAUDE GEMINI LLAMA JDK JAVA HTTP TLS SSL ES IP IPV UTC GMT COVID WCAG SOC PCI BASE X H ARM PYTHON NODE PHP TOP STEP PART PHASE DAY WEEK MONTH YEAR SPRINT STAGE LEVEL TIER OPTION SECTION CHAPTER FIGURE TABLE APPENDIX VERSION".split(
    " ",
  ),
);

const isNumbered = (id: string): boolean =>
  /^T\d{1,5}$/.test(id) ||
  (!/^[vq]\d/i.test(id) &&
    /^[A-Za-z][A-Za-z0-9]*(?:-[A-Za-z0-9]+){0,8}-\d{1,9}(?:\.\d{1,9}){0,3}$/.test(id) &&
    !notPrefixes.has(id.slice(0, id.indexOf("-")).toUpperCase()));

const isNamed = (id: string): boolean => /\d/.test(id) && /^[A-Z][A-Z0-9]*(?:-[A-Z0-9]+){1,8}$/.test(id);

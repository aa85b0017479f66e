/** What a key of BMAD's `development_status` names. Numbers without zero padding, parts joined by `.`: `epic-04-5` is epic 4.5. */
export type BmadKey =
  | { readonly kind: "epic"; readonly number: string; readonly title: string }
  | { readonly kind: "story"; readonly number: string; readonly title: string }
  /** `of` = the key of what is looked back on. */
  | { readonly kind: "retrospective"; readonly of: string; readonly title: string }
  | { readonly kind: "other"; readonly title: string };

/** Reads `epic-1`, `1-2-user-login`, `epic-1-retrospective`; any other key names a piece of work beside the epics. */
export function readBmadKey(key: string): BmadKey {
  const of = /^(.{1,200})-retrospective$/i.exec(key)?.[1];
  if (of !== undefined) return { kind: "retrospective", of, title: `Retrospective of ${epicTitle(of) ?? inWords(of).toLowerCase()}` };
  const title = epicTitle(key);
  if (title !== null) return { kind: "epic", number: plainNumber(key.slice(key.indexOf("-") + 1)), title };
  const [, number, slug] = /^(\d{1,4}[a-z]?(?:[-.]\d{1,4}[a-z]?(?![a-z\d]))+)[-.]?(.*)$/i.exec(key) ?? [];
  if (number === undefined || slug === undefined) return { kind: "other", title: inWords(key) };
  const plain = plainNumber(number);
  return { kind: "story", number: plain, title: slug === "" ? `Story ${plain}` : inWords(slug) };
}

/** The numbers that the epic of a story may have, the longest first: of `4.5.1` these are `4.5` and `4`. */
export function epicNumbers(story: string): readonly string[] {
  const parts = story.split(".");
  return parts.slice(1).map((_, index) => parts.slice(0, parts.length - 1 - index).join("."));
}

function epicTitle(key: string): string | null {
  const [, word, number] = /^(epic|sprint)-(\d{1,4}[a-z]?(?:[-.]\d{1,4}[a-z]?)*)$/i.exec(key) ?? [];
  return word === undefined || number === undefined ? null : `${capital(word.toLowerCase())} ${plainNumber(number)}`;
}

const plainNumber = (number: string): string => number.replaceAll("-", ".").replace(/(?<!\d)0+(?=\d)/g, "");

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);
const inWords = (slug: string): string => capital(slug.replace(/[-_\s]+/g, " ").trim());

import { z } from "zod";

/** What names a kind of thing in our own records, and what code reckons with: none of it is people's words. */
const ours = new Set([
  ...["kind", "status", "before", "after", "underneath", "code", "severity", "place", "verb", "stance", "rule", "web", "field", "least"],
  ...["fact", "timezone", "sha", "conclusion", "stage"],
]);
const dates = new Set(["start", "due", "completed"]);

/**
 * Makes copies of records in which every text is another one (the same text always the same), but what only our code can have written. So
 * a field that is added tomorrow is poisoned too. `dates` = also where a plan should have a date; `distinct` = no two of
 * them are taken for one, so that the records mean what they meant.
 */
export function poisoner(
  textFor: (index: number) => string,
  asked: { readonly dates?: boolean; readonly distinct?: boolean },
): <T>(value: T) => T {
  const known = new Map<string, string>();
  const textOf = (text: string, key: string): string => {
    const name = text === "" ? "" : (known.get(text) ?? textFor(known.size));
    known.set(text, name);
    // Ids of two tasks stay two.
    if (key !== "id" && key !== "token" && (asked.distinct !== true || name === "")) return name;
    const place = [...known.keys()].indexOf(text);
    const other = place % 2 === 0 ? `${name}${place}` : `${place}${name}`;
    return key === "token" ? other.replaceAll("#", "") : other;
  };
  const walk = (value: unknown, key: string): unknown => {
    if (typeof value === "string") {
      if (ours.has(key) || (dates.has(key) && asked.dates !== true)) return value;
      const [, kind = "", rest = ""] =
        (key === "key" ? /^([a-z]+:)(.*)$/ : key === "link" ? /^(tree\/)(.*)$/ : /^()(.*)$/s).exec(value) ?? [];
      return kind === "" && (key === "key" || key === "link") ? value : `${kind}${textOf(rest, key)}`;
    }
    if (Array.isArray(value)) return value.map((one) => walk(one, key === "dependencies" ? "token" : key));
    if (value instanceof Map) return new Map([...value].map(([name, one]) => [walk(name, "id"), walk(one, "")]));
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, walk(one, name)]));
  };
  return <T>(value: T): T => z.custom<T>().parse(walk(value, ""));
}

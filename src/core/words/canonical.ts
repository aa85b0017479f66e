/**
 * JSON in one form only: keys sorted by code unit, nothing between tokens, `undefined` members left out. Two values with the same
 * meaning give the same text, whichever process wrote them and whichever column they passed through.
 */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(sorted(value)) ?? "null";
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== "object") return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, member]) => [key, sorted(member)]),
  );
}

/** Whether two values have the same canonical JSON, found out without making it. */
export function sameJson(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (a === null || b === null || typeof a !== "object" || typeof b !== "object") return canonicalJson(a) === canonicalJson(b);
  if (Array.isArray(a) || Array.isArray(b))
    return Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((one, place) => sameJson(one, b[place]));
  const [members, others] = [membersOf(a), membersOf(b)];
  return members.size === others.size && [...members].every(([key, member]) => others.has(key) && sameJson(member, others.get(key)));
}

const membersOf = (value: object): ReadonlyMap<string, unknown> =>
  new Map(Object.entries(value).filter(([, member]) => member !== undefined));

/**
 * The same pure function, remembering its newest answers for long texts: a task is derived anew with every event that touches it, and
 * each time all texts that name it are read. Bounded by `characters` of text in all, the oldest forgotten first.
 */
export function remembered<T>(
  read: (text: string) => T,
  { from, characters }: { readonly from: number; readonly characters: number },
): (text: string) => T {
  const known = new Map<string, T>();
  let held = 0;
  return (text) => {
    if (text.length < from) return read(text);
    const before = known.get(text);
    if (before !== undefined) return before;
    const answer = read(text);
    known.set(text, answer);
    held += text.length;
    for (const oldest of known.keys()) {
      if (held <= characters || oldest === text) break;
      known.delete(oldest);
      held -= oldest.length;
    }
    return answer;
  };
}

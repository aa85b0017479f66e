const longest = 40;
const most = 1000;

/**
 * The same pure function, remembering its answers for short texts: the same few words (`todo`, `P1`, `4h`) stand in a hundred thousand rows.
 * Knows at most a thousand, and then begins anew.
 */
export function rememberedWords<T>(read: (written: string) => T): (written: string) => T {
  const known = new Map<string, T>();
  return (written) => {
    if (written.length > longest) return read(written);
    const before = known.get(written);
    if (before !== undefined) return before;
    if (known.size >= most) known.clear();
    const answer = read(written);
    known.set(written, answer);
    return answer;
  };
}

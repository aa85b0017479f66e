/** Lists of places in two arrays: those of place n stand in `to` from `first[n]` up to `first[n + 1]`. */
export type FlatLinks = { readonly first: Int32Array; readonly to: Int32Array };

/** Who follows each place, of lists of whom each follows. Ten thousand small arrays would cost more than all that is done with them. */
export function turnedRound(links: readonly (readonly number[])[]): FlatLinks {
  const first = new Int32Array(links.length + 1);
  for (const followed of links) for (const one of followed) first[one + 1] = (first[one + 1] ?? 0) + 1;
  for (let at = 0; at < links.length; at += 1) first[at + 1] = (first[at + 1] ?? 0) + (first[at] ?? 0);
  const to = new Int32Array(first[links.length] ?? 0);
  const next = first.slice();
  for (let at = 0; at < links.length; at += 1) {
    for (const one of links[at] ?? []) {
      to[next[one] ?? 0] = at;
      next[one] = (next[one] ?? 0) + 1;
    }
  }
  return { first, to };
}

/** Tells those that wait for nothing any more, now that one of those they wait for is over. */
export function release({ first, to }: FlatLinks, over: number, waiting: Int32Array, free: (place: number) => void): void {
  const end = first[over + 1] ?? 0;
  for (let at = first[over] ?? 0; at < end; at += 1) {
    const one = to[at] ?? 0;
    const left = (waiting[one] ?? 0) - 1;
    waiting[one] = left;
    if (left === 0) free(one);
  }
}

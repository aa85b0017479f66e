/** A binary heap of ranks: the least comes out first. J. W. J. Williams, "Algorithm 232: Heapsort", Comm. ACM 7 (1964). */
export type RankQueue = { readonly push: (rank: number) => void; readonly pop: () => number | undefined };

export function rankQueue(): RankQueue {
  const heap: number[] = [];
  const rankAt = (at: number): number => heap[at] ?? Number.POSITIVE_INFINITY;
  return { push, pop };

  function push(rank: number): void {
    let at = heap.push(rank) - 1;
    for (let above = (at - 1) >> 1; at > 0 && rankAt(above) > rank; above = (at - 1) >> 1) {
      heap[at] = rankAt(above);
      at = above;
    }
    heap[at] = rank;
  }

  function pop(): number | undefined {
    const [least, rank] = [heap[0], heap.pop()];
    if (rank === undefined || heap.length === 0) return least;
    let at = 0;
    for (let below = lesserChild(0); rankAt(below) < rank; below = lesserChild(at)) {
      heap[at] = rankAt(below);
      at = below;
    }
    heap[at] = rank;
    return least;
  }

  function lesserChild(at: number): number {
    const left = 2 * at + 1;
    return rankAt(left + 1) < rankAt(left) ? left + 1 : left;
  }
}

/**
 * Lets the contestants take turns, so that whatever else the machine is doing meets them all alike. Every second round goes backwards:
 * nobody always runs after the same one. A first round warms up and does not count.
 * @returns what each of them came to in each round: rounds in order, contestants in theirs.
 */
export async function inTurns<C, R>(
  contestants: readonly C[],
  rounds: number,
  run: (contestant: C) => Promise<R>,
): Promise<readonly (readonly R[])[]> {
  const results: (readonly R[])[] = [];
  for (let round = 0; round <= rounds; round += 1) {
    const backwards = round % 2 === 1;
    const came: R[] = [];
    for (const contestant of backwards ? contestants.toReversed() : contestants) came.push(await run(contestant));
    if (round > 0) results.push(backwards ? came.reverse() : came);
  }
  return results;
}

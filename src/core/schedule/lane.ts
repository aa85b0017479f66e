/** The time of one person: what lies between tasks is free, and all of it from `free` on. `rate` = which part of a working day he has. */
export type Lane = { readonly rate: number; readonly gaps: Span[]; free: number };
type Span = { readonly from: number; readonly to: number };

/** The first time from which the lane is free long enough. */
export function earliestIn({ gaps, free }: Lane, from: number, duration: number): number {
  for (let at = firstEndingAfter(gaps, from); at < gaps.length; at += 1) {
    const gap = gaps[at];
    const start = Math.max(gap?.from ?? from, from);
    if (gap !== undefined && start + duration <= gap.to) return start;
  }
  return Math.max(free, from);
}

/** Takes a time that `earliestIn` has found. */
export function takeIn(lane: Lane, start: number, duration: number): void {
  const finish = start + duration;
  if (start >= lane.free) {
    if (start > lane.free) lane.gaps.push({ from: lane.free, to: start });
    lane.free = finish;
    return;
  }
  const at = firstEndingAfter(lane.gaps, start);
  const gap = lane.gaps[at];
  if (gap === undefined) return;
  const left = [
    { from: gap.from, to: start },
    { from: finish, to: gap.to },
  ].filter(({ from, to }) => from < to);
  lane.gaps.splice(at, 1, ...left);
}

function firstEndingAfter(gaps: readonly Span[], time: number): number {
  let [low, high] = [0, gaps.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((gaps[middle]?.to ?? 0) > time) high = middle;
    else low = middle + 1;
  }
  return low;
}

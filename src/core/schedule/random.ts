/**
 * Random numbers that a name and a count decide, so that each task has a stream of its own: whatever else stands in the plan, its n-th
 * draw is the same. That makes the order of rows say nothing, and a plan before and after a change be compared under the same luck
 * ("common random numbers": A. M. Law, "Simulation Modeling and Analysis", chapter on variance reduction).
 *
 * SplitMix: G. L. Steele, D. Lea, C. H. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, in 32 bits: a counter that
 * walks by the golden ratio, and MurmurHash3's finalizer to mix it. Not for secrets.
 */
const golden = 0x9e3779b9;

/** MurmurHash3's 32-bit finalizer (A. Appleby, public domain): each bit of the input turns each bit of the output half of the time. */
export function mix32(value: number): number {
  let mixed = value ^ (value >>> 16);
  mixed = Math.imul(mixed, 0x85ebca6b);
  mixed ^= mixed >>> 13;
  mixed = Math.imul(mixed, 0xc2b2ae35);
  return (mixed ^ (mixed >>> 16)) >>> 0;
}

/** A seed of 32 bits that stands for some texts in their order. */
export function seedOf(...texts: readonly string[]): number {
  let seed = texts.length;
  for (const text of texts) {
    seed = mix32(seed + golden + text.length);
    for (let i = 0; i < text.length; i += 1) seed = mix32(seed ^ text.charCodeAt(i));
  }
  return seed;
}

/** The n-th number of a stream: evenly spread from 0 to below 1. */
export const draw = (seed: number, n: number): number => mix32(seed + Math.imul(n + 1, golden)) / 4_294_967_296;

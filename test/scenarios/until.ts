import { setTimeout } from "node:timers/promises";

const patience = 80_000;

/** Asks again and again until it holds. Asking has its price: without the pause it would take the processor from those who are to bring it about. */
export async function until(what: string, holds: () => boolean | Promise<boolean>): Promise<void> {
  const deadline = performance.now() + patience;
  while (!(await holds())) {
    if (performance.now() > deadline) throw new Error(`waited ${patience / 1000} s in vain until ${what}`);
    await setTimeout(20);
  }
}

import { Fault } from "./core/words.ts";

/** What the promise gives, or a Fault (retry) when it takes longer. The work itself goes on: only the waiting ends. */
export async function within<T>(milliseconds: number, work: Promise<T>, what: string): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new Fault(`${what} took longer than ${milliseconds} ms`, { next: { kind: "retry", at: null }, ambiguous: true }));
    }, milliseconds);
  });
  try {
    return await Promise.race([work, late]);
  } finally {
    clearTimeout(timer);
  }
}

/** A moment that one part of a test waits for and another brings about. */
export type Latch = { readonly opened: Promise<void>; open(): void };

export function latch(): Latch {
  let open = (): void => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open: () => open() };
}

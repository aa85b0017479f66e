import { type Answer, ok } from "./answer.ts";
import type { Asked } from "./asked.ts";

export type Slice = { readonly start: number; readonly end: number; readonly headers: Readonly<Record<string, string>> };

/** A page of a list, 30 entries unless asked for up to 100, with the `Link` header that leads on. */
export function page<T>(asked: Asked, items: readonly T[], render: (item: T) => unknown): Answer {
  const { start, end, headers } = sliceOf(asked, items.length);
  return ok(items.slice(start, end).map(render), headers);
}

export function sliceOf({ world, path, query }: Asked, total: number, usual = 30): Slice {
  const size = Math.min(whole(query.per_page, usual), 100);
  const number = whole(query.page, 1);
  const last = Math.max(1, Math.ceil(total / size));
  const link = (target: number, relation: string) => {
    const parameters = new URLSearchParams({ ...query, page: String(target) });
    return `<${world.url}${path}?${parameters}>; rel="${relation}"`;
  };
  const links = [
    ...(number > 1 ? [link(number - 1, "prev")] : []),
    ...(number < last ? [link(number + 1, "next"), link(last, "last")] : []),
    ...(number > 1 ? [link(1, "first")] : []),
  ];
  return { start: (number - 1) * size, end: number * size, headers: links.length > 0 ? { link: links.join(", ") } : {} };
}

function whole(text: string | undefined, otherwise: number): number {
  const value = Number(text);
  return Number.isInteger(value) && value > 0 ? value : otherwise;
}

import { dashClass, matchAt, wordClass } from "./characters.ts";
import { isIdShaped } from "./id-shapes.ts";

const mostIds = 20;

/** A task id as written in a command, with the words before `#` that say which of several tasks it is. */
export type CommandId = { readonly id: string; readonly scope: string | null; readonly written: string };

/** The task ids with which a command's arguments begin (`AUTH-005`, `#AUTH-005:`, `task 12`, `A-1, A-2 and A-3`), and what stands behind them. */
export function idsAtStart(rest: string): { readonly ids: readonly CommandId[]; readonly behind: string } {
  const ids: CommandId[] = [];
  let behind = rest;
  for (let next = idAt(rest); next !== null && ids.length < mostIds; next = idAt(behind)) {
    // Further ids need a joining word or comma, and a number: `/block A-1, third-party outage` blocks one task.
    if (ids.length > 0 && !(next.joined && /\d/.test(next.id))) break;
    ids.push({ id: next.id, scope: next.scope, written: next.scope === null ? next.id : `${next.scope}#${next.id}` });
    behind = behind.slice(next.length);
  }
  return { ids, behind: behind.trim() };
}

const joint = /\s*(?:,\s*(?:and\s+)?|&\s*|\+\s*|and\s+)/iy;
const opening = /(?:tasks?\s+)?[#([“"'‘]*/iy;
const idPattern = new RegExp(`[${wordClass}]+(?:[${dashClass}.][${wordClass}]+)*`, "uy");
const closing = /(?:[)\]”"'’:;.!?]+(?=[\s,]|$)|(?=[\s,]|$))/y;

const scopePattern = new RegExp(`[${wordClass}./#${dashClass}]*[${wordClass}]/?#(?=[${wordClass}])`, "uy");

function idAt(
  text: string,
): { readonly id: string; readonly scope: string | null; readonly length: number; readonly joined: boolean } | null {
  const before = matchAt(joint, text, 0) ?? /^\s*/.exec(text)?.[0] ?? "";
  const open = matchAt(opening, text, before.length) ?? "";
  const scope = matchAt(scopePattern, text, before.length + open.length);
  const start = before.length + open.length + (scope?.length ?? 0);
  const id = matchAt(idPattern, text, start);
  if (id === null || !isIdShaped(id, true)) return null;
  const close = matchAt(closing, text, start + id.length);
  return close === null
    ? null
    : { id, scope: scope?.slice(0, -1) ?? null, length: start + id.length + close.length, joined: before.trim() !== "" };
}

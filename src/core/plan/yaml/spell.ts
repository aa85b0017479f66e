import { spellScalar } from "../backlog/spell-scalar.ts";
import type { Text } from "./node.ts";

/** How a text is to be written: like a neighbour, or by itself. `flow` = between brackets or braces. */
export type Style = { readonly like: Text["style"]; readonly flow: boolean };

/**
 * A text as a YAML scalar of one line. It keeps the quotes of its neighbour; one that has none gets some only where it would read as
 * something else: as another text, or, for loaders that know types, as null, a truth or a number that is spelt otherwise.
 */
export function spell(value: string, { like, flow }: Style): string {
  if (like === "double") return spellScalar(value, '"');
  if (like === "single") return spellScalar(value, "'");
  return isPlain(value, flow) ? value : spellScalar(value, value.includes("'") ? '"' : "'");
}

function isPlain(value: string, flow: boolean): boolean {
  if (value === "" || value.trim() !== value || !/^[^\p{C}\p{Zl}\p{Zp}]*$/u.test(value)) return false;
  if (/^[-?:~,[\]{}#&*!|>'"%@`=<.]/.test(value) || /:(?: |$)| #/.test(value) || (flow && /[,[\]{}]/.test(value))) return false;
  return !/^(?:true|false|null|yes|no|on|off|y|n)$/i.test(value) && !/^[-+]?(?:0\d|\d[\d_]*(?:\.\d*0$|[:e_])|0[xob])/i.test(value);
}

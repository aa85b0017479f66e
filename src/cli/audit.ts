import { parseArgs } from "node:util";
import { z } from "zod";
import type { AuditEntry } from "../core/words.ts";
import type { CliCommand, CommandIo } from "./command.ts";

export type ChainProof = {
  readonly name: string;
  readonly entries: number;
  readonly broken: { readonly id: number; readonly why: string } | null;
};

export type ShownEntry = AuditEntry & { readonly id: number; readonly delivery: string | null; readonly hash: string };

/** What the command asks of the database. `show` answers null where there is no such repository. */
export type AuditLog = {
  prove(io: CommandIo): Promise<readonly ChainProof[]>;
  show(io: CommandIo, asked: { readonly repository: string | null; readonly last: number }): Promise<readonly ShownEntry[] | null>;
};

const usual = 50;
const usage = "plankeeper audit verify [--json] | plankeeper audit show [--repository owner/name] [--last N] [--json]";

/** `audit verify` proves the chain of every repository or names the first broken link; `audit show` lists the newest entries. */
export function auditBy(log: AuditLog): CliCommand {
  return {
    name: "audit",
    summary: "prove the audit log's chain (verify), or read it (show)",
    usage,
    async run(args, io) {
      const [what, ...rest] = args;
      const asked = optionsOf(rest);
      if (asked === null || (what !== "verify" && what !== "show")) {
        io.err(`plankeeper audit: say verify or show\nusage: ${usage}`);
        return 2;
      }
      return what === "verify" ? verify(log, io, asked.json) : show(log, io, asked);
    },
  };
}

type Asked = { readonly repository: string | null; readonly last: number; readonly json: boolean };

function optionsOf(args: readonly string[]): Asked | null {
  try {
    const options = { repository: { type: "string" }, last: { type: "string" }, json: { type: "boolean" } } as const;
    const { values } = parseArgs({ args: [...args], options });
    const last = values.last === undefined ? usual : Number(values.last);
    if (!Number.isInteger(last) || last < 1) return null;
    return { repository: values.repository ?? null, last, json: values.json ?? false };
  } catch {
    return null;
  }
}

async function verify(log: AuditLog, io: CommandIo, json: boolean): Promise<number> {
  const proofs = await log.prove(io);
  if (json) io.out(JSON.stringify(proofs));
  else if (proofs.length === 0) io.out("The audit log is empty.");
  else
    for (const { name, entries, broken } of proofs)
      io.out(
        broken === null
          ? `holds   ${name}: ${entries} entries`
          : `BROKEN  ${name}: at entry ${broken.id}, after ${entries} that hold: ${broken.why}`,
      );
  return proofs.every((proof) => proof.broken === null) ? 0 : 1;
}

async function show(log: AuditLog, io: CommandIo, asked: Asked): Promise<number> {
  const entries = await log.show(io, asked);
  if (entries === null) {
    io.err(`plankeeper audit: there is no repository ${JSON.stringify(asked.repository)}`);
    return 1;
  }
  for (const entry of entries) io.out(asked.json ? JSON.stringify(entry) : lineOf(entry));
  return 0;
}

function lineOf({ id, at, actor, action, entityId, before, after, cause }: ShownEntry): string {
  const time = new Date(at).toISOString().slice(0, 19).replace("T", " ");
  const why = cause === null ? "" : `  (${plain([cause.rule, cause.words, actor ?? ""].filter((part) => part !== "").join(", "))})`;
  return `${String(id).padStart(5)}  ${time}  ${action.padEnd(22)}  ${plain(entityId)}${changeOf(before, after)}${why}`;
}

function changeOf(before: unknown, after: unknown): string {
  const [from, to] = [statusIn(before), statusIn(after)];
  if (to === null) return countsIn(after);
  return from === null ? `: ${to}` : `: ${from} → ${to}`;
}

const imported = z.object({ tasks: z.number(), statuses: z.record(z.string(), z.number()) });

/** What a plan held at its first sight. */
function countsIn(after: unknown): string {
  const { data } = imported.safeParse(after);
  if (data === undefined) return "";
  const counts = Object.entries(data.statuses).flatMap(([status, count]) => (count === 0 ? [] : [`${count} ${status}`]));
  return `: ${data.tasks} tasks${counts.length === 0 ? "" : ` (${counts.join(", ")})`}`;
}

function statusIn(value: unknown): string | null {
  return typeof value === "object" && value !== null && "status" in value && typeof value.status === "string" ? value.status : null;
}

/** Words of people for a terminal: without control characters, which could write over what stands there. */
const plain = (text: string): string => text.replace(/\p{Cc}+/gu, " ").slice(0, 160);

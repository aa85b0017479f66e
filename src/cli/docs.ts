import { mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CliCommand, CommandIo } from "./command.ts";
import { configurationPage, configurationSchemaFile } from "./configuration-page.ts";
import {
  commandsPage,
  environmentPage,
  findingsPage,
  formatsPage,
  problemsPage,
  statusesPage,
  type VariableTexts,
} from "./reference-pages.ts";

export type DocsParts = { readonly environment: VariableTexts };

const folder = "docs/reference";
const usage = "plankeeper docs --write | --check";

/** The reference pages by file name, made from the registries of the code. */
export function referencePages({ environment }: DocsParts): Readonly<Record<string, string>> {
  return {
    "commands.md": commandsPage(),
    "configuration.md": configurationPage(),
    "environment.md": environmentPage(environment),
    "findings.md": findingsPage(),
    "formats.md": formatsPage(),
    "plankeeper.schema.json": configurationSchemaFile(),
    "problems.md": problemsPage(),
    "statuses.md": statusesPage(),
  };
}

/** Writes the reference pages below the working directory, or tells which of them are stale (exit 1). For people who change Plankeeper. */
export function docsOf(parts: DocsParts): CliCommand {
  return {
    name: "docs",
    summary: "write or check the reference pages in docs/reference (for work on Plankeeper itself)",
    usage,
    async run(args, io) {
      const [option, ...more] = args;
      if (more.length === 0 && option === "--write") return write(referencePages(parts), io);
      if (more.length === 0 && option === "--check") return checkPages(referencePages(parts), io);
      io.err(`usage: ${usage}`);
      return 2;
    },
  };
}

async function write(pages: Readonly<Record<string, string>>, io: CommandIo): Promise<number> {
  await mkdir(join(io.cwd, folder), { recursive: true });
  for (const [name, text] of Object.entries(pages)) await writeFile(join(io.cwd, folder, name), text);
  io.out(`${Object.keys(pages).length} pages are in ${folder}.`);
  return 0;
}

async function checkPages(pages: Readonly<Record<string, string>>, io: CommandIo): Promise<number> {
  const stale: string[] = [];
  for (const [name, text] of Object.entries(pages)) {
    const present = await readFile(join(io.cwd, folder, name), "utf8").catch(() => null);
    if (present !== text) stale.push(`${folder}/${name}`);
  }
  if (stale.length > 0) io.err(`Stale: ${stale.join(", ")}. \`npm run docs\` writes them anew.`);
  return stale.length > 0 ? 1 : 0;
}

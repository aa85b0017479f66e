import type { CliCommand, CommandIo } from "./command.ts";

/** `bringUpToDate` answers with the names of the migrations that were run now, and faults where the database cannot be reached or changed. */
export function migrateBy(bringUpToDate: (io: CommandIo) => Promise<readonly string[]>): CliCommand {
  const usage = "plankeeper migrate";
  return {
    name: "migrate",
    summary: "bring the database's schema up to date (the app does so itself when it starts)",
    usage,
    async run(args, io) {
      if (args.length > 0) {
        io.err(`plankeeper migrate: it takes no arguments\nusage: ${usage}`);
        return 2;
      }
      const done = await bringUpToDate(io);
      io.out(done.length === 0 ? "The database is up to date." : `The database is up to date now. Done: ${done.join(", ")}.`);
      return 0;
    },
  };
}

/** `npm run bench`: how fast receipt, drain and the way to the check run are. `-- receipt|drain|latency` runs one, `-- --json` prints a line of JSON each. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { benchDrain } from "./drain/drain.ts";
import { benchLatency } from "./latency/latency.ts";
import { type BenchPostgres, startPostgres } from "./postgres.ts";
import { benchReceipt } from "./receipt/receipt.ts";
import { describeDrain, describeLatency, describeReceipt } from "./report.ts";

type Outcome = { readonly figures: object; readonly lines: readonly string[] };

const benches: Readonly<Record<string, (postgres: BenchPostgres) => Promise<Outcome>>> = {
  receipt: async (postgres) => {
    const figures = await benchReceipt(postgres);
    return { figures, lines: describeReceipt(figures) };
  },
  drain: async (postgres) => {
    const figures = await benchDrain(postgres);
    return { figures, lines: describeDrain(figures) };
  },
  latency: async (postgres) => {
    const figures = await benchLatency(postgres);
    return { figures, lines: describeLatency(figures) };
  },
};

const asked = process.argv.slice(2).filter((argument) => argument !== "--json");
const asJson = process.argv.includes("--json");
const unknown = asked.filter((name) => !(name in benches));
if (unknown.length > 0) stop(`There is no bench ${unknown.join(", ")}. Benches: ${Object.keys(benches).join(", ")}.`);
await build();
await run(Object.entries(benches).filter(([name]) => asked.length === 0 || asked.includes(name)));
process.exit();

async function run(chosen: readonly (readonly [string, (postgres: BenchPostgres) => Promise<Outcome>])[]): Promise<void> {
  const interrupted = interruption();
  const postgres = await startPostgres();
  const environment = { node: process.version, cores: availableParallelism(), ...postgres.environment };
  try {
    if (!asJson)
      print(
        Object.entries(environment)
          .map(([name, value]) => `${name} ${value}`)
          .join(" · "),
      );
    for (const [bench, measure] of chosen) {
      const { figures, lines } = await Promise.race([measure(postgres), interrupted]);
      print(asJson ? JSON.stringify({ bench, environment, ...figures }) : `\n${bench}\n${lines.map((line) => `  ${line}`).join("\n")}`);
    }
  } finally {
    await postgres.close();
  }
}

/** Measured is what is built, so it is built from what is here. */
async function build(): Promise<void> {
  const [code] = await once(spawn("npm", ["run", "--silent", "build"], { stdio: ["ignore", 2, 2] }), "exit");
  if (code !== 0) stop("The build failed, so there is nothing to measure.");
}

/** Rejects on a signal, so that the server is stopped and its files are removed whenever that comes. */
function interruption(): Promise<never> {
  const interrupted = new Promise<never>((_, reject) => {
    for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => reject(new Error(`ended by ${signal}`)));
  });
  interrupted.catch(() => undefined);
  return interrupted;
}

function print(text: string): void {
  process.stdout.write(`${text}\n`);
}

function stop(message: string): never {
  process.stderr.write(`${message}\n`);
  process.exit(1);
}

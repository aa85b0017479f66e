/**
 * `npm run bench`: how fast receipt, drain, the way to the check run, reading and editing plans, and the impact of a pull request are, whether the
 * cost of a delivery follows what it changes, and how often GitHub is called. `-- receipt|drain|derive|latency|calls|plan|impact` runs one,
 * `-- --json` prints a line of JSON each. Ends with 1 where a bench that says so missed its aim.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { availableParallelism } from "node:os";
import { benchCalls } from "./calls/calls.ts";
import { benchDerive } from "./derive/derive.ts";
import { benchDrain } from "./drain/drain.ts";
import { benchImpact } from "./impact/impact.ts";
import { benchLatency } from "./latency/latency.ts";
import { benchPlan } from "./plan/plan.ts";
import { type BenchPostgres, startPostgres } from "./postgres.ts";
import { benchReceipt } from "./receipt/receipt.ts";
import { describeCalls, describeDerive, describeDrain, describeImpact, describeLatency, describePlan, describeReceipt } from "./report.ts";

type Outcome = { readonly figures: object; readonly lines: readonly string[]; readonly missed?: readonly string[] };

type Bench = (postgres: BenchPostgres) => Promise<Outcome>;

const benches: Readonly<Record<string, Bench>> = {
  receipt: async (postgres) => {
    const figures = await benchReceipt(postgres);
    return { figures, lines: describeReceipt(figures) };
  },
  drain: async (postgres) => {
    const figures = await benchDrain(postgres);
    return { figures, lines: describeDrain(figures) };
  },
  derive: async (postgres) => {
    const figures = await benchDerive(postgres);
    return { figures, lines: describeDerive(figures) };
  },
  latency: async (postgres) => {
    const figures = await benchLatency(postgres);
    return { figures, lines: describeLatency(figures) };
  },
  calls: async (postgres) => {
    const figures = await benchCalls(postgres);
    return { figures, lines: describeCalls(figures), missed: figures.missed };
  },
};

/** Those that need nothing but the code. */
const pureBenches: Readonly<Record<string, () => Promise<Outcome>>> = {
  plan: async () => {
    const figures = await benchPlan();
    return { figures, lines: describePlan(figures) };
  },
  impact: async () => {
    const figures = await benchImpact();
    return { figures, lines: describeImpact(figures) };
  },
};

const asked = process.argv.slice(2).filter((argument) => argument !== "--json");
const asJson = process.argv.includes("--json");
const names = [...Object.keys(benches), ...Object.keys(pureBenches)];
const unknown = asked.filter((name) => !names.includes(name));
if (unknown.length > 0) stop(`There is no bench ${unknown.join(", ")}. Benches: ${names.join(", ")}.`);
const isAsked = ([name]: readonly [string, unknown]): boolean => asked.length === 0 || asked.includes(name);
const interrupted = interruption();
const machine = { node: process.version, cores: availableParallelism() };
const [chosen, pure] = [Object.entries(benches).filter(isAsked), Object.entries(pureBenches).filter(isAsked)];
if (chosen.length > 0) await runWithPostgres(chosen);
if (pure.length > 0) tellEnvironment(machine);
for (const [bench, measure] of pure) tell(bench, machine, await Promise.race([measure(), interrupted]));
process.exit();

async function runWithPostgres(all: readonly (readonly [string, Bench])[]): Promise<void> {
  await build();
  const postgres = await startPostgres();
  const environment = { ...machine, ...postgres.environment };
  try {
    tellEnvironment(environment);
    for (const [bench, measure] of all) tell(bench, environment, await Promise.race([measure(postgres), interrupted]));
  } finally {
    await postgres.close();
  }
}

function tellEnvironment(environment: object): void {
  if (asJson) return;
  print(
    Object.entries(environment)
      .map(([name, value]) => `${name} ${value}`)
      .join(" · "),
  );
}

function tell(bench: string, environment: object, { figures, lines, missed = [] }: Outcome): void {
  if (missed.length > 0) process.exitCode = 1;
  print(asJson ? JSON.stringify({ bench, environment, ...figures }) : `\n${bench}\n${lines.map((line) => `  ${line}`).join("\n")}`);
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

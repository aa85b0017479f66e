import type { Reporter, TestModule } from "vitest/node";

/** Ends a run with one plain line that any reader, person or machine, understands: `512 passed, 0 failed`. */
export class ClosingLine implements Reporter {
  onTestRunEnd(modules: readonly TestModule[]): void {
    const tests = modules.flatMap((module) => [...module.children.allTests()]);
    const count = (state: string) => tests.filter((test) => test.result().state === state).length;
    const broken = modules.filter((module) => module.state() === "failed" && module.errors().length > 0).length;
    const skipped = count("skipped");
    process.stdout.write(`\n${count("passed")} passed, ${count("failed") + broken} failed${skipped === 0 ? "" : `, ${skipped} skipped`}\n`);
  }
}

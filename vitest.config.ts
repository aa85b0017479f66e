import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/closing-line.ts";

export default defineConfig({
  test: {
    // One file a core: what a story waits for are other processes.
    maxWorkers: "100%",
    reporters: ["default", new ClosingLine()],
    projects: [
      // Generous limits: machines are shared, and no test asserts how long anything takes.
      { test: { name: "pure", include: ["src/core/**/*.test.ts"], setupFiles: ["test/fuzz.ts"], testTimeout: 120_000 } },
      { test: { name: "rules", include: ["test/rules.test.ts", "test/docs.test.ts"], testTimeout: 120_000 } },
      {
        test: {
          name: "world",
          include: ["src/{github,postgres,web,cli,sandbox}/**/*.test.ts", "src/*.test.ts", "test/{scenarios,contracts}/**/*.test.ts"],
          globalSetup: ["test/database.ts", "test/built-app.ts"],
          setupFiles: ["test/fuzz.ts"],
          testTimeout: 180_000,
          hookTimeout: 180_000,
        },
      },
    ],
  },
});

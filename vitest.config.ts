import { defineConfig } from "vitest/config";
import { ClosingLine } from "./test/closing-line.ts";

export default defineConfig({
  test: {
    reporters: ["default", new ClosingLine()],
    projects: [
      { test: { name: "pure", include: ["src/core/**/*.test.ts"] } },
      { test: { name: "rules", include: ["test/rules.test.ts", "test/docs.test.ts"], testTimeout: 60_000 } },
      {
        test: {
          name: "world",
          include: ["src/{github,postgres,web,cli,sandbox}/**/*.test.ts", "src/*.test.ts", "test/{scenarios,contracts}/**/*.test.ts"],
          globalSetup: ["test/database.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
});

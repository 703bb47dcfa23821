import { fileURLToPath } from "node:url";
import { defineConfig } from "vitest/config";

export default defineConfig({
  resolve: { alias: { "@": fileURLToPath(new URL(".", import.meta.url)) } },
  test: {
    include: ["{lib,jobs,app}/**/*.test.{ts,tsx}", "*.test.ts"],
    globalSetup: ["lib/testing/global-setup.ts"],
    setupFiles: ["lib/testing/setup.ts"],
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // What is awaited comes within milliseconds; a busy machine may take its time.
    expect: { poll: { timeout: 20_000 } },
    maxWorkers: 2,
    coverage: {
      provider: "v8",
      include: ["lib/**/*.ts", "jobs/**/*.ts"],
      exclude: ["lib/db/generated/**", "{lib,jobs}/testing/**", "**/*.test.ts"],
      reporter: ["text-summary", "json-summary"],
      thresholds: { lines: 85, statements: 85 },
    },
  },
});

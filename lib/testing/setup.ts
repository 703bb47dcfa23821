import { afterEach, expect, vi } from "vitest";
// As every process has it by lib/env.ts.
import "@/lib/core/plain-words";

// A test that writes to console.error or console.warn hides a fault: it fails.
const consoleError = vi.spyOn(console, "error");
const consoleWarn = vi.spyOn(console, "warn");

afterEach(() => {
  const calls = [...consoleError.mock.calls, ...consoleWarn.mock.calls];
  consoleError.mockClear();
  consoleWarn.mockClear();
  expect(calls, "the test wrote to console.error or console.warn").toEqual([]);
});

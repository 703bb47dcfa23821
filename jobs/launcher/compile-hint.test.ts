import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { hintCompilation } from "./compile-hint";

test("every script begins with the hint once, and nothing else is touched", async () => {
  const folder = await mkdtemp(join(tmpdir(), "watchkeeper-chunks-"));
  await mkdir(join(folder, "pages"));
  await writeFile(join(folder, "one.js"), "let one = 1;");
  await writeFile(join(folder, "pages/two.js"), '"use strict";\nlet two = 2;');
  await writeFile(join(folder, "look.css"), "a{}");
  expect(await hintCompilation(folder)).toBe(2);
  expect(await hintCompilation(folder)).toBe(0);
  expect(await readFile(join(folder, "one.js"), "utf8")).toBe("//# allFunctionsCalledOnLoad\nlet one = 1;");
  expect(await readFile(join(folder, "pages/two.js"), "utf8")).toMatch(/^\/\/# \S+\n"use strict";\n/);
  expect(await readFile(join(folder, "look.css"), "utf8")).toBe("a{}");
  await rm(folder, { recursive: true });
});

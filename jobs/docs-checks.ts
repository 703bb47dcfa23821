import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describeTypes } from "@/lib/checks/describe-types";
import { CHECK_TYPES } from "@/lib/checks/registry";
import { ROOT } from "./root";

/** Writes docs/checks.md from the kinds of checks: `npm run docs:checks`. */
await writeFile(join(ROOT, "docs/checks.md"), describeTypes(CHECK_TYPES));

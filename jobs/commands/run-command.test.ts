import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, afterEach, beforeEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { clearAudit, withoutGuards } from "@/lib/testing/clear-audit";
import { createTestContext } from "@/lib/testing/test-context";
import { refusedPort } from "@/lib/testing/servers";
import packageJson from "../../package.json" with { type: "json" };
import { takeLock } from "../launcher/lock-file";
import { formatTable } from "./format-table";
import { exitCodeOf } from "./health-check";
import { COMMANDS } from "./index";
import { runCommand } from "./run-command";

const context = await createTestContext();
const dataDir = await mkdtemp(join(tmpdir(), "watchkeeper-cli-"));
afterAll(() => rm(dataDir, { recursive: true, force: true }));

let out = "";
let err = "";
beforeEach(() => {
  out = "";
  err = "";
  vi.spyOn(process.stdout, "write").mockImplementation((text) => ((out += String(text)), true));
  vi.spyOn(process.stderr, "write").mockImplementation((text) => ((err += String(text)), true));
  vi.stubEnv("DATABASE_URL", context.databaseUrl);
  vi.stubEnv("DATA_DIR", dataDir);
  vi.stubEnv("NODE_ENV", "test");
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

describe("health-check", () => {
  test("shows every check in a table and ends with the worst one's code", async () => {
    const { syncFileChecks } = await import("@/lib/checks/sync-file-checks");
    await syncFileChecks(context);
    // No worker runs here, so the queue and the schedule fail: that is what it must say.
    expect(await runCommand(["health-check"])).toBe(2);
    const [head = "", ...rows] = out.trim().split("\n");
    expect(head).toMatch(/^STATUS +CHECK +SUMMARY +TOOK +MESSAGE$/);
    expect(rows.join("\n")).toMatch(/^(ok|warning) +Cache/m);
    expect(rows.join("\n")).toMatch(/^failed +Scheduler .*The scheduler has never ticked/m);
  });

  test("--json is for programs", async () => {
    expect(await runCommand(["health-check", "--json"])).toBe(2);
    const { items } = JSON.parse(out);
    expect(items).toContainEqual(
      expect.objectContaining({ key: "cache", type: "cache", status: expect.stringMatching(/^(ok|warning)$/) }),
    );
  });

  test.each([
    [[], 0],
    [["ok", "skipped"] as const, 0],
    [["ok", "warning"] as const, 1],
    [["warning", "crashed"] as const, 2],
  ])("%j ends with %d", (statuses, code) => expect(exitCodeOf(statuses)).toBe(code));
});

describe("metrics-anomalies", () => {
  const file = join(dataDir, "series.csv");

  test("scores a CSV, and needs no database for it", async () => {
    vi.stubEnv("DATABASE_URL", "postgresql://127.0.0.1:1/none");
    await writeFile(file, "timestamp,value\n2026-01-05 00:00:00,1\n2026-01-05 00:05:00,2\n");
    expect(await runCommand(["metrics-anomalies", file])).toBe(0);
    expect(out).toBe("timestamp,value,anomaly_score\n2026-01-05 00:00:00,1,0.000000\n2026-01-05 00:05:00,2,0.000000\n");
  });

  test.each([
    [[], 2, "Name one file.\nUsage: npm run metrics:anomalies -- FILE"],
    [["a.csv", "b.csv"], 2, "Name one file."],
    [["/nowhere.csv"], 1, "/nowhere.csv can't be read: ENOENT"],
  ])("%j ends with %d", async (args, code, message) => {
    expect(await runCommand(["metrics-anomalies", ...args])).toBe(code);
    expect(err).toContain(message);
    expect(out).toBe("");
  });
});

test("admin-create makes a user; a generated password stands alone on its line", async () => {
  expect(await runCommand(["admin-create", "--email", "new@example.org"])).toBe(0);
  expect(out).toMatch(/^new@example\.org\n\S{12,}\n$/);
  expect(err).toContain("shown only now");
  expect(await context.db.user.findUnique({ where: { email: "new@example.org" } })).toMatchObject({ role: "admin" });
});

test("the same user twice is refused in a sentence, without a stack", async () => {
  expect(await runCommand(["admin-create", "--email", "new@example.org"])).toBe(1);
  expect(err).not.toContain("    at ");
  expect(err.trim()).not.toBe("");
});

test("token-create prints the token alone", async () => {
  expect(await runCommand(["token-create", "--name", "CI", "--scope", "read,metrics:write"])).toBe(0);
  expect(out).toMatch(/^wk_\S+\n$/);
  expect(err).toBe("");
});

test("demo-seed fills a history and says how much", async () => {
  expect(await runCommand(["demo-seed", "--days", "1"])).toBe(0);
  expect(out).toMatch(
    /^Made up 1 days: [\d,]+ samples of \d+ series, [\d,]+ results, \d+ checks, \d+ incidents, \d+ alerts, [\d,]+ events of \d+ errors, [\d,]+ lines of logs\.\n$/,
  );
});

describe("--help", () => {
  test.each([...COMMANDS])("%s says what it does and how to call it, and does nothing", async (name, command) => {
    vi.stubEnv("DATABASE_URL", "postgresql://127.0.0.1:1/none");
    for (const flag of ["--help", "-h"]) {
      out = "";
      expect(await runCommand([name, flag])).toBe(0);
      expect(out).toBe(`${command.summary}\nUsage: npm run ${name.replace("-", ":")} -- ${command.usage}\n`);
    }
    expect(err).toBe("");
  });

  test("alone it lists the commands", async () => {
    expect(await runCommand(["--help"])).toBe(0);
    for (const name of COMMANDS.keys()) expect(out).toContain(`\n  ${name} `);
  });
});

test("the demo's checks watch the product that runs on the data folder, wherever that is", async () => {
  const file = join(dataDir, "launcher.lock");
  const lock = await takeLock(file, "http://0.0.0.0:4321");
  onTestFinished(async () => void (lock.taken && (await lock.release())));
  vi.stubEnv("PORT", "5999");
  expect(await runCommand(["demo-seed", "--days", "1"])).toBe(0);
  expect((await context.db.healthCheck.findUniqueOrThrow({ where: { key: "demo-website" } })).config).toEqual({
    url: "http://127.0.0.1:4321/api/live",
  });
});

describe("what is not right is told with the usage", () => {
  test.each([
    [["unknown"], 2, 'There is no command "unknown".'],
    [[], 2, "Usage: node .build/cli.js COMMAND"],
    [["health-check", "--yaml"], 2, "Unknown option '--yaml'"],
    [["token-create", "--name", "x", "--scope", "everything"], 2, "scope"],
    [["admin-create"], 2, "Usage: npm run admin:create -- --email ADDRESS"],
    [["demo-seed", "--days", "many"], 2, "days"],
  ])("%j", async (args, code, words) => {
    expect(await runCommand(args)).toBe(code);
    expect(err).toContain(words);
  });

  test("a variable that is wrong, and a database that is away", async () => {
    vi.stubEnv("PORT", "none");
    expect(await runCommand(["health-check"])).toBe(2);
    expect(err).toContain("The environment is not right: PORT");
    vi.stubEnv("PORT", undefined);
    err = "";
    vi.stubEnv("DATABASE_URL", `postgresql://nobody:s3cret@127.0.0.1:${await refusedPort()}/none`);
    expect(await runCommand(["health-check"])).toBe(2);
    expect(err).toContain("cannot be reached: connect ECONNREFUSED");
    expect(err).not.toContain("s3cret");
  });
});

test("a database that goes away in the middle is told in a sentence, without a stack", async () => {
  const goAway = () =>
    context.sql.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'watchkeeper cli'",
    );
  const gone: Promise<unknown>[] = [];
  vi.spyOn(process.stderr, "write").mockImplementation((text) => {
    err += String(text);
    if (String(text).startsWith("results of")) gone.push(goAway());
    return true;
  });
  expect(await runCommand(["demo-seed", "--days", "1"])).toBe(1);
  await Promise.all(gone);
  expect(err).toMatch(/^The database went away meanwhile: .+\. Run the command again when it is back\.$/m);
  expect(err).not.toContain("    at ");
});

test("each command is a script of the package, named as its usage names it", () => {
  const scripts = Object.entries(packageJson.scripts).flatMap(([script, line]) => {
    const [, name] = /jobs\/commands\/main\.ts (\S+)$/.exec(line) ?? [];
    return name ? [[name, script]] : [];
  });
  expect(scripts).toEqual([...COMMANDS.keys()].map((name) => [name, name.replace("-", ":")]));
});

test("without DATABASE_URL the embedded database is started for the command, prepared and stopped", async () => {
  vi.stubEnv("DATABASE_URL", undefined);
  expect(await runCommand(["token-create", "--name", "CI", "--scope", "read"])).toBe(0);
  expect(out).toMatch(/^wk_\S+\n$/);
  out = "";
  expect(await runCommand(["admin-create", "--email", "a@example.org", "--password", "long enough 1"])).toBe(0);
  expect(out).toBe("a@example.org\n");
});

test("a table has columns as wide as their widest cell", () => {
  expect(formatTable(["A", "LONG"], [["wide cell", "x"], ["y"]])).toBe("A          LONG\nwide cell  x\ny");
});

describe("audit-verify and audit-export", () => {
  const link = /the last link is (\d+:[0-9a-f]{64})/;

  test("says that the trail is as it was written, and what was exported has the same end", async () => {
    expect(await runCommand(["token-create", "--name", "CI", "--scope", "read"])).toBe(0);
    out = "";
    expect(await runCommand(["audit-verify"])).toBe(0);
    const [, head = ""] = link.exec(out) ?? [];
    expect(err).toContain("No earlier end of the trail is known");
    out = "";
    expect(await runCommand(["audit-export"])).toBe(0);
    const last = JSON.parse(out.trim().split("\n").at(-1) ?? "");
    expect(`${last.position}:${last.hash}`).toBe(head);
    expect(await runCommand(["audit-verify", "--head", head])).toBe(0);
  });

  test("ends with 1 and names the entry that was changed, with 2 where --head is none", async () => {
    expect(await runCommand(["token-create", "--name", "CI", "--scope", "read"])).toBe(0);
    await withoutGuards(
      context.sql,
      "UPDATE audit_entries SET actor_name = 'Eve' WHERE id = (SELECT max(id) FROM audit_entries);",
    );
    expect(await runCommand(["audit-verify"])).toBe(1);
    expect(err).toMatch(/Entry \d+ is not what was written/);
    await clearAudit(context.sql);
    expect(await runCommand(["audit-verify", "--head", "12"])).toBe(2);
    expect(await runCommand(["audit-verify", "--head", `9:${"a".repeat(64)}`])).toBe(1);
    expect(err).toContain("its end was cut off");
  });
});

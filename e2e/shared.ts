import { z } from "zod";
import type { Role } from "./product";

/** Where the global set-up leaves what the specs need to know of the running product. */
export const SHARED_FILE = ".build/e2e/product.json";

export const statePath = (role: Role): string => `.build/e2e/${role}.json`;

const credentials = z.object({ email: z.string(), password: z.string() });
export const shared = z.object({
  url: z.string(),
  databaseUrl: z.string(),
  dataDir: z.string(),
  launcherPid: z.number(),
  outputFile: z.string(),
  users: z.object({ viewer: credentials, editor: credentials, admin: credentials }),
});
export type SharedProduct = z.infer<typeof shared>;

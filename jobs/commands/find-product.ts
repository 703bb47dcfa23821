import { join, resolve } from "node:path";
import type { Env } from "@/lib/env";
import { findLockHolder } from "../launcher/lock-file";

/** Where the product that runs on the data folder answers; undefined while none runs there. */
export async function findProduct({ DATA_DIR }: Env): Promise<string | undefined> {
  const holder = await findLockHolder(join(resolve(DATA_DIR), "launcher.lock"));
  // A command that brought the database up holds the lock too, and answers nowhere.
  return holder && URL.canParse(holder.url) ? holder.url : undefined;
}

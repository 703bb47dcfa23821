import { createFirstAdmin } from "@/lib/access/first-admin";
import { SYSTEM } from "@/lib/core/actor";
import { asActor } from "@/lib/core/context";
import { createContext } from "@/lib/core/create-context";
import { isProblem, messageOf } from "@/lib/core/errors";
import { createLogger } from "@/lib/core/log";
import { migrate } from "@/lib/db/migrate";
import { makePartitionsAhead } from "@/lib/db/partitions";
import { waitForDatabase } from "@/lib/db/wait-for-database";
import { type Env, InvalidEnvironment } from "@/lib/env";
import type { Prepared } from "./prepare-messages";

/**
 * Brings a database up to date: migrations, partitions, the first admin where there is no user yet.
 * @param url PostgreSQL connection string
 * @param root the product's folder
 * @throws Problem when the database is away, or what it answers
 */
export async function prepareDatabase(env: Env, url: string, root: string): Promise<Prepared> {
  await waitForDatabase(url);
  const migrations = await migrate(url, root);
  const { context, close } = createContext({ env, process: "cli", url, log: createLogger(env.LOG_LEVEL, "launcher") });
  try {
    await makePartitionsAhead(context.sql, context.now());
    const admin = await createFirstAdmin(asActor(context, SYSTEM), {
      email: env.ADMIN_EMAIL,
      password: env.ADMIN_PASSWORD,
    });
    return { admin, migrations };
  } finally {
    await close();
  }
}

/** Why the preparation failed, in a sentence for the person who started the product. Pure. */
export function explainFailure(error: unknown): string {
  const isExpected = error instanceof InvalidEnvironment || isProblem(error);
  return isExpected ? error.message : `The database could not be prepared: ${messageOf(error)}`;
}

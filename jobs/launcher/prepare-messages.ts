/** What the launcher and its short-lived child `prepare` say to each other. */

/** The part of the environment that the launcher itself needs. */
export interface LaunchEnv {
  databaseUrl?: string;
  dataDir: string;
  host: string;
  port: number;
}

/** What was done to the database. */
export interface Prepared {
  /** The user that was made, with a password where it was generated; null where there were users. */
  admin: { email: string; password?: string } | null;
  /** The migrations that were applied. */
  migrations: string[];
}

export type FromPrepare =
  { step: "environment"; env: LaunchEnv } | ({ step: "done" } & Prepared) | { step: "problem"; sentence: string };

/** Go on, with this database. */
export interface ToPrepare {
  databaseUrl: string;
}

/** Only a child made from this same source speaks here: the shape needs no more proof than its tag. */
export function isFromPrepare(message: unknown): message is FromPrepare {
  return typeof message === "object" && message !== null && "step" in message;
}

export function isToPrepare(message: unknown): message is ToPrepare {
  return (
    typeof message === "object" &&
    message !== null &&
    "databaseUrl" in message &&
    typeof message.databaseUrl === "string"
  );
}

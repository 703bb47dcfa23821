import { createHash } from "node:crypto";

/** What tells one alert from another: the rule and the subject. The same alert later has the same one. Pure. */
export function fingerprintOf(ruleKey: string, subjectKey: string): string {
  return createHash("sha256").update(`${ruleKey}\n${subjectKey}`, "utf8").digest("hex").slice(0, 32);
}

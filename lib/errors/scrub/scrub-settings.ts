import { z } from "zod";

const keyName = z.string().trim().min(1).max(100);

/** What of events and logs is taken out before it is stored; the usual secrets always are, unless it is off. */
export const scrubSettings = z.object({
  enabled: z
    .boolean()
    .default(true)
    .meta({ title: "Scrub secrets", description: "Off: everything is stored as it came." }),
  keys: z
    .array(keyName)
    .max(100, "must be at most 100")
    .default([])
    .meta({ title: "More keys", description: "Fields of these names are taken out besides the usual ones." }),
  safeKeys: z
    .array(keyName)
    .max(100, "must be at most 100")
    .default([])
    .meta({ title: "Safe keys", description: "Fields of these names stay, though their names look like a secret's." }),
  emails: z.boolean().default(false).meta({ title: "E-mail addresses", description: "Take them out too." }),
  ipAddresses: z.boolean().default(false).meta({ title: "IP addresses", description: "Take them out too." }),
});
export type ScrubSettings = z.output<typeof scrubSettings>;

export const DEFAULT_SCRUB: ScrubSettings = scrubSettings.parse({});

/** Settings as stored; what can't be read is the default, which takes out more rather than less. */
export function readScrubSettings(stored: unknown): ScrubSettings {
  return scrubSettings.safeParse(stored).data ?? DEFAULT_SCRUB;
}

import { z } from "zod";
import { writeAudit } from "@/lib/access/audit";
import { authorize } from "@/lib/core/actor";
import type { Context } from "@/lib/core/context";
import { parseInput } from "@/lib/core/parse";
import { notifyIncidents } from "@/lib/incidents/notify-incidents";

/** How the public page presents itself, as it is stored. There is one page. */
export const statusSettings = z.object({
  enabled: z.boolean(),
  title: z.string(),
  description: z.string(),
  logoUrl: z.string().nullable(),
  accent: z.string().meta({ description: "As in #0f766e" }),
  contactUrl: z.string().nullable(),
});
export type StatusSettings = z.output<typeof statusSettings>;

export const DEFAULT_SETTINGS: StatusSettings = {
  enabled: true,
  title: "Status",
  description: "",
  logoUrl: null,
  accent: "#2563eb",
  contactUrl: null,
};

export const SETTINGS_FIELDS = {
  enabled: true,
  title: true,
  description: true,
  logoUrl: true,
  accent: true,
  contactUrl: true,
} as const satisfies Record<keyof StatusSettings, true>;

const address = z.string().trim().max(500, "must have at most 500 characters");
const isUrl = (text: string, protocols: readonly string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);

export const statusSettingsInput = z.strictObject({
  enabled: z.boolean().optional().meta({ description: "Without it the page answers 404." }),
  title: z.string().trim().min(1, "is required").max(80, "must have at most 80 characters").optional(),
  description: z.string().trim().max(500, "must have at most 500 characters").optional(),
  logoUrl: address
    .refine((text) => /^\/(?!\/)[^\s\\]*$/.test(text) || isUrl(text, ["https:"]), {
      error: "must be a path like /logo.svg or an https:// address",
    })
    .nullable()
    .optional(),
  accent: z
    .string()
    .trim()
    .regex(/^#[0-9a-fA-F]{6}$/, "must be a colour like #0f766e")
    .toLowerCase()
    .optional(),
  contactUrl: address
    .refine((text) => isUrl(text, ["https:", "http:", "mailto:"]), {
      error: "must be a web address or mailto:help@example.com",
    })
    .nullable()
    .optional(),
});

/** @throws Problem forbidden */
export async function getStatusSettings(context: Context): Promise<StatusSettings> {
  authorize(context.actor, "read");
  return (await context.db.statusPage.findFirst({ select: SETTINGS_FIELDS })) ?? DEFAULT_SETTINGS;
}

/** Changes what is given. @throws Problem forbidden, invalid */
export async function updateStatusSettings(context: Context, given: unknown): Promise<StatusSettings> {
  authorize(context.actor, "admin");
  const change = parseInput(statusSettingsInput, given, "The status page");
  return context.db.$transaction(async (tx) => {
    const before = (await tx.statusPage.findFirst({ select: SETTINGS_FIELDS })) ?? DEFAULT_SETTINGS;
    const after = await tx.statusPage.upsert({
      where: { id: true },
      create: change,
      update: { ...change, updatedAt: context.now() },
      select: SETTINGS_FIELDS,
    });
    await writeAudit(tx, context, { action: "status-page.update", subjectType: "status-page", before, after });
    await notifyIncidents(tx);
    return after;
  });
}

"use server";

import { authorize } from "@/lib/core/actor";
import { MAX_WHYS } from "@/lib/incidents/postmortem/postmortem-input";
import { publishPostmortem, unpublishPostmortem } from "@/lib/incidents/postmortem/publish-postmortem";
import { savePostmortem } from "@/lib/incidents/postmortem/save-postmortem";
import { runAction } from "./action";
import { numberOf } from "./form-lines";
import type { FormState, FormValues } from "./form-state";

export async function savePostmortemAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "incidents:write");
    const { id = "", impact, rootCause, causeCategory, contributingFactors, wentWell, wentBadly } = values;
    await savePostmortem(context, {
      id,
      impact,
      rootCause,
      causeCategory,
      contributingFactors,
      whys: whysOf(values),
      wentWell,
      wentBadly,
      version: numberOf(values["base"]),
      seenVersion: numberOf(values["version"]),
    });
    return { redirectTo: `/incidents/${id}/postmortem` };
  });
}

export async function publishPostmortemAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", visibility }) => {
    const published = await publishPostmortem(context, { id, visibility });
    return { message: published.visibility === "public" ? "It is public." : "It is published in the house." };
  });
}

export async function unpublishPostmortemAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await unpublishPostmortem(context, { id });
    return { message: "It is a draft again." };
  });
}

/** The answers of `whys.0` to `whys.4`; undefined where the form has none of them. */
function whysOf(values: FormValues): string[] | undefined {
  const answers = Array.from({ length: MAX_WHYS }, (_, index) => values[`whys.${index}`]);
  return answers.every((answer) => answer === undefined) ? undefined : answers.map((answer) => answer ?? "");
}

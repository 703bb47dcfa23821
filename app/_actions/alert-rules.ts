"use server";

import { getRule } from "@/lib/alerting/rules/list-rules";
import { type Preview, previewRule } from "@/lib/alerting/rules/preview-rule";
import { createRule, deleteRule, pauseRule, resumeRule, updateRule } from "@/lib/alerting/rules/write-rule";
import { SOURCE_TYPES } from "@/lib/alerting/source-registry";
import { authorize } from "@/lib/core/actor";
import { runAction } from "./action";
import { readConfig } from "./check-form-values";
import { confirmName } from "./confirm-name";
import { linesOf, numberOf } from "./form-lines";
import type { FormState, FormValues } from "./form-state";

export async function createRuleAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    const { source = "" } = values;
    const { id } = await createRule(context, { source, ...readRule(source, values) });
    return { redirectTo: `/alerts/rules/${id}` };
  });
}

/** The source of a rule does not change: it is read from the database, not from the form. */
export async function updateRuleAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "alerts:write");
    const rule = await getRule(context, { id: values["id"] ?? "" });
    await updateRule(context, { id: rule.id, ...readRule(rule.source, values) });
    return { redirectTo: `/alerts/rules/${rule.id}` };
  });
}

export async function deleteRuleAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", confirm }) => {
    authorize(context.actor, "alerts:write");
    confirmName(confirm, (await getRule(context, { id })).label);
    await deleteRule(context, { id });
    return { redirectTo: "/alerts/rules" };
  });
}

export async function pauseRuleAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    const { label } = await pauseRule(context, { id });
    return { message: `${label} is paused: it makes no alerts until it is resumed.` };
  });
}

export async function resumeRuleAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    const { label } = await resumeRule(context, { id });
    return { message: `${label} is looked at again.` };
  });
}

export interface PreviewState extends FormState {
  preview?: Preview;
}

/** What the rule in the form would have done; nothing is stored. */
export async function previewRuleAction(previous: PreviewState, form: FormData): Promise<PreviewState> {
  const found: { preview?: Preview } = {};
  const state = await runAction(previous, form, async (context, values) => {
    const { source = "" } = values;
    const rule = readRule(source, values);
    found.preview = await previewRule(context, { source, ...rule, label: rule.label.trim() || "Preview" });
    return { message: "Looked at the last 7 days.", isRead: true };
  });
  return { ...state, ...found };
}

const OPENS: Readonly<Record<string, boolean>> = { true: true, false: false };

function readRule(source: string, values: FormValues) {
  return {
    label: values["label"] ?? "",
    config: readConfig(SOURCE_TYPES.get(source), values),
    severity: values["severity"] || undefined,
    forSeconds: numberOf(values["forSeconds"]) ?? 0,
    keepFiringSeconds: numberOf(values["keepFiringSeconds"]) ?? 0,
    cooldownSeconds: numberOf(values["cooldownSeconds"]) ?? null,
    channels: linesOf(values["channels"]),
    labels: Object.fromEntries(
      linesOf(values["labels"]).map((line) => {
        const [name = "", ...rest] = line.split(/[=:]/);
        return [name.trim(), rest.join("=").trim()];
      }),
    ),
    runbookUrl: values["runbookUrl"]?.trim() || null,
    opensIncident: OPENS[values["opensIncident"] ?? ""] ?? null,
  };
}

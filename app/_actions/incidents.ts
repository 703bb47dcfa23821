"use server";

import { authorize } from "@/lib/core/actor";
import { Problem } from "@/lib/core/errors";
import { acknowledgeIncident } from "@/lib/incidents/acknowledge-incident";
import { addUpdate } from "@/lib/incidents/add-update";
import { changeEntry } from "@/lib/incidents/change-entry";
import { declareIncident } from "@/lib/incidents/declare-incident";
import { deleteIncident } from "@/lib/incidents/delete-incident";
import { getIncident } from "@/lib/incidents/get-incident";
import { incidentName } from "@/lib/incidents/incident";
import { linkAlert, unlinkAlert } from "@/lib/incidents/link-alert";
import { mergeIncident } from "@/lib/incidents/merge-incident";
import { setAffected } from "@/lib/incidents/set-affected";
import { updateIncident } from "@/lib/incidents/update-incident";
import { runAction } from "./action";
import { confirmName } from "./confirm-name";
import { numberOf } from "./form-lines";
import type { FormState } from "./form-state";
import { readAffected, readChange, readDeclaration } from "./incident-form-values";

export async function declareIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "incidents:write");
    const { number } = await declareIncident(context, readDeclaration(values));
    return { redirectTo: `/incidents/${number}` };
  });
}

export async function updateIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, values) => {
    authorize(context.actor, "incidents:write");
    const { number } = await updateIncident(context, { id: values["id"] ?? "", ...readChange(values) });
    return { redirectTo: `/incidents/${number}` };
  });
}

export async function postUpdateAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", message, status, isPublic, version }) => {
    const update = { message, status: status || undefined, isPublic: isPublic === "on", version: numberOf(version) };
    const { incident } = await addUpdate(context, { id, ...update });
    return { message: "Posted.", version: incident.version };
  });
}

export async function resolveIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", version }) => {
    const after = await updateIncident(context, { id, status: "resolved", version: numberOf(version) });
    return { message: "Resolved.", version: after.version };
  });
}

export async function reopenIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", version }) => {
    const after = await updateIncident(context, { id, status: "investigating", version: numberOf(version) });
    return { message: "Reopened: it is being investigated again.", version: after.version };
  });
}

/** Whoever asks takes it on, and leads it where nobody does. */
export async function acknowledgeIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await acknowledgeIncident(context, { id });
    return { message: "You have it." };
  });
}

export async function setAffectedAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", checks, version }) => {
    const newest = await setAffected(context, { id, checks: readAffected(checks), version: numberOf(version) });
    return { message: "Saved.", version: newest };
  });
}

export async function linkAlertAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { incidentId, alertId = "" }) => {
    authorize(context.actor, "incidents:write");
    if (!alertId) throw new Problem("invalid", "No alert.", [{ path: "alertId", message: "choose an alert" }]);
    await linkAlert(context, { id: alertId, incidentId });
    return { message: "Added." };
  });
}

export async function unlinkAlertAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await unlinkAlert(context, { id });
    return { message: "Taken out." };
  });
}

export async function mergeIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", intoId }) => {
    authorize(context.actor, "incidents:write");
    if (!intoId) throw new Problem("invalid", "No incident.", [{ path: "intoId", message: "choose an incident" }]);
    const { number } = await mergeIncident(context, { id, intoId });
    return { redirectTo: `/incidents/${number}` };
  });
}

/** Pins, shows, hides, annotates or mends a line of the timeline: only what the form holds. */
export async function changeEntryAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", isPinned, isPublic, annotation, message }) => {
    await changeEntry(context, {
      id,
      isPinned: isPinned === undefined ? undefined : isPinned === "yes",
      isPublic: isPublic === undefined ? undefined : isPublic === "yes",
      annotation,
      message,
    });
    return { message: "Saved." };
  });
}

/** Asks for the name, so that no story is lost by a slip. */
export async function deleteIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", confirm }) => {
    authorize(context.actor, "admin");
    confirmName(confirm, incidentName((await getIncident(context, { id })).number));
    await deleteIncident(context, { id });
    return { redirectTo: "/incidents?status=all" };
  });
}

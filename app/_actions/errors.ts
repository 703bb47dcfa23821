"use server";

import { authorize } from "@/lib/core/actor";
import { Problem } from "@/lib/core/errors";
import { assignGroup, linkGroupIncident } from "@/lib/errors/groups/assign-group";
import { commentGroup } from "@/lib/errors/groups/comment-group";
import { ignoreGroup } from "@/lib/errors/groups/ignore-group";
import { mergeGroups } from "@/lib/errors/groups/merge-groups";
import { reopenGroup, resolveGroup } from "@/lib/errors/groups/resolve-group";
import { runAction } from "./action";
import type { FormState } from "./form-state";

const DAY_MS = 86_400_000;
const DAYS: Readonly<Record<string, number>> = { day: 1, week: 7, month: 30 };

/** `when` is `now` or `next-release`. */
export async function resolveErrorAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", when }) => {
    const inNextRelease = when === "next-release";
    await resolveGroup(context, { id, inNextRelease });
    return { message: inNextRelease ? "Resolved with the next release." : "Resolved." };
  });
}

export async function reopenErrorAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await reopenGroup(context, { id });
    return { message: "It is open again." };
  });
}

/** `until` is `day`, `week`, `month`, `events` (then `events` says how many more), or `ever`: until somebody opens it. */
export async function ignoreErrorAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", until = "", events }) => {
    const days = DAYS[until];
    await ignoreGroup(context, {
      id,
      ...(days !== undefined && { until: new Date(context.now().getTime() + days * DAY_MS) }),
      ...(until === "events" && { events: Number(events) }),
    });
    return { message: "Ignored." };
  });
}

export async function assignErrorAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", assigneeId }) => {
    await assignGroup(context, { id, assigneeId: assigneeId || null });
    return { message: assigneeId ? "Assigned." : "It is nobody's now." };
  });
}

export async function commentErrorAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", message = "" }) => {
    await commentGroup(context, { id, message });
    return { message: "Said." };
  });
}

export async function linkErrorIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", incidentId = "" }) => {
    authorize(context.actor, "errors:write");
    if (!incidentId) throw new Problem("invalid", "None.", [{ path: "incidentId", message: "choose an incident" }]);
    await linkGroupIncident(context, { id, incidentId });
    return { message: "Added; the incident's timeline says so." };
  });
}

export async function unlinkErrorIncidentAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await linkGroupIncident(context, { id, incidentId: null });
    return { message: "It belongs to no incident now." };
  });
}

/** `ids` is the other error, which becomes part of this one. */
export async function mergeErrorAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", ids = "" }) => {
    authorize(context.actor, "errors:write");
    if (!ids) throw new Problem("invalid", "None.", [{ path: "ids", message: "choose an error" }]);
    await mergeGroups(context, { id, ids: [ids] });
    return { message: "Merged." };
  });
}

"use server";

import { deleteUserData } from "@/lib/errors/delete-user-data";
import { createProject } from "@/lib/errors/projects/create-project";
import { deleteProject } from "@/lib/errors/projects/delete-project";
import { getProject } from "@/lib/errors/projects/list-projects";
import { createKey, revokeKey } from "@/lib/errors/projects/project-keys";
import { updateProject } from "@/lib/errors/projects/update-project";
import { authorize } from "@/lib/core/actor";
import { runAction } from "./action";
import { confirmName } from "./confirm-name";
import { linesOf, numberOf } from "./form-lines";
import type { FormState } from "./form-state";

export async function createProjectAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { name, platform = "" }) => {
    const { id } = await createProject(context, { name, platform });
    return { redirectTo: `/errors/projects/${id}` };
  });
}

/** The fields of `scrub` go by `scrub.keys` and the like: one name a line. */
export async function updateProjectAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", name, platform = "", quota, ...values }) => {
    await updateProject(context, {
      id,
      name,
      platform,
      quota: numberOf(quota) ?? null,
      scrub: {
        enabled: values["scrub.enabled"] === "on",
        keys: linesOf(values["scrub.keys"]),
        safeKeys: linesOf(values["scrub.safeKeys"]),
        emails: values["scrub.emails"] === "on",
        ipAddresses: values["scrub.ipAddresses"] === "on",
      },
    });
    return { message: "Saved. What comes from now on goes by it." };
  });
}

export async function deleteUserDataAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { user = "" }) => {
    const { events, logLines } = await deleteUserData(context, { user });
    return { message: `Deleted: ${counted(events, "event")} and ${counted(logLines, "line")} of logs.` };
  });
}

const counted = (count: number, word: string): string =>
  `${count.toLocaleString("en")} ${word}${count === 1 ? "" : "s"}`;

export async function createProjectKeyAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", label = "" }) => {
    await createKey(context, { id, label });
    return { message: "The key is made." };
  });
}

export async function revokeProjectKeyAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "" }) => {
    await revokeKey(context, { id });
    return { message: "The key is revoked: what is sent with it is refused." };
  });
}

export async function deleteProjectAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { id = "", confirm }) => {
    authorize(context.actor, "admin");
    confirmName(confirm, (await getProject(context, { id })).name);
    await deleteProject(context, { id });
    return { redirectTo: "/errors/projects" };
  });
}

"use server";

import { createProject } from "@/lib/errors/projects/create-project";
import { deleteProject } from "@/lib/errors/projects/delete-project";
import { getProject } from "@/lib/errors/projects/list-projects";
import { createKey, revokeKey } from "@/lib/errors/projects/project-keys";
import { authorize } from "@/lib/core/actor";
import { runAction } from "./action";
import { confirmName } from "./confirm-name";
import type { FormState } from "./form-state";

export async function createProjectAction(previous: FormState, form: FormData): Promise<FormState> {
  return runAction(previous, form, async (context, { name, platform = "" }) => {
    const { id } = await createProject(context, { name, platform });
    return { redirectTo: `/errors/projects/${id}` };
  });
}

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

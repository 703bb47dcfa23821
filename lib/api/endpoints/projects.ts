import { createProject, createProjectInput } from "@/lib/errors/projects/create-project";
import { deleteProject } from "@/lib/errors/projects/delete-project";
import { getProject, listProjects } from "@/lib/errors/projects/list-projects";
import { createKey, createKeyInput, revokeKey } from "@/lib/errors/projects/project-keys";
import { updateProject, updateProjectInput } from "@/lib/errors/projects/update-project";
import { defineEndpoint } from "../define-endpoint";
import { project } from "../error-schemas";
import { list } from "../schemas";

const tag = "Errors";

export const projects = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/projects",
    scope: "read",
    tag,
    summary: "List projects",
    response: list(project),
    handle: async (context) => ({ items: await listProjects(context), next: null }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/projects",
    scope: "admin",
    tag,
    summary: "Make a project; `dsn` is what its programs' SDKs are set up with",
    body: createProjectInput,
    response: project,
    status: 201,
    handle: (context, { body }) => createProject(context, body),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/projects/{id}",
    scope: "read",
    tag,
    summary: "Read a project",
    response: project,
    handle: (context, { params }) => getProject(context, params),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/projects/{id}",
    scope: "admin",
    tag,
    summary: "Change a project",
    body: updateProjectInput,
    response: project,
    handle: (context, { params, body }) => updateProject(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/projects/{id}",
    scope: "admin",
    tag,
    summary: "Delete a project with its keys, errors and logs",
    status: 204,
    handle: (context, { params }) => deleteProject(context, params),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/projects/{id}/keys",
    scope: "admin",
    tag,
    summary: "Make another key of a project",
    body: createKeyInput,
    response: project,
    status: 201,
    handle: (context, { params, body }) => createKey(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/project-keys/{id}",
    scope: "admin",
    tag,
    summary: "Revoke a key",
    status: 204,
    handle: (context, { params }) => revokeKey(context, params),
  }),
];

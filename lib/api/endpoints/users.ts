import { z } from "zod";
import { createUser, createUserInput } from "@/lib/access/create-user";
import { deleteUser } from "@/lib/access/delete-user";
import { getUser } from "@/lib/access/get-user";
import { listUsers, listUsersInput } from "@/lib/access/list-users";
import { updateUser, updateUserInput } from "@/lib/access/update-user";
import { ROLES } from "@/lib/core/actor";
import { defineEndpoint } from "../define-endpoint";
import { list, time } from "../schemas";

const user = z.object({
  id: z.uuid(),
  email: z.string(),
  name: z.string(),
  role: z.enum(ROLES),
  disabledAt: time.nullable(),
  createdAt: time,
});
const tag = "Users";

export const users = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/users",
    scope: "admin",
    tag,
    summary: "List users",
    query: listUsersInput,
    response: list(user),
    handle: (context, { query }) => listUsers(context, query),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/users",
    scope: "admin",
    tag,
    summary: "Create a user",
    body: createUserInput,
    response: user.extend({
      password: z.string().optional().meta({ description: "Only when it was generated; shown this once" }),
    }),
    status: 201,
    handle: (context, { body }) => createUser(context, body),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/users/{id}",
    scope: "admin",
    tag,
    summary: "Read a user",
    response: user,
    handle: (context, { params }) => getUser(context, params),
  }),
  defineEndpoint({
    method: "PATCH",
    path: "/api/v1/users/{id}",
    scope: "admin",
    tag,
    summary: "Change a user's name, role or password, disable or enable",
    body: updateUserInput,
    response: user,
    handle: (context, { params, body }) => updateUser(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "DELETE",
    path: "/api/v1/users/{id}",
    scope: "admin",
    tag,
    summary: "Delete a user",
    status: 204,
    handle: (context, { params }) => deleteUser(context, params),
  }),
];

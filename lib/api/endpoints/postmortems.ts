import { z } from "zod";
import { incidentName } from "@/lib/incidents/incident";
import { publicDocument } from "@/lib/incidents/postmortem/document";
import { getPostmortem } from "@/lib/incidents/postmortem/get-postmortem";
import { publishPostmortemInput, savePostmortemInput } from "@/lib/incidents/postmortem/postmortem-input";
import { publishPostmortem, unpublishPostmortem } from "@/lib/incidents/postmortem/publish-postmortem";
import { savePostmortem } from "@/lib/incidents/postmortem/save-postmortem";
import { toMarkdown } from "@/lib/incidents/postmortem/to-markdown";
import { defineEndpoint } from "../define-endpoint";
import { textResponse } from "../known-body";
import { postmortem, postmortemDocument } from "../postmortem-schemas";

const tag = "Incidents";
const AUDIENCES = ["house", "public"] as const;

const audience = z.strictObject({
  audience: z
    .enum(AUDIENCES, `must be one of ${AUDIENCES.join(", ")}`)
    .default("house")
    .meta({ description: "`public` leaves out what the public does not see." }),
});

export const postmortems = [
  defineEndpoint({
    method: "GET",
    path: "/api/v1/incidents/{id}/postmortem",
    scope: "read",
    tag,
    summary: "Read an incident's post-mortem; before it was written, its template with what is known",
    query: audience,
    response: postmortemDocument,
    handle: async (context, { params, query }) => {
      const whole = await getPostmortem(context, params);
      const { postmortem: own, ...document } = query.audience === "public" ? publicDocument(whole) : whole;
      return { ...document, ...own };
    },
  }),
  defineEndpoint({
    method: "PUT",
    path: "/api/v1/incidents/{id}/postmortem",
    scope: "incidents:write",
    tag,
    summary: "Write an incident's post-mortem",
    description: "What is left out stays as it is; the first time as the template has it.",
    body: savePostmortemInput,
    response: postmortem,
    handle: (context, { params, body }) => savePostmortem(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/incidents/{id}/postmortem/publish",
    scope: "incidents:write",
    tag,
    summary: "Publish a post-mortem, in the house or to the public",
    body: publishPostmortemInput,
    response: postmortem,
    handle: (context, { params, body }) => publishPostmortem(context, { ...body, id: params.id }),
  }),
  defineEndpoint({
    method: "POST",
    path: "/api/v1/incidents/{id}/postmortem/unpublish",
    scope: "incidents:write",
    tag,
    summary: "Make a draft of a post-mortem again",
    response: postmortem,
    handle: (context, { params }) => unpublishPostmortem(context, params),
  }),
  defineEndpoint({
    method: "GET",
    path: "/api/v1/incidents/{id}/postmortem.md",
    scope: "read",
    tag,
    summary: "An incident's post-mortem as a Markdown file",
    query: audience,
    handle: async (context, { params, query }) => {
      const document = await getPostmortem(context, params);
      const name = `${incidentName(document.incident.number).toLowerCase()}-postmortem.md`;
      return textResponse(toMarkdown(query.audience === "public" ? publicDocument(document) : document), {
        headers: {
          "Content-Type": "text/markdown; charset=utf-8",
          "Content-Disposition": `attachment; filename="${name}"`,
        },
      });
    },
  }),
];

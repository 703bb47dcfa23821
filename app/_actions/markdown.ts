"use server";

import { z } from "zod";
import { authorize } from "@/lib/core/actor";
import { parseInput } from "@/lib/core/parse";
import { markdown } from "@/lib/incidents/incident-input";
import { renderMarkdown } from "@/lib/incidents/render-markdown";
import { runAction } from "./action";
import type { FormState } from "./form-state";

export interface MarkdownState extends FormState {
  /** Safe to be put into the page. */
  html?: string;
}

const input = z.object({ text: markdown });

/** What Markdown that is being typed looks like; nothing is stored. */
export async function previewMarkdownAction(previous: MarkdownState, form: FormData): Promise<MarkdownState> {
  const rendered: { html?: string } = {};
  const state = await runAction(previous, form, async (context, values) => {
    authorize(context.actor, "incidents:write");
    rendered.html = renderMarkdown(parseInput(input, values, "The text").text);
    return { message: "This is how it looks.", isRead: true };
  });
  return { ...state, ...rendered };
}

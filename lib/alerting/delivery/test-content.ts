import { randomUUID } from "node:crypto";
import type { Context } from "@/lib/core/context";
import type { MessageContent } from "../message";
import { installationOf } from "./content";

/** What a test says: an alert that is none, so that a person sees how one looks. */
export function testContent({ env, now }: Pick<Context, "env" | "now">, channel: string): MessageContent {
  return {
    ...installationOf(env),
    alerts: [
      {
        id: randomUUID(),
        fingerprint: "test",
        kind: "test",
        state: "firing",
        severity: "info",
        ruleKey: "test",
        ruleLabel: "Test",
        subject: "Test",
        summary: `This is a test of ${channel}: nothing is wrong.`,
        value: null,
        threshold: null,
        unit: "",
        labels: {},
        checkId: null,
        runbookUrl: null,
        firingSince: now().toISOString(),
        resolvedAt: null,
        acknowledgedBy: null,
        effects: [],
        incident: null,
        note: null,
      },
    ],
  };
}

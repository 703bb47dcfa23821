import { formatDuration } from "@/lib/core/format";
import type { MessageAlert, MessageContent } from "./message";
import { worstOf } from "./severity";

/** Of an email's subject and of every other line that stands for a whole message. */
const MAX_CHARACTERS = 200;

/**
 * What a message says in one line: "[critical] Payments API: answered 503 (expected 200-299)", "[critical] 3 alerts:
 * Payments API, …", "[resolved] Payments API after 12 min". Pure.
 * @param at when the message was formed
 */
export function headline({ alerts }: MessageContent, at: Date): string {
  const [only] = alerts;
  const line = only && alerts.length === 1 ? ofOne(only, at) : ofSeveral(alerts);
  return shorten(oneLine(line), MAX_CHARACTERS);
}

/** "answered 503 (expected 200-299)": the summary without the subject that stands before it anyway. Pure. */
export function causeOf({ subject, summary }: Pick<MessageAlert, "subject" | "summary">): string {
  const rest = summary.startsWith(subject) ? summary.slice(subject.length).replace(/^[\s:,-]+/, "") : summary;
  return (rest === "" ? summary : rest).replace(/\.$/, "");
}

/** "12 min": how long it has been firing, or was. Pure. */
export function lastedFor({ firingSince, resolvedAt }: MessageAlert, at: Date): string | undefined {
  if (firingSince === null) return undefined;
  const until = resolvedAt === null ? at.getTime() : Date.parse(resolvedAt);
  return formatDuration((until - Date.parse(firingSince)) / 1000);
}

/** Cut in the middle of nothing: whole characters, with an ellipsis. Pure. */
export function shorten(text: string, maxCharacters: number): string {
  const characters = [...text];
  return characters.length <= maxCharacters ? text : `${characters.slice(0, maxCharacters - 1).join("")}…`;
}

function ofOne(alert: MessageAlert, at: Date): string {
  if (alert.kind === "test") return `[test] ${alert.subject}: ${causeOf(alert)}`;
  const lasted = lastedFor(alert, at);
  if (alert.state === "resolved") return `[resolved] ${alert.subject}${lasted === undefined ? "" : ` after ${lasted}`}`;
  const since = alert.kind === "reminder" && lasted !== undefined ? ` for ${lasted}` : "";
  return `[${alert.severity}${since}] ${alert.subject}: ${causeOf(alert)}`;
}

function ofSeveral(alerts: readonly MessageAlert[]): string {
  const firing = alerts.filter(({ state }) => state !== "resolved");
  const shown = firing.length > 0 ? firing : alerts;
  const word = firing.length > 0 ? worstOf(firing.map(({ severity }) => severity)) : "resolved";
  const others = alerts.length - shown.length;
  const also = others > 0 ? ` (${others} resolved)` : "";
  const count = shown.length === 1 ? "1 alert" : `${shown.length} alerts`;
  return `[${word}] ${count}${also}: ${shown.map(({ subject }) => subject).join(", ")}`;
}

/** A line feed in a subject would begin another header. */
const oneLine = (text: string): string => text.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, " ").trim();

import { performance } from "node:perf_hooks";
import type { Socket } from "node:net";
import { z } from "zod";
import { openConnection } from "@/lib/core/connection";
import { formatMs } from "@/lib/core/format";
import { NetworkFailure, endedBy, failureSentence, networkFailure } from "@/lib/core/network-errors";
import { defineCheck } from "../define-check";
import { host, inOrder, port, responseTime } from "../fields";
import { above, conclude } from "../findings";

const MAX_ANSWER = 65_536;

const config = z
  .strictObject({
    host: host.meta({ title: "Host", description: "Name or address." }),
    port: port.meta({ title: "Port" }),
    send: z.string().max(10_000).optional().meta({
      title: "Send",
      description: "Text sent after connecting; \\r, \\n and \\t stand for themselves.",
      multiline: true,
    }),
    expect: z
      .string()
      .min(1)
      .max(1_000)
      .optional()
      .meta({ title: "Expect", description: "Text that the answer, or the greeting, must contain." }),
    ...responseTime("connecting and, where expected, the answer", 1_000),
  })
  .superRefine(inOrder(["responseTimeWarningMs", "responseTimeFailedMs"]));

export const tcp = defineCheck({
  label: "TCP port",
  description: "Connects to a port; may send a text and look for another in the answer.",
  config,
  example: { host: "mail.shop.example", port: 25, expect: "220" },
  run: async (options, { signal }) => {
    const subject = `TCP ${options.host}:${options.port}`;
    try {
      const start = performance.now();
      const { socket, phases } = await openConnection({ host: options.host, port: options.port, signal });
      try {
        if (options.send !== undefined) socket.write(unescaped(options.send));
        if (options.expect !== undefined) await untilContains(socket, unescaped(options.expect), signal, options.host);
      } finally {
        socket.destroy();
      }
      const totalMs = performance.now() - start;
      const slow = above(
        totalMs,
        { warning: options.responseTimeWarningMs, failed: options.responseTimeFailedMs },
        (limit) => `${subject} took ${formatMs(totalMs)} (limit ${formatMs(limit)}).`,
      );
      const meta = {
        responseTimeMs: Math.round(totalMs * 100) / 100,
        connectMs: Math.round(phases.connect * 100) / 100,
      };
      return conclude([slow], { shortSummary: formatMs(totalMs), meta });
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      const summary = error.timedOut ? "timed out" : "no connection";
      return { status: "failed", shortSummary: summary, message: failureSentence(subject, error) };
    }
  },
});

/** @throws NetworkFailure when the other side ends, or answers much, without the text */
function untilContains(socket: Socket, text: string, signal: AbortSignal, hostName: string): Promise<void> {
  return new Promise((resolve, reject) => {
    let answer = "";
    const settle = (failure?: NetworkFailure) => {
      signal.removeEventListener("abort", onAbort);
      socket.removeAllListeners();
      // The caller destroys it: what it still reports is of no interest.
      socket.on("error", () => undefined);
      if (failure) reject(failure);
      else resolve();
    };
    const seen = () => (answer === "" ? "nothing" : `"${answer.slice(0, 80).trim()}"`);
    const onAbort = () => {
      const ended = endedBy(signal, `waiting for "${text.trim()}"`);
      settle(new NetworkFailure(`${ended.message} (it sent ${seen()})`, true));
    };
    signal.addEventListener("abort", onAbort);
    if (signal.aborted) return onAbort();
    socket.on("data", (chunk: Buffer) => {
      answer += chunk.toString("latin1");
      if (answer.includes(text) || Buffer.from(answer, "latin1").includes(text)) settle();
      else if (answer.length > MAX_ANSWER)
        settle(new NetworkFailure(`it answered ${MAX_ANSWER} bytes without "${text.trim()}"`));
    });
    socket.on("error", (error) => settle(networkFailure(error, hostName)));
    socket.on("close", () =>
      settle(new NetworkFailure(`it closed the connection without "${text.trim()}" (it sent ${seen()})`)),
    );
  });
}

const ESCAPES: Readonly<Record<string, string>> = { "\\r": "\r", "\\n": "\n", "\\t": "\t", "\\\\": "\\" };

/** A form's field has no other way to say "carriage return". Pure. */
export function unescaped(text: string): string {
  return text.replaceAll(/\\[rnt\\]/g, (escape) => ESCAPES[escape] ?? escape);
}

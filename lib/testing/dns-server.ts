import { createSocket } from "node:dgram";
import packet, { type Answer, type RecordType } from "dns-packet";
import { afterEach } from "vitest";

const running = new Set<{ close: () => void }>();

afterEach(() => {
  for (const server of running) server.close();
  running.clear();
});

/**
 * A real DNS server on loopback (UDP).
 * @param answer gives the records, "NXDOMAIN" or "SERVFAIL", or undefined to say nothing at all
 * @returns "127.0.0.1:port"
 */
export async function serveDns(
  answer: (name: string, type: RecordType) => Answer[] | "NXDOMAIN" | "SERVFAIL" | undefined,
): Promise<string> {
  const codes = { NXDOMAIN: 3, SERVFAIL: 2 };
  const socket = createSocket("udp4");
  socket.on("message", (message, sender) => {
    const query = packet.decode(message);
    const [question] = query.questions ?? [];
    const found = question && answer(question.name, question.type);
    if (!question || found === undefined) return;
    const records = typeof found === "string" ? [] : found;
    const code = typeof found === "string" ? codes[found] : 0;
    const flags = packet.RECURSION_DESIRED | packet.RECURSION_AVAILABLE | code;
    const reply = packet.encode({
      type: "response",
      ...(query.id !== undefined && { id: query.id }),
      flags,
      questions: [question],
      answers: records,
    });
    socket.send(reply, sender.port, sender.address);
  });
  await new Promise<void>((resolve) => socket.bind(0, "127.0.0.1", resolve));
  running.add(socket);
  return `127.0.0.1:${socket.address().port}`;
}

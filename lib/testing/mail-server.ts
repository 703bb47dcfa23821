import { type Server, type Socket, createServer } from "node:net";
import { createServer as createTlsServer } from "node:tls";
import { afterAll } from "vitest";
import type { TestCertificate } from "./certificates";

export interface MailServer {
  /** What was taken, each with its header. */
  mails: string[];
  /** Everything that was said to it but the mails, a line each. */
  said: string[];
  /** smtp://127.0.0.1:port, or smtps:// with a certificate. */
  url: string;
}

/** What it answers by a line's first word, or by the whole line; what is left out is fine. `.` is the end of a mail. */
export type MailAnswers = Readonly<Record<string, string>>;

/** A mail server on loopback that says to each line what it is told to, and keeps what it was sent. */
export async function startMailServer(answers: MailAnswers = {}, certificate?: TestCertificate): Promise<MailServer> {
  const mails: string[] = [];
  const said: string[] = [];
  const talk = (socket: Socket) => {
    let isData = false;
    let text = "";
    socket.write("220 mail.test ESMTP\r\n");
    socket.on("error", () => undefined);
    socket.on("data", (chunk) => {
      text += chunk.toString();
      for (;;) {
        const end = text.indexOf(isData ? "\r\n.\r\n" : "\r\n");
        if (end === -1) return;
        const line = text.slice(0, end);
        text = text.slice(end + (isData ? 5 : 2));
        if (isData) {
          isData = false;
          mails.push(line);
          socket.write(`${answers["."] ?? "250 taken"}\r\n`);
          continue;
        }
        said.push(line);
        const verb = line.split(/[ :]/)[0]?.toUpperCase() ?? "";
        const answer = answers[line] ?? answers[verb];
        isData = verb === "DATA" && answer === undefined;
        socket.write(`${answer ?? (verb === "DATA" ? "354 go on" : "250 fine")}\r\n`);
      }
    });
  };
  const server: Server = certificate ? createTlsServer(certificate, talk) : createServer(talk);
  // A client that does not trust our certificate ends the handshake.
  server.on("tlsClientError", () => undefined);
  await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
  afterAll(() => void server.close());
  const address = server.address();
  const port = typeof address === "object" ? address?.port : 0;
  return { mails, said, url: `${certificate ? "smtps" : "smtp"}://127.0.0.1:${port}` };
}

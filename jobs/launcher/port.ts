import { createServer } from "node:net";
import { StartProblem } from "./start-problem";

/** Listens for a moment. @returns the error's code, or undefined when the port is free */
function probe(host: string, port: number): Promise<string | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(port, host, () => server.close(() => resolve(undefined)));
  });
}

function explain(code: string, host: string, port: number): string {
  switch (code) {
    case "EADDRINUSE":
      return `Port ${port} of ${host} is already in use. Stop the program that uses it, or set PORT to another one, like PORT=${port === 3001 ? 3002 : 3001}.`;
    case "EACCES":
      return `Port ${port} may not be used by this user. Set PORT to one above 1023, like PORT=3000.`;
    case "EADDRNOTAVAIL":
    case "ENOTFOUND":
    case "EAI_AGAIN":
      return `HOST is ${host}, which is not an address of this machine. Set HOST to one that is, like 127.0.0.1, or 0.0.0.0 for all.`;
    default:
      return `Port ${port} of ${host} cannot be used (${code}). Set HOST and PORT to others.`;
  }
}

/**
 * @param patienceMs how long to wait for a port in use: the web process of a launcher that was killed is about to end
 * @throws StartProblem naming the port and what to do
 */
export async function checkPort(host: string, port: number, patienceMs = 0): Promise<void> {
  const deadline = performance.now() + patienceMs;
  for (;;) {
    const code = await probe(host, port);
    if (code === undefined) return;
    if (code !== "EADDRINUSE" || performance.now() >= deadline) throw new StartProblem(explain(code, host, port));
    await new Promise((wake) => setTimeout(wake, 100));
  }
}

import { expect, inject, test } from "vitest";
import { refusedPort, serveTcp } from "@/lib/testing/servers";
import { startTcpProxy } from "@/lib/testing/tcp-proxy";
import { waitForDatabase } from "./wait-for-database";

const server = inject("postgresUrl");
const { hostname, port, username } = new URL(server);
const address = `${hostname}:${port || 5432}`;
const changed = (change: (url: URL) => void) => {
  const url = new URL(server);
  change(url);
  return url.href;
};

test("a database that answers is waited for no longer", async () => {
  await expect(waitForDatabase(server)).resolves.toBeUndefined();
});

test("one that is not there is told by its name, at once: waiting does not make it", async () => {
  const url = changed((one) => (one.pathname = "/no%20such"));
  await expect(waitForDatabase(url, { patienceMs: 600_000 })).rejects.toMatchObject({
    kind: "unavailable",
    message: `There is no database no such in the PostgreSQL of DATABASE_URL at ${address}. Create it, or correct its name in DATABASE_URL.`,
  });
});

test("a user that may not sign in is told by name, never the password", async () => {
  const url = changed((one) => {
    one.username = "n%C3%B6body";
    one.password = "s3cret";
  });
  const failure = waitForDatabase(url, { patienceMs: 600_000 });
  await expect(failure).rejects.toThrow(
    `The user nöbody may not sign in to the PostgreSQL of DATABASE_URL at ${address}`,
  );
  await expect(failure).rejects.not.toThrow("s3cret");
});

test("a host that does not resolve is told by its name", async () => {
  const host = `${"a".repeat(64)}.example`;
  await expect(waitForDatabase(`postgresql://a@${host}/b`, { patienceMs: 600_000 })).rejects.toThrow(
    `The host ${host} of DATABASE_URL cannot be found. Check its name.`,
  );
});

test("nobody listening, or no PostgreSQL: the cause and what to do", async () => {
  const free = await refusedPort();
  await expect(waitForDatabase(`postgresql://a:s3cret@127.0.0.1:${free}/b`, { patienceMs: 0 })).rejects.toThrow(
    /^The PostgreSQL of DATABASE_URL at 127\.0\.0\.1:\d+ cannot be reached: .*ECONNREFUSED.*\. Start it, or correct DATABASE_URL\.$/,
  );
  const other = await serveTcp((socket) => void socket.end());
  await expect(waitForDatabase(`postgresql://a@127.0.0.1:${other.port}/b`, { patienceMs: 0 })).rejects.toThrow(
    "cannot be reached: ",
  );
});

test("one that comes up while it is waited for is found", async () => {
  const proxy = await startTcpProxy({ host: hostname, port: Number(port || 5432) });
  await proxy.cut();
  const url = changed((one) => {
    one.hostname = "127.0.0.1";
    one.port = String(proxy.port);
  });
  const waiting = waitForDatabase(url);
  // Whether it is mended before the first attempt or after some, the wait ends well.
  await proxy.mend();
  await expect(waiting).resolves.toBeUndefined();
  await proxy.cut();
});

test("a server that is still starting is asked again", async () => {
  let attempts = 0;
  const starting = await serveTcp((socket) => {
    attempts++;
    socket.once("data", () => socket.end(errorMessage("57P03", "the database system is starting up")));
  });
  const url = `postgresql://${username}@127.0.0.1:${starting.port}/postgres`;
  await expect(waitForDatabase(url, { patienceMs: 1_200 })).rejects.toThrow("the database system is starting up");
  expect(attempts).toBeGreaterThan(1);
});

/** PostgreSQL's ErrorResponse (protocol 3.0, section "Message Formats"). */
function errorMessage(code: string, message: string): Buffer {
  const fields = Buffer.from(`SFATAL\0VFATAL\0C${code}\0M${message}\0\0`);
  const head = Buffer.alloc(5);
  head.write("E");
  head.writeInt32BE(fields.length + 4, 1);
  return Buffer.concat([head, fields]);
}

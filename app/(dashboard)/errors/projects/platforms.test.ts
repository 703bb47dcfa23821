import { execFile } from "node:child_process";
import { mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { listGroups } from "@/lib/errors/groups/list-groups";
import { listLogs } from "@/lib/logs/list-logs";
import { startApi } from "@/lib/testing/api-server";
import { keyOf, makeProject } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { PLATFORMS, platformLabel, stepText } from "./platforms";

/** What the page tells people to copy is done as it stands there, where this machine has what it takes. */
const context = await createTestContext();
const api = await startApi(context);
const folder = await mkdtemp(join(tmpdir(), "watchkeeper-snippets-"));
afterAll(() => rm(folder, { recursive: true, force: true }));
await symlink(join(process.cwd(), "node_modules"), join(folder, "node_modules"));

async function newProject() {
  const project = await makeProject(context);
  const key = keyOf(project);
  const dsn = `${api.replace("://", `://${key}@`)}/${project.id}`;
  const stepsOf = (platform: string) =>
    (PLATFORMS.find(({ id }) => id === platform)?.steps ?? []).map(({ text }) => stepText(text, dsn));
  return { id: project.id, dsn, key, stepsOf };
}

/** In a shell, as whoever copies it has one. @returns what it wrote; an end by an error is one of the things tried */
const shell = (command: string, env: Record<string, string> = {}) =>
  new Promise<string>((done) => {
    const options = { cwd: folder, timeout: 50_000, env: { ...process.env, NODE_OPTIONS: "", ...env } };
    execFile("bash", ["-c", command], options, (_, stdout, stderr) => done(stdout + stderr));
  });

test("every platform has its project's DSN or key in its steps, and a name", async () => {
  const { dsn, key, stepsOf } = await newProject();
  for (const { id, label } of PLATFORMS) {
    const all = stepsOf(id).join("\n");
    expect(all.includes(dsn) || all.includes(key), id).toBe(true);
    expect(all, id).not.toMatch(/\{(dsn|key|origin)\}/);
    expect(platformLabel(id)).toBe(label);
  }
  expect(platformLabel("cobol")).toBe("cobol");
});

test("a product under a path is spoken to there", () => {
  expect(stepText("{origin}/api/v1/logs {key}", "https://abc@ops.example.com/watch/7")).toBe(
    "https://ops.example.com/watch/api/v1/logs abc",
  );
});

test("Node.js: what is tried is an error here", async () => {
  const { id, stepsOf } = await newProject();
  const [, instrument = "", , tryIt = ""] = stepsOf("node");
  await writeFile(join(folder, "instrument.mjs"), instrument);
  expect(await shell(tryIt)).toContain("It works");
  const { items } = await listGroups(context, { project: id });
  expect(items.map(({ type, value, lastRelease }) => [type, value, lastRelease])).toEqual([
    ["Error", "It works", "my-app@1.0.0"],
  ]);
}, 60_000);

test("OpenTelemetry: an exporter that is set up by the environment alone", async () => {
  const { id, stepsOf } = await newProject();
  const [environment = ""] = stepsOf("opentelemetry");
  const variables = Object.fromEntries(
    environment.split("\n").map((line) => [line.slice(0, line.indexOf("=")), line.slice(line.indexOf("=") + 1)]),
  );
  const program = `
    import { OTLPLogExporter } from "@opentelemetry/exporter-logs-otlp-proto";
    import { LoggerProvider, SimpleLogRecordProcessor } from "@opentelemetry/sdk-logs";
    import { defaultResource, detectResources, envDetector } from "@opentelemetry/resources";
    const resource = defaultResource().merge(detectResources({ detectors: [envDetector] }));
    const provider = new LoggerProvider({ resource, processors: [new SimpleLogRecordProcessor({ exporter: new OTLPLogExporter() })] });
    provider.getLogger("test").emit({ severityNumber: 9, body: "by the environment" });
    await provider.shutdown();
  `;
  await writeFile(join(folder, "otel.mjs"), program);
  expect(await shell("node otel.mjs", variables)).toBe("");
  const { items } = await listLogs(context, { project: id });
  expect(items.map(({ message, service }) => [message, service])).toEqual([["by the environment", "my-app"]]);
}, 60_000);

test("JSON lines by curl", async ({ skip }) => {
  const { id, stepsOf } = await newProject();
  const [command = ""] = stepsOf("json");
  const written = await shell(command);
  skip(written.includes("command not found"), "there is no curl");
  expect(written).toContain('"stored":2');
  const { items } = await listLogs(context, { project: id });
  expect(items.map(({ message, level }) => [message, level])).toEqual(
    expect.arrayContaining([
      ["It works", "info"],
      ["Payment refused", "error"],
    ]),
  );
});

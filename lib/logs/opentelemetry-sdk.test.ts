import { diag, DiagLogLevel } from "@opentelemetry/api";
import { type LogAttributes, SeverityNumber } from "@opentelemetry/api-logs";
import { OTLPLogExporter as JsonExporter } from "@opentelemetry/exporter-logs-otlp-http";
import { OTLPLogExporter as ProtobufExporter } from "@opentelemetry/exporter-logs-otlp-proto";
import { resourceFromAttributes } from "@opentelemetry/resources";
import { LoggerProvider, BatchLogRecordProcessor } from "@opentelemetry/sdk-logs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { getLatestEvent } from "@/lib/errors/events/get-event";
import { listGroups } from "@/lib/errors/groups/list-groups";
import { makeToken } from "@/lib/testing/actors";
import { startApi } from "@/lib/testing/api-server";
import { keyOf, makeProject } from "@/lib/testing/errors";
import { createTestContext } from "@/lib/testing/test-context";
import { listLogs } from "./list-logs";
import { listLogsAround } from "./list-logs-around";

/** The OpenTelemetry SDK, as a program uses it, against the API on a real server and a real database. */
const context = await createTestContext();
const address = await startApi(context);
const complaints: string[] = [];
let token = "";

beforeAll(async () => {
  ({ token } = await makeToken(context, { scopes: ["logs:write"] }));
  const complain = (...words: unknown[]) => void complaints.push(words.map(String).join(" "));
  const quiet = () => undefined;
  diag.setLogger({ error: complain, warn: complain, info: quiet, debug: quiet, verbose: quiet }, DiagLogLevel.WARN);
  return () => diag.disable();
});

const EXPORTERS = { JSON: JsonExporter, protobuf: ProtobufExporter };
const running: LoggerProvider[] = [];
afterAll(() => Promise.all(running.map((provider) => provider.shutdown())));

function startProgram(encoding: keyof typeof EXPORTERS, bearer: string, resource: Record<string, string> = {}) {
  const exporter = new EXPORTERS[encoding]({
    url: `${address}/api/otlp/v1/logs`,
    headers: { Authorization: `Bearer ${bearer}` },
  });
  const provider = new LoggerProvider({
    resource: resourceFromAttributes({
      "service.name": `shop-${encoding}`,
      "host.name": `node-${encoding}`,
      "service.version": "2.0",
      ...resource,
    }),
    processors: [new BatchLogRecordProcessor({ exporter })],
  });
  running.push(provider);
  return { logger: provider.getLogger("checkout"), send: () => provider.forceFlush() };
}

const exceptionOf = (error: Error): LogAttributes => ({
  "exception.type": error.name,
  "exception.message": error.message,
  "exception.stacktrace": error.stack ?? "",
});

function chargeCard(): Error {
  return new TypeError("card is null");
}

describe.each(["JSON", "protobuf"] as const)("the OpenTelemetry SDK by %s", (encoding) => {
  test("lines arrive with level, text, attributes, service and time", async () => {
    const { logger, send } = startProgram(encoding, token);
    const at = Date.now() - 5_000;
    logger.emit({
      timestamp: at,
      severityNumber: SeverityNumber.WARN,
      severityText: "WARN",
      body: `slow query (${encoding})`,
      attributes: {
        ms: 812.5,
        table: "orders",
        cached: false,
        big: 9_007_199_254_740_991,
        tags: ["a", "b"],
        password: "hunter2hunter",
      },
    });
    logger.emit({ severityNumber: SeverityNumber.DEBUG3, body: { step: "pay", items: [1, 2] } });
    await send();
    const [line] = (await listLogs(context, { query: `slow query service:shop-${encoding}` })).items;
    expect(line).toMatchObject({
      at: new Date(at),
      level: "warn",
      severity: 13,
      service: `shop-${encoding}`,
      message: `slow query (${encoding})`,
      projectId: null,
    });
    expect(line?.attributes).toMatchObject({
      "host.name": `node-${encoding}`,
      "otel.scope.name": "checkout",
      ms: 812.5,
      table: "orders",
      cached: false,
      big: 9_007_199_254_740_991,
      tags: ["a", "b"],
      password: "[Filtered]",
    });
    const [structured] = (await listLogs(context, { query: "level:debug", service: `shop-${encoding}` })).items;
    expect(JSON.parse(structured?.message ?? "")).toEqual({ step: "pay", items: [1, 2] });
  });

  test("an error with its exception becomes an error event beside, of the key's project, with its stack", async () => {
    const project = await makeProject(context, { name: `by key, ${encoding}` });
    const { logger, send } = startProgram(encoding, keyOf(project));
    logger.emit({
      severityNumber: SeverityNumber.ERROR,
      body: "payment failed",
      attributes: { ...exceptionOf(chargeCard()), "user.id": "7" },
    });
    await send();
    const { items } = await listGroups(context, { project: project.id });
    expect(items).toMatchObject([
      { type: "TypeError", value: "card is null", level: "error", lastRelease: "2.0", userCount: 1 },
    ]);
    const event = await getLatestEvent(context, { groupId: items[0]?.id ?? "" });
    expect(event?.data).toMatchObject({
      platform: "",
      serverName: `node-${encoding}`,
      logger: "checkout",
      extra: { "log.message": "payment failed" },
    });
    const frames = event?.data.exceptions[0]?.frames.filter(({ inApp }) => inApp);
    expect(frames?.at(-1)).toMatchObject({
      function: "chargeCard",
      filename: expect.stringContaining("opentelemetry-sdk.test.ts"),
    });
    const around = await listLogsAround(context, { eventId: event?.id ?? "" });
    expect(around.reason).toBe("same host and time");
    expect(around.items.map(({ message }) => message)).toContain("payment failed");
    expect(around.items.find(({ message }) => message === "payment failed")?.projectId).toBe(project.id);
  });

  test("with a token it is of the project that the program names, else of one named Default", async () => {
    const named = await makeProject(context, { name: `Named ${encoding}` });
    const one = startProgram(encoding, token, { "watchkeeper.project": `Named ${encoding}` });
    one.logger.emit({
      severityNumber: SeverityNumber.FATAL,
      body: "x",
      attributes: exceptionOf(new Error(`named ${encoding}`)),
    });
    await one.send();
    expect((await listGroups(context, { project: named.id })).items).toMatchObject([
      { value: `named ${encoding}`, level: "fatal" },
    ]);
    const other = startProgram(encoding, token);
    other.logger.emit({
      severityNumber: SeverityNumber.ERROR,
      body: "x",
      attributes: exceptionOf(new Error(`nameless ${encoding}`)),
    });
    await other.send();
    expect((await listGroups(context, { query: `project:Default nameless ${encoding}` })).items).toHaveLength(1);
  });

  test("less than an error, or an error without an exception, is a line alone", async () => {
    const project = await makeProject(context);
    const { logger, send } = startProgram(encoding, keyOf(project));
    logger.emit({
      severityNumber: SeverityNumber.WARN,
      body: "w",
      attributes: exceptionOf(new Error("only a warning")),
    });
    logger.emit({ severityNumber: SeverityNumber.ERROR, body: "no exception" });
    await send();
    expect((await listLogs(context, { project: project.id })).items).toHaveLength(2);
    expect((await listGroups(context, { project: project.id })).items).toEqual([]);
  });
});

test("the SDK was content with every answer", () => {
  expect(complaints).toEqual([]);
});

import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { parseArgs } from "node:util";
import autocannon from "autocannon";
import { startProduct } from "../e2e/product";
import { processTree, usageOf } from "./processes";
import { type Figure, printFigures } from "./report";

/** What an idle install costs, process by process, and what the web process's measuring of its own requests costs. Linux only. */
const { values } = parseArgs({
  options: { seconds: { type: "string", default: "60" }, rounds: { type: "string", default: "6" } },
});
const seconds = Number(values.seconds);

const nameOf = (command: string): string => {
  for (const name of ["launcher", "server", "worker"])
    if (command.includes(`.build/${name}.js`)) return name === "server" ? "web" : name;
  return "database";
};

async function idle(): Promise<Figure[]> {
  const product = await startProduct();
  try {
    console.log(`idle: settling for 60 s, then measuring for ${seconds} s …`);
    await new Promise((wake) => setTimeout(wake, 60_000));
    const pids = processTree(product.launcherPid);
    const before = new Map(pids.map((pid) => [pid, usageOf(pid)]));
    await new Promise((wake) => setTimeout(wake, seconds * 1000));
    const sums = new Map<string, { pss: number; cpu: number }>();
    for (const pid of processTree(product.launcherPid)) {
      const now = usageOf(pid);
      const name = nameOf(now.command);
      const sum = sums.get(name) ?? { pss: 0, cpu: 0 };
      sums.set(name, {
        pss: sum.pss + now.pssBytes,
        cpu: sum.cpu + now.cpuSeconds - (before.get(pid)?.cpuSeconds ?? 0),
      });
    }
    const figures = [...sums].flatMap(([name, { pss, cpu }]) => [
      { what: `${name}: memory (PSS)`, value: pss / 1e6, unit: "MB" },
      { what: `${name}: CPU of one core`, value: (100 * cpu) / seconds, unit: "%" },
    ]);
    const total = (key: "pss" | "cpu") => [...sums.values()].reduce((sum, part) => sum + part[key], 0);
    return [
      ...figures,
      { what: "all processes: memory (PSS)", value: total("pss") / 1e6, unit: "MB", bound: { at: "most", value: 350 } },
      {
        what: "all processes: CPU of one core",
        value: (100 * total("cpu")) / seconds,
        unit: "%",
        bound: { at: "most", value: 3 },
      },
    ];
  } finally {
    await product.stop();
  }
}

/** A server of the real handler in a process of its own, with or without the measuring around it. */
async function startServer(measured: boolean): Promise<{ child: ChildProcess; url: string }> {
  const child = spawn(process.execPath, ["--import", "tsx", "bench/live-server.ts", measured ? "measured" : "bare"], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const [message] = await once(child, "message");
  return { child, url: `http://127.0.0.1:${message.port}/api/live` };
}

async function requestsPerSecond(url: string): Promise<number> {
  const result = await autocannon({ url, connections: 32, duration: 5 });
  return result.requests.average;
}

async function ownMeasuring(): Promise<Figure[]> {
  const servers = { bare: await startServer(false), measured: await startServer(true) };
  const rates = { bare: [] as number[], measured: [] as number[] };
  await requestsPerSecond(servers.bare.url);
  await requestsPerSecond(servers.measured.url);
  for (let i = 0; i < Number(values.rounds); i += 1) {
    const order = i % 2 === 0 ? (["bare", "measured"] as const) : (["measured", "bare"] as const);
    for (const kind of order) rates[kind].push(await requestsPerSecond(servers[kind].url));
  }
  servers.bare.child.kill();
  servers.measured.child.kill();
  const median = (list: number[]) => list.toSorted((a, b) => a - b)[Math.floor(list.length / 2)] ?? 0;
  const bare = median(rates.bare);
  const measured = median(rates.measured);
  return [
    { what: "requests/s without own measuring (median)", value: bare, unit: "/s" },
    { what: "requests/s with own measuring (median)", value: measured, unit: "/s" },
    {
      what: "cost of own measuring",
      value: (100 * (bare - measured)) / bare,
      unit: "%",
      bound: { at: "most", value: 5 },
    },
  ];
}

const idleMet = printFigures("Idle install", await idle());
const measuringMet = printFigures("Own request measuring, GET /api/live", await ownMeasuring());
process.exitCode = idleMet && measuringMet ? 0 : 1;

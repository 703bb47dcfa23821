import { spawn, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll } from "vitest";
import { refusedPort } from "./servers";

const hasPrometheus = () => ["prometheus", "promtool"].every((name) => spawnSync(name, ["--version"]).status === 0);

/** Is there a Prometheus? On Debian as root it is installed when missing; elsewhere a line says what is not tested. */
export function findPrometheus(): boolean {
  if (hasPrometheus()) return true;
  if (process.getuid?.() === 0 && spawnSync("apt-get", ["--version"]).status === 0) {
    const options = { env: { ...process.env, DEBIAN_FRONTEND: "noninteractive", RUNLEVEL: "1" }, timeout: 180_000 };
    spawnSync("apt-get", ["update"], options);
    spawnSync("apt-get", ["install", "-y", "--no-install-recommends", "prometheus"], options);
    if (hasPrometheus()) return true;
  }
  process.stderr.write("\nNOT TESTED: /metrics with a real Prometheus, because there is none on the PATH.\n\n");
  return false;
}

export interface TestPrometheus {
  /** The values of an instant query, by their labels. */
  query: (expression: string) => Promise<{ metric: Record<string, string>; value: number }[]>;
}

interface Answer {
  data: { result: { metric: Record<string, string>; value: [number, string] }[] };
}

/** Starts a Prometheus on a free port of loopback that scrapes one address every second. */
export async function startPrometheus(target: { port: number; token: string }): Promise<TestPrometheus> {
  const folder = await mkdtemp(join(tmpdir(), "watchkeeper-prometheus-"));
  const port = await refusedPort();
  const config = {
    global: { scrape_interval: "1s" },
    scrape_configs: [
      {
        job_name: "watchkeeper",
        authorization: { credentials: target.token },
        honor_timestamps: true,
        static_configs: [{ targets: [`127.0.0.1:${target.port}`] }],
      },
    ],
  };
  // JSON is YAML.
  await writeFile(join(folder, "prometheus.yml"), JSON.stringify(config));
  const child = spawn(
    "prometheus",
    [
      `--config.file=${join(folder, "prometheus.yml")}`,
      `--storage.tsdb.path=${join(folder, "data")}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ],
    { stdio: "ignore" },
  );
  const exited = new Promise((resolve) => child.once("exit", resolve));
  afterAll(async () => {
    child.kill();
    await exited;
    await rm(folder, { recursive: true, force: true });
  });
  return {
    query: async (expression) => {
      const address = `http://127.0.0.1:${port}/api/v1/query?${new URLSearchParams({ query: expression })}`;
      const response = await fetch(address).catch(() => undefined);
      if (!response?.ok) return [];
      const { data } = (await response.json()) as Answer;
      return data.result.map(({ metric, value }) => ({ metric, value: Number(value[1]) }));
    },
  };
}

import { randomUUID } from "node:crypto";
import type { Page } from "@playwright/test";
import type { Pool } from "pg";
import { z } from "zod";
import type { SharedProduct } from "./shared";

const made = z.object({ id: z.int(), name: z.string(), dsn: z.string() });

export interface ErrorProject {
  id: number;
  name: string;
  dsn: string;
  /** The public key of the DSN. */
  key: string;
}

/** A project of one spec, made by the API. */
export async function makeErrorProject({ url }: SharedProduct, token: string): Promise<ErrorProject> {
  const response = await fetch(`${url}/api/v1/projects`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ name: `shop-${randomUUID()}` }),
  });
  if (response.status !== 201) throw new Error(`no project was made: ${await response.text()}`);
  const project = made.parse(JSON.parse(await response.text()));
  return { ...project, key: new URL(project.dsn).username };
}

/** Takes away the project with its events, errors and lines of logs. */
export async function removeErrorProject(sql: Pool, id: number | string): Promise<void> {
  await sql.query("DELETE FROM error_events WHERE project_id = $1", [id]);
  await sql.query("DELETE FROM log_lines WHERE project_id = $1", [id]);
  await sql.query("DELETE FROM projects WHERE id = $1", [id]);
}

/** Sends lines of logs as JSON with a project's key. */
export async function sendLogs({ url }: SharedProduct, { key }: ErrorProject, ...lines: object[]): Promise<void> {
  const response = await fetch(`${url}/api/v1/logs`, {
    method: "POST",
    headers: { authorization: `Bearer ${key}`, "content-type": "application/json" },
    body: JSON.stringify(lines),
  });
  if (response.status !== 200) throw new Error(`no line was stored: ${await response.text()}`);
}

/** The card of a page by its title. */
export const cardOf = (page: Page, title: string) =>
  page.locator("section").filter({ has: page.getByRole("heading", { level: 2, name: title, exact: true }) });

/** A project of the demo: a program that sends errors and logs. */
export interface DemoProject {
  /** Of its key, by which the demo knows its own again. */
  key: string;
  name: string;
  platform: "javascript" | "python" | "node" | "java" | "go";
  /** Stands before the version in its releases. */
  program: string;
  server?: string;
  errors: readonly DemoError[];
}

/** A line of a stack as it is written here, from the outermost call to where it broke. */
export interface DemoFrame {
  file: string;
  name: string;
  line: number;
  /** The program's own, with the source around; without it a library's. `>` marks the line. */
  source?: string;
  vars?: Record<string, string | number | null>;
}

/** A kind of error of the demo, and how often it happens. */
export interface DemoError {
  type: string;
  /** `#` becomes a number. */
  value: string;
  level?: "warning" | "error" | "fatal";
  frames: readonly DemoFrame[];
  /** What was asked of the program: `POST /orders`, a page or a job. */
  transaction: string;
  /** From when to when, in days ago; to 0 it goes on. */
  days: readonly [from: number, to: number];
  /** On average; fewer at night and on weekends. */
  perDay: number;
  /** Besides, so many a minute while one of the demo's outages lasts (its number in demo-outages.ts). */
  outage?: { number: number; perMinute: number };
  isHandled?: boolean;
  /** What somebody made of it, and when, in days ago. */
  triage?: { daysAgo: number; to: "resolved" | "ignored" };
  comment?: string;
}

export const own = (file: string, name: string, line: number, source: string, vars?: DemoFrame["vars"]): DemoFrame => ({
  file,
  name,
  line,
  source,
  ...(vars && { vars }),
});
export const library = (file: string, name: string, line: number): DemoFrame => ({ file, name, line });

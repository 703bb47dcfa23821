/** The launcher's own lines: plain sentences on standard output, between its children's log. */
export function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

/** A few lines in a frame that is not overlooked between the others. */
export function sayInBox(lines: string[]): void {
  const width = Math.max(...lines.map((line) => line.length));
  say(
    [
      "",
      `┌─${"─".repeat(width)}─┐`,
      ...lines.map((line) => `│ ${line.padEnd(width)} │`),
      `└─${"─".repeat(width)}─┘`,
      "",
    ].join("\n"),
  );
}

import { ensurePrismaClient } from "../prisma-client";

/** The CLI: `node .build/cli.js NAME`, or from the source, where Prisma's client may have to be generated first. */
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  // Who reads may have seen enough: `… | head`.
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});
await ensurePrismaClient();
const { runCommand } = await import("./run-command");
process.exitCode = await runCommand(process.argv.slice(2));

import type { NextConfig } from "next";
import { SECURITY_HEADERS } from "./lib/api/security-headers";

const config: NextConfig = {
  cacheComponents: true,
  partialPrefetching: true,
  reactStrictMode: true,
  poweredByHeader: false,
  // Protocol paths end in a slash (/api/7/envelope/): a redirect would lose the body.
  skipTrailingSlashRedirect: true,
  // The bundler must not look inside: Prisma and pg are shared with server.ts.
  serverExternalPackages: [
    "@prisma/client",
    "@prisma/adapter-pg",
    "pg",
    "pg-boss",
    "redis",
    "pino",
    "@slack/web-api",
    "resend",
    "nodemailer",
    "@react-email/render",
  ],
  // `npm run verify` checks types with the compiler itself; a start need not wait for it.
  typescript: { ignoreBuildErrors: true },
  headers: async () => [
    { source: "/:path*", headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
  ],
};

export default config;

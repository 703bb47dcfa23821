import { type PeerCertificate, type TLSSocket, checkServerIdentity } from "node:tls";
import { z } from "zod";
import { openConnection } from "@/lib/core/connection";
import { NetworkFailure, failureSentence, plainCause } from "@/lib/core/network-errors";
import { defineCheck } from "../define-check";
import { caCertificate, host, inOrder, port } from "../fields";
import { type Finding, below, conclude, failed } from "../findings";

const days = z.number().min(0, "must not be negative");

const config = z
  .strictObject({
    host: host.meta({ title: "Host", description: "Name or address." }),
    port: port.default(443).meta({ title: "Port" }),
    serverName: host.optional().meta({
      title: "Host name",
      description: "The name that the certificate must be for, where it is not the host.",
    }),
    warningDays: days
      .default(14)
      .meta({ title: "Warning below", description: "Days that the certificate is still valid." }),
    failedDays: days
      .default(3)
      .meta({ title: "Failed below", description: "Days that the certificate is still valid." }),
    caCertificate,
  })
  .superRefine(inOrder(["failedDays", "warningDays"]));

type TlsConfig = z.output<typeof config>;

export const tls = defineCheck({
  label: "TLS certificate",
  description: "Looks at a server's certificate: days left, chain and host name.",
  config,
  example: { host: "shop.example", warningDays: 21 },
  run: async (options, { signal, now }) => {
    const subject = `TLS ${options.host}:${options.port}`;
    const serverName = options.serverName ?? options.host;
    try {
      const { socket, secure } = await openConnection({
        host: options.host,
        port: options.port,
        signal,
        tls: { serverName, ca: options.caCertificate, verify: false },
      });
      // Connected to anyone, nothing is sent: each fault of the certificate is told, not the first alone.
      const certificate = secure?.getPeerCertificate();
      const chain = secure && chainFault(secure);
      socket.destroy();
      if (!certificate?.valid_to)
        return { status: "failed", shortSummary: "no certificate", message: `${subject} sent no certificate.` };
      return judge(
        options,
        subject,
        { certificate, chain, identity: checkServerIdentity(serverName, certificate) },
        now(),
      );
    } catch (error) {
      if (!(error instanceof NetworkFailure)) throw error;
      const summary = error.timedOut ? "timed out" : "no connection";
      return { status: "failed", shortSummary: summary, message: failureSentence(subject, error) };
    }
  },
});

/** Dates and names are judged apart from the chain. */
const NOT_OF_THE_CHAIN = new Set(["CERT_HAS_EXPIRED", "CERT_NOT_YET_VALID", "ERR_TLS_CERT_ALTNAME_INVALID"]);

function chainFault(secure: TLSSocket): string | undefined {
  // A code, where @types/node says Error.
  const code = secure.authorized ? "" : String(secure.authorizationError);
  return code === "" || NOT_OF_THE_CHAIN.has(code) ? undefined : plainCause({ code }, "");
}

interface Seen {
  certificate: PeerCertificate;
  chain: string | undefined;
  identity: Error | undefined;
}

function judge(options: TlsConfig, subject: string, { certificate, chain, identity }: Seen, now: Date) {
  const expiresAt = new Date(certificate.valid_to);
  const validFrom = new Date(certificate.valid_from);
  const daysLeft = (expiresAt.getTime() - now.getTime()) / 86_400_000;
  const issuer = nameOf(certificate.issuer);
  const about = `issued by ${issuer}, expires ${day(expiresAt)}`;
  const wrongName = `The certificate of ${subject} is for ${namesOf(certificate)}, not for ${options.serverName ?? options.host} (${about}).`;
  const findings: (Finding | undefined)[] = [
    daysLeft < 0
      ? failed(
          `The certificate of ${subject} expired on ${day(expiresAt)}, ${Math.ceil(-daysLeft)} days ago (issued by ${issuer}).`,
        )
      : undefined,
    validFrom > now
      ? failed(`The certificate of ${subject} is valid only from ${day(validFrom)} (${about}).`)
      : undefined,
    identity ? failed(wrongName) : undefined,
    chain === undefined ? undefined : failed(`The chain of ${subject} is not valid: ${chain} (${about}).`),
    daysLeft < 0
      ? undefined
      : below(
          daysLeft,
          { warning: options.warningDays, failed: options.failedDays },
          (limit) =>
            `The certificate of ${subject} expires in ${Math.floor(daysLeft)} days, on ${day(expiresAt)} (limit ${limit} days; issued by ${issuer}).`,
        ),
  ];
  return conclude(findings, {
    shortSummary: daysLeft < 0 ? "expired" : `${Math.floor(daysLeft)} days left`,
    meta: {
      daysLeft: Math.floor(daysLeft),
      issuer,
      expiresAt: expiresAt.toISOString(),
      chainValid: chain === undefined,
      hostNameMatches: identity === undefined,
    },
  });
}

const day = (date: Date) => date.toISOString().slice(0, 10);

/** Fields that stand twice in a name come as a list, and any may be absent, whatever the types say. */
const fieldsOf = z.object({
  O: z.union([z.string(), z.array(z.string())]).optional(),
  CN: z.union([z.string(), z.array(z.string())]).optional(),
});

function nameOf(issuer: unknown): string {
  const { O: organisation, CN: commonName } = fieldsOf.catch({}).parse(issuer);
  return [organisation ?? [], commonName ?? []].flat().join(" ") || "an unnamed authority";
}

function namesOf(certificate: PeerCertificate): string {
  const names = certificate.subjectaltname?.replaceAll(/(DNS|IP Address):/g, "").split(", ") ?? [
    String(certificate.subject?.CN ?? "nobody"),
  ];
  return names.length > 5 ? `${names.slice(0, 5).join(", ")} and ${names.length - 5} more` : names.join(", ");
}

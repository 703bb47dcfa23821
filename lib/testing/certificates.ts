import { generateKeyPairSync, randomBytes } from "node:crypto";
import forge from "node-forge";

/** PEM of a key and a certificate (or a chain). */
export interface TestCertificate {
  key: string;
  cert: string;
}

export interface TestAuthority extends TestCertificate {
  /** A certificate of this authority. Days count from now; a negative one has passed. */
  issue: (options: { hosts: string[]; fromDays?: number; toDays?: number }) => TestCertificate;
}

const DAY_MS = 86_400_000;

/** A certificate authority that nobody trusts by itself. */
export function makeAuthority(name: string): TestAuthority {
  const keys = makeKeys();
  const subject = [
    { name: "commonName", value: name },
    { name: "organizationName", value: "Watchkeeper Tests" },
  ];
  const own = sign({
    keys,
    subject,
    issuer: subject,
    signer: keys,
    fromDays: -10,
    toDays: 3650,
    extensions: [{ name: "basicConstraints", cA: true }],
  });
  return {
    ...own,
    issue: ({ hosts, fromDays = -5, toDays = 90 }) => {
      const hostKeys = makeKeys();
      const altNames = hosts.map((host) => (/^[\d.]+$/.test(host) ? { type: 7, ip: host } : { type: 2, value: host }));
      return sign({
        keys: hostKeys,
        subject: [{ name: "commonName", value: hosts[0] ?? "" }],
        issuer: subject,
        signer: keys,
        fromDays,
        toDays,
        extensions: [{ name: "subjectAltName", altNames }],
      });
    },
  };
}

interface Keys {
  key: string;
  publicKey: forge.pki.rsa.PublicKey;
  privateKey: forge.pki.rsa.PrivateKey;
}

/** By OpenSSL and not by forge: in milliseconds. */
function makeKeys(): Keys {
  const { privateKey, publicKey } = generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
  return {
    key: privateKey,
    publicKey: forge.pki.publicKeyFromPem(publicKey),
    privateKey: forge.pki.privateKeyFromPem(privateKey),
  };
}

function sign(options: {
  keys: Keys;
  subject: forge.pki.CertificateField[];
  issuer: forge.pki.CertificateField[];
  signer: Keys;
  fromDays: number;
  toDays: number;
  extensions: object[];
}): TestCertificate {
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = options.keys.publicKey;
  certificate.serialNumber = `01${randomBytes(8).toString("hex")}`;
  certificate.validity.notBefore = new Date(Date.now() + options.fromDays * DAY_MS);
  certificate.validity.notAfter = new Date(Date.now() + options.toDays * DAY_MS);
  certificate.setSubject(options.subject);
  certificate.setIssuer(options.issuer);
  certificate.setExtensions(options.extensions);
  certificate.sign(options.signer.privateKey, forge.md.sha256.create());
  return { key: options.keys.key, cert: forge.pki.certificateToPem(certificate) };
}

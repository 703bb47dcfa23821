import type { NextAuthOptions } from "next-auth";
import CredentialsProvider from "next-auth/providers/credentials";
import { z } from "zod";
import { signIn } from "@/lib/access/sign-in";
import { asActor } from "@/lib/core/context";
import { isProblem, messageOf } from "@/lib/core/errors";
import { processContext } from "@/lib/core/process-context";
import { returnPath } from "./return-path";
import { sessionCookie, sessionSecret, SESSION_SECONDS } from "./session-token";

const signedIn = z.object({ id: z.string(), sessionVersion: z.number() });

/** next-auth's options. A function: the secret is known when the process runs, not when it is built. */
export function authOptions(address: string | undefined): NextAuthOptions {
  const context = processContext();
  const { env, log } = context;
  const cookie = sessionCookie(env);
  return {
    secret: sessionSecret(env),
    session: { strategy: "jwt", maxAge: SESSION_SECONDS },
    pages: { signIn: "/sign-in", signOut: "/settings/account", error: "/sign-in" },
    useSecureCookies: cookie.options.secure,
    cookies: { sessionToken: cookie },
    providers: [
      CredentialsProvider({
        name: "Email and password",
        credentials: { email: { label: "Email", type: "email" }, password: { label: "Password", type: "password" } },
        authorize: async (credentials) => {
          try {
            return await signIn(asActor(context, { kind: "anonymous", address }), credentials);
          } catch (error) {
            // What is wrong with the input is not told apart from a wrong password.
            if (isProblem(error) && error.kind === "invalid") return null;
            throw error;
          }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => {
        // `user` is there at the sign-in alone; later calls hand the token on.
        const signed = signedIn.safeParse(user).data;
        return signed ? { userId: signed.id, sessionVersion: signed.sessionVersion } : token;
      },
      session: ({ session, token }) => ({ expires: session.expires, userId: token["userId"] }),
      redirect: ({ url, baseUrl }) => returnPath(url.startsWith(`${baseUrl}/`) ? url.slice(baseUrl.length) : url),
    },
    logger: {
      error: (code, details) => log.warn({ code, error: messageOf(details) }, "next-auth"),
      warn: (code) => log.debug({ code }, "next-auth"),
      debug: () => undefined,
    },
  };
}

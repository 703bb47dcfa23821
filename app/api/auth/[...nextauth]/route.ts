import NextAuth from "next-auth";
import type { NextRequest } from "next/server";
import { authOptions } from "@/app/_auth/options";
import { clientAddress } from "@/app/_auth/client-address";

interface RouteContext {
  params: Promise<{ nextauth: string[] }>;
}

/** next-auth's own addresses: for programs that sign in by its protocol. The sign-in page uses a server action. */
async function handle(request: NextRequest, context: RouteContext): Promise<Response> {
  return NextAuth(request, context, authOptions(clientAddress(request.headers)));
}

export { handle as GET, handle as POST };

import { NextResponse, type NextRequest } from "next/server";

/**
 * Comfort, not protection (that stands beside the data, see app/_dal/session.ts): a visitor without a session is sent to
 * the sign-in page before anything is rendered, and pages learn their own path, to come back to it.
 */
export function proxy(request: NextRequest): NextResponse {
  const { pathname, search } = request.nextUrl;
  const path = `${pathname}${search}`;
  const signedIn = request.cookies.getAll().some(({ name }) => name.endsWith("next-auth.session-token"));
  if (!signedIn && request.method === "GET") {
    const target = request.nextUrl.clone();
    target.pathname = "/sign-in";
    target.search = path === "/" ? "" : `?${new URLSearchParams({ callbackUrl: path })}`;
    return NextResponse.redirect(target);
  }
  const headers = new Headers(request.headers);
  headers.set("x-watchkeeper-path", path);
  return NextResponse.next({ request: { headers } });
}

export const config = {
  // Pages that need a session: not the sign-in page, the API, the public pages, nor files (their names have a dot).
  matcher: ["/((?!sign-in|api/|_next/|status|ping/|metrics$|.*\\.).*)"],
};

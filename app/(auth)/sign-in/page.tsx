import type { Metadata } from "next";
import { Suspense } from "react";
import { Banner } from "@/app/_components/banner";
import { Logo } from "@/app/_components/logo";
import { returnPath } from "@/app/_auth/return-path";
import { SignInForm } from "./sign-in-form";

export const metadata: Metadata = { title: "Sign in" };

interface PageProps {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default function SignInPage({ searchParams }: PageProps) {
  return (
    <main className="grid min-h-dvh place-items-center px-4 py-12">
      <div className="w-full max-w-sm">
        <div className="mb-6 flex items-center gap-2.5">
          <Logo size={24} />
          <span className="text-base font-semibold tracking-tight">Watchkeeper</span>
        </div>
        <div className="rounded-lg border border-line bg-surface p-6">
          <h1 className="mb-5 text-xl font-semibold tracking-tight">Sign in</h1>
          <Suspense fallback={null}>
            <Refusal searchParams={searchParams} />
          </Suspense>
          {/* The form stands from the start: what is typed into it must not be swapped away. */}
          <SignInForm>
            <Suspense fallback={null}>
              <ReturnPath searchParams={searchParams} />
            </Suspense>
          </SignInForm>
        </div>
        <p className="mt-4 text-xs text-pretty text-muted">
          The first admin’s email and password were printed where Watchkeeper was started. Forgot yours? Any admin can
          set a new one under Settings, Users.
        </p>
      </div>
    </main>
  );
}

/** next-auth's own address was used and refused the sign-in. */
async function Refusal({ searchParams }: PageProps) {
  const { error } = await searchParams;
  if (error === undefined) return null;
  return (
    <div className="mb-5">
      <Banner tone="negative">The sign-in was refused. Check the email and the password.</Banner>
    </div>
  );
}

async function ReturnPath({ searchParams }: PageProps) {
  const { callbackUrl } = await searchParams;
  return <input type="hidden" name="callbackUrl" value={returnPath(callbackUrl)} />;
}

import type { Metadata, Viewport } from "next";
import type { ReactNode } from "react";
import { classNames } from "./_components/class-names";
import { EarlyScript } from "./_early/early-script";
import { mono, sans } from "./fonts";
import "./globals.css";

export const metadata: Metadata = {
  title: { default: "Watchkeeper", template: "%s · Watchkeeper" },
  description: "Health checks, metrics and incidents of this platform.",
  icons: { icon: "/icon.svg" },
  robots: { index: false, follow: false },
};

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#fafafa" },
    { media: "(prefers-color-scheme: dark)", color: "#0c0d0f" },
  ],
};

export default function RootLayout({ children }: { children: ReactNode }) {
  return (
    // The theme script writes onto this element before React sees it.
    <html lang="en" suppressHydrationWarning className={classNames(sans.variable, mono.variable)}>
      <head>
        <EarlyScript />
      </head>
      <body>{children}</body>
    </html>
  );
}

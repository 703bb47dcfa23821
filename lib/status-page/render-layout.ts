import { createHash } from "node:crypto";
import { html, raw, type Markup } from "./html";
import type { PublicStatus, State } from "./status";
import { styles } from "./styles";
import { formatAge, formatNear } from "./words";

/** What is shown, and when it is shown. */
export interface View {
  status: PublicStatus;
  now: Date;
  /** The present state can't be read: what was known at `status.asOf` stands in for it. */
  isLastKnown: boolean;
}

export interface RenderedPage {
  text: string;
  /** Content-Security-Policy: no script at all, and no stylesheet but the page's own. */
  policy: string;
}

const ICONS: Record<State, string> = {
  operational: "/icon.svg",
  maintenance: "/icon.svg",
  unknown: "/icon-stale.svg",
  degraded: "/icon-caution.svg",
  partial: "/icon-caution.svg",
  major: "/icon-negative.svg",
};

/** The frame of every public page. Pure. */
export function renderLayout(
  { status, now, isLastKnown }: View,
  { title, isFront, main }: { title: string; isFront: boolean; main: Markup },
): RenderedPage {
  const { page, state } = status;
  const logo = page.logoUrl === null ? null : html`<img src="${page.logoUrl}" alt="" />`;
  const contact = page.contactUrl === null ? null : html`<a href="${page.contactUrl}">Contact us</a>`;
  return renderDocument({
    title,
    accent: page.accent,
    head: html`<link rel="icon" href="${isLastKnown ? ICONS.unknown : ICONS[state]}" />
      <link
        rel="alternate"
        type="application/atom+xml"
        href="/status/feed.atom"
        title="${page.title}: incidents and maintenance"
      />`,
    body: html`<header class="head">
        ${logo} ${isFront ? html`<h1>${page.title}</h1>` : html`<a class="name" href="/status">${page.title}</a>`}
        <nav aria-label="More"><a href="/status/feed.atom">Atom feed</a>${contact}</nav>
      </header>
      <main>${isLastKnown ? renderAge(status.asOf, now) : null}${main}</main>
      <footer class="foot"><span>All times are UTC.</span><a href="/api/status.json">This page as JSON</a></footer>`,
  });
}

function renderAge(asOf: string, now: Date): Markup {
  return html`<div class="old" role="status">
    <svg class="icon" viewBox="0 0 20 20" width="20" height="20" aria-hidden="true">
      <circle cx="10" cy="10" r="8" />
      <path d="M10 5.5V10l3 2" />
    </svg>
    <p>
      <strong>Last known state, from ${formatNear(asOf, now)}, ${formatAge(asOf, now)} ago.</strong> The present state
      cannot be read now.
    </p>
  </div>`;
}

/** A whole document that needs no other file. Pure. */
export function renderDocument({
  title,
  accent,
  head,
  body,
}: {
  title: string;
  accent: string;
  head?: Markup;
  body: Markup;
}): RenderedPage {
  const css = styles(accent);
  // In one piece: the policy's hash is of each character between the tags.
  const style = raw(`<style>${css}</style>`);
  const { markup } = html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <title>${title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        ${head} ${style}
      </head>
      <body>
        <div class="bar-top"></div>
        <div class="page">${body}</div>
      </body>
    </html> `;
  const hash = createHash("sha256").update(css).digest("base64");
  return {
    text: markup,
    policy: `default-src 'none'; style-src 'sha256-${hash}'; img-src 'self' https:; base-uri 'none'; form-action 'none'; frame-ancestors 'self'`,
  };
}

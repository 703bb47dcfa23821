/**
 * The pieces of react-email. Loaded with the first email and not with the process: the renderer brings along a whole
 * formatter. (The bundler would lift static imports to the top of the worker.)
 */
export async function loadPieces() {
  const [html, head, preview, body, container, section, text, heading, link, button, hr, { render }] =
    await Promise.all([
      import("@react-email/html"),
      import("@react-email/head"),
      import("@react-email/preview"),
      import("@react-email/body"),
      import("@react-email/container"),
      import("@react-email/section"),
      import("@react-email/text"),
      import("@react-email/heading"),
      import("@react-email/link"),
      import("@react-email/button"),
      import("@react-email/hr"),
      import("@react-email/render"),
    ]);
  return {
    ...html,
    ...head,
    ...preview,
    ...body,
    ...container,
    ...section,
    ...text,
    ...heading,
    ...link,
    ...button,
    ...hr,
    render,
  };
}

export type Pieces = Awaited<ReturnType<typeof loadPieces>>;

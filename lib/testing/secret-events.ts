import { randomUUID } from "node:crypto";

/** A text in every place of an event that holds one. */
export const everywhere = (text: string) => ({
  event_id: randomUUID(),
  level: "error",
  logger: text,
  server_name: text,
  transaction: text,
  release: text,
  environment: text,
  dist: text,
  message: text,
  logentry: { message: text, formatted: `${text}!` },
  fingerprint: ["{{ default }}", text],
  tags: { plain: text, [text]: "value" },
  user: { id: text, email: text, username: text, segment: text },
  request: {
    url: `https://shop.example.com/a?q=${encodeURIComponent(text)}`,
    query_string: `q=${encodeURIComponent(text)}`,
    headers: { Referer: text, "X-Other": [text, text] },
    cookies: { theme: text },
    data: { comment: text, nested: [{ deep: text }] },
    env: { REMOTE: text },
  },
  contexts: { state: { value: text, [text]: 1 }, trace: { trace_id: text, op: text } },
  breadcrumbs: [{ message: text, category: text, data: { url: text } }],
  extra: { note: text, list: [text, [text]], [text]: true },
  exception: {
    values: [
      { type: "Cause", value: text, stacktrace: { frames: [{ function: text, vars: { local: text } }] } },
      {
        type: text,
        value: text,
        module: text,
        mechanism: { type: text },
        stacktrace: {
          frames: [
            {
              function: text,
              filename: text,
              module: text,
              abs_path: text,
              vars: { a: text, b: { c: [text] } },
              pre_context: [`// ${JSON.stringify(text)}`],
              context_line: `  throw new Error(${JSON.stringify(text)});`,
              post_context: [text.includes("'") ? "" : `  const s = '${text.replaceAll("\n", String.raw`\n`)}';`],
            },
          ],
        },
      },
    ],
  },
});

/** A value in every place that has a name. */
export const named = (name: string, value: string) => ({
  message: "named",
  tags: { [name]: value },
  user: { id: "1", [name]: value },
  request: {
    url: `https://x.example.com/?${name}=${value}`,
    query_string: [[name, value]],
    headers: { [name]: value },
    cookies: { [name]: value },
    data: { [name]: value, deep: [{ [name]: value }] },
    env: { [name]: value },
  },
  contexts: { state: { [name]: value } },
  breadcrumbs: [{ message: `${name}=${value}`, data: { [name]: value } }],
  extra: { [name]: { inner: value, list: [value] } },
  exception: [
    { type: "E", value: `${name}: ${value}`, stacktrace: { frames: [{ function: "f", vars: { [name]: value } }] } },
  ],
});

/** A text in every place of a line of logs. */
export const lineWith = (text: string) => ({
  message: text,
  service: text,
  level: "error",
  attributes: { a: text, [text]: [text], "exception.message": text },
});

/** A line of logs with a value in every place that has a name. */
export const lineWithField = (name: string, value: string) => ({
  message: `${name}=${value}`,
  [name]: value,
  attributes: { [name]: { deep: value } },
});

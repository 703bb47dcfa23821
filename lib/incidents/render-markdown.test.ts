import { expect, test } from "vitest";
import { renderMarkdown } from "./render-markdown";

test("paragraphs, lists, code, emphasis and links are shown as such", () => {
  expect(renderMarkdown("**Down** since `14:02`\n\n- one\n- two")).toBe(
    "<p><strong>Down</strong> since <code>14:02</code></p>\n<ul>\n<li>one</li>\n<li>two</li>\n</ul>\n",
  );
  expect(renderMarkdown("see https://example.com/x")).toContain(
    '<a href="https://example.com/x" rel="nofollow noopener noreferrer">',
  );
  expect(renderMarkdown("[the check](/checks/1)")).toContain('<a href="/checks/1">');
});

test.each([
  "<script>alert(1)</script>",
  "<img src=x onerror=alert(1)>",
  "[a](javascript:alert(1))",
  "[a](JaVaScRiPt:alert(1))",
  "[a](data:text/html;base64,PHNjcmlwdD4=)",
  "[a](vbscript:x)",
  "[a](//evil.example/x)",
  "![x](javascript:alert(1))",
  '[a](/x "onmouseover=alert(1)")',
  "<svg/onload=alert(1)>",
  "&lt;script&gt;",
  "`<script>`",
  "```\n<script>alert(1)</script>\n```",
])("nothing runs: %s", (text) => {
  const html = renderMarkdown(text);
  const tags = [...html.matchAll(/<\/?([a-z0-9]+)/gi)].map(([, tag]) => tag);
  expect(tags.filter((tag) => !["p", "a", "code", "pre"].includes(tag ?? ""))).toEqual([]);
  expect(html).not.toMatch(/href="(?!https?:|mailto:|\/[^/])/i);
  expect(html).not.toMatch(/<[^>]+\son\w+=/i);
});

test("a picture is a link: nobody's server is told who reads", () => {
  expect(renderMarkdown("![graph](https://example.com/a.png)")).not.toContain("<img");
});

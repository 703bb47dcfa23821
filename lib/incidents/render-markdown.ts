import MarkdownIt from "markdown-it";

/**
 * HTML of nothing but what Markdown makes: tags that were typed are shown as text, links lead to http, https or mail alone,
 * and pictures, which would tell another server who reads, become links.
 */
const parser = new MarkdownIt({ html: false, linkify: true, breaks: true }).disable("image");
const SAFE = /^(https?:|mailto:|\/(?!\/)|#)/i;
parser.validateLink = (url) => SAFE.test(url.trim());
parser.renderer.rules["link_open"] = (tokens, index, options, _env, renderer) => {
  const token = tokens[index];
  if (token && /^https?:/i.test(String(token.attrGet("href")))) token.attrSet("rel", "nofollow noopener noreferrer");
  return renderer.renderToken(tokens, index, options);
};

/** Renders Markdown that anybody may have written, safe to be put into a page. Pure. */
export const renderMarkdown = (text: string): string => parser.render(text);

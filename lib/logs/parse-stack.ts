/** A frame in the form that Sentry's SDKs send: what read-frames reads. */
interface StackFrame {
  filename: string;
  function?: string;
  module?: string;
  lineno?: number;
  colno?: number;
}

type Reader = (line: string) => StackFrame | undefined;

const number = (text: string | undefined): number | undefined => (text === undefined ? undefined : Number(text));

/** `at handle (/srv/app.js:10:5)`, `at /srv/app.js:10:5`; Java's `at com.shop.Cart.add(Cart.java:20)`. */
const atLine: Reader = (line) => {
  const java = /^\s*at ([\w.$<>/]+)\.([\w$<>]+)\(([\w.]+|Native Method|Unknown Source)(?::(\d+))?\)/.exec(line);
  if (java?.[1] && java[3] && /\.(java|kt|scala|groovy)$|Native|Unknown/.test(java[3]))
    return { module: java[1], function: java[2] ?? "", filename: java[3], lineno: number(java[4]) };
  const named = /^\s*at (?:(.+?) \()?((?:[a-z-]+:\/\/|\/|[A-Za-z]:\\|node:|\.|[\w@])[^()]*?):(\d+)(?::(\d+))?\)?$/.exec(
    line,
  );
  if (!named?.[2]) return undefined;
  return { filename: named[2], function: named[1] ?? "", lineno: number(named[3]), colno: number(named[4]) };
};

/** `File "shop/views.py", line 88, in profile` */
const python: Reader = (line) => {
  const [, filename, lineno, name] = /^\s*File "([^"]+)", line (\d+)(?:, in (.+))?$/.exec(line) ?? [];
  return filename === undefined ? undefined : { filename, function: name ?? "", lineno: number(lineno) };
};

/** `#0 /srv/app/User.php(30): App\User->show()` */
const php: Reader = (line) => {
  const [, filename, lineno, name] = /^#\d+ (.+?)\((\d+)\): (.+?)\(/.exec(line) ?? [];
  return filename === undefined ? undefined : { filename, function: name ?? "", lineno: number(lineno) };
};

/** `app/models/cart.rb:12:in 'total'` */
const ruby: Reader = (line) => {
  const [, filename, lineno, name] = /^\s*(?:from )?(\S+\.rb):(\d+):in [`'](.+)'$/.exec(line) ?? [];
  return filename === undefined ? undefined : { filename, function: name ?? "", lineno: number(lineno) };
};

/** Go has the function on one line and its place on the next. */
function readGo(lines: readonly string[]): StackFrame[] {
  return lines.flatMap((line, i) => {
    const place = /^\t(.+\.go):(\d+)/.exec(line);
    const name = /^(\S+?)\(.*\)$/.exec(lines[i - 1] ?? "")?.[1];
    return place?.[1] && name ? [{ filename: place[1], function: name, lineno: number(place[2]) }] : [];
  });
}

const MAX_LINES = 300;

/**
 * The frames of a stack trace in the text that a language prints, from the outermost call to where it broke; none where the
 * text has none. Pure.
 */
export function parseStack(text: string): StackFrame[] {
  // What comes after is the cause, which is not the exception that was caught.
  const own = text.slice(0, 100_000).split(/\nCaused by: /)[0] ?? "";
  const lines = own.split("\n").slice(0, MAX_LINES);
  for (const read of [atLine, php, ruby]) {
    const frames = lines.flatMap((line) => read(line) ?? []);
    // Innermost first, as they print it.
    if (frames.length > 0) return frames.toReversed();
  }
  const inOrder = lines.flatMap((line) => python(line) ?? []);
  return inOrder.length > 0 ? inOrder : readGo(lines).toReversed();
}

/** An event as an SDK of a web program sends it, about 9 kB: 40 frames with source, 20 breadcrumbs, request, user, contexts. */
export function sampleEvent(n: number) {
  const group = n % 50;
  const frames = Array.from({ length: 40 }, (_, i) => ({
    filename: i < 30 ? `/srv/shop/node_modules/express/lib/layer${i}.js` : `/srv/shop/dist/module-${i}.js`,
    function: i === 39 ? `handler${group}` : `step${i}`,
    lineno: 10 + i,
    colno: 5,
    in_app: i >= 30,
    ...(i >= 30 && {
      context_line: `  const result = await load(${i}, options);`,
      pre_context: ["async function run(options) {", "  // before", "  prepare();"],
      post_context: ["  return result;", "}", ""],
    }),
  }));
  return {
    platform: "node",
    level: "error",
    release: `shop@1.${n % 3}.0`,
    environment: "production",
    server_name: `web-${n % 4}`,
    exception: {
      values: [
        {
          type: "TypeError",
          value: `Cannot read properties of undefined (reading 'id${group}')`,
          stacktrace: { frames },
        },
      ],
    },
    user: { id: String(n % 1_000), email: `user${n % 1_000}@example.com` },
    tags: { plan: n % 2 ? "pro" : "free", region: `r${n % 5}` },
    request: {
      url: "https://shop.example.com/cart",
      method: "POST",
      headers: { Accept: "*/*", "User-Agent": "Mozilla/5.0" },
      data: { item: n },
    },
    contexts: { runtime: { name: "node", version: "v20.20.2" }, os: { name: "Linux", version: "6.1" } },
    breadcrumbs: Array.from({ length: 20 }, (_, i) => ({
      timestamp: 1_795_780_799 + i,
      category: "http",
      message: `GET /item/${i}`,
      data: { status: 200 },
    })),
  };
}

import { type DemoProject, library, own } from "./demo-error";

const REACT = [
  library("node_modules/react-dom/cjs/react-dom-client.production.js", "performWorkUntilDeadline", 15_642),
  library("node_modules/react-dom/cjs/react-dom-client.production.js", "renderWithHooks", 4_203),
];
const EVENT = [library("node_modules/react-dom/cjs/react-dom-client.production.js", "executeDispatch", 12_317)];

/** The shop as customers see it: JavaScript in their browsers. */
export const shopWebsite: DemoProject = {
  key: "shop-website",
  name: "Shop website",
  platform: "javascript",
  program: "shop-web",
  errors: [
    {
      type: "TypeError",
      value: "Cannot read properties of undefined (reading 'postalCode')",
      transaction: "/checkout/address",
      days: [26, 0],
      perDay: 9,
      frames: [
        ...EVENT,
        own(
          "src/checkout/AddressForm.tsx",
          "submitAddress",
          88,
          `
  const { address, country } = form.values;
  const rules = rulesOf(country);
> if (!rules.pattern.test(address.postalCode)) {
    return form.fail("postalCode", rules.message);
  }`,
          { country: "NL", attempt: 2 },
        ),
      ],
      comment: "Only with the browser's autofill: it submits before the address is set.",
    },
    {
      type: "ChunkLoadError",
      value: "Loading chunk 7# failed. (error: https://shop.example.com/assets/product-7#.js)",
      level: "warning",
      transaction: "/product/:slug",
      days: [30, 0],
      perDay: 6,
      isHandled: true,
      frames: [
        library("webpack/runtime/jsonp chunk loading", "requireEnsure", 27),
        own(
          "src/routes/lazy.ts",
          "loadRoute",
          14,
          `
export async function loadRoute(name: RouteName) {
> const module = await routes[name]();
  return module.default;
}`,
        ),
      ],
      triage: { daysAgo: 18, to: "ignored" },
      comment: "A deploy took the old files away while the page was open. Nothing to do.",
    },
    {
      type: "RangeError",
      value: "Invalid time value",
      transaction: "/orders",
      days: [21, 12],
      perDay: 5,
      frames: [
        ...REACT,
        own(
          "src/orders/OrderDate.tsx",
          "OrderDate",
          9,
          `
export function OrderDate({ order }: { order: Order }) {
  const date = new Date(order.deliveredAt ?? "");
> return <time dateTime={date.toISOString()}>{format(date)}</time>;
}`,
        ),
      ],
      triage: { daysAgo: 11.9, to: "resolved" },
    },
    {
      type: "HttpError",
      value: "POST https://api.shop.example.com/payments answered 503",
      transaction: "/checkout/payment",
      days: [1.2, 0],
      perDay: 1,
      outage: { number: 0, perMinute: 4 },
      isHandled: true,
      frames: [
        ...EVENT,
        own(
          "src/checkout/pay.ts",
          "pay",
          41,
          `
  const response = await api.post("/payments", { order: order.id, method });
> if (!response.ok) throw new HttpError("POST", response.url, response.status);
  return (await response.json()) as Payment;`,
          { method: "card" },
        ),
      ],
    },
    {
      type: "SyntaxError",
      value: "Unexpected token '<', \"<!doctype \"... is not valid JSON",
      transaction: "/search",
      days: [14, 0],
      perDay: 3,
      frames: [
        own(
          "src/search/suggest.ts",
          "suggest",
          23,
          `
  const response = await fetch(\`/api/suggest?q=\${encodeURIComponent(text)}\`, { signal });
> const answer = await response.json();
  return answer.items.slice(0, 8);`,
        ),
      ],
    },
    {
      type: "QuotaExceededError",
      value: "Failed to execute 'setItem' on 'Storage': Setting the value of 'cart' exceeded the quota.",
      transaction: "/cart",
      days: [30, 0],
      perDay: 1.5,
      frames: [
        ...EVENT,
        own(
          "src/cart/store.ts",
          "save",
          57,
          `
function save(cart: Cart) {
> localStorage.setItem("cart", JSON.stringify(cart));
  channel.postMessage({ cart: cart.id });
}`,
          { items: 214 },
        ),
      ],
    },
    {
      type: "",
      value: "Hydration failed: the text of the price differs from the server's",
      level: "warning",
      transaction: "/product/:slug",
      days: [0.4, 0],
      perDay: 24,
      frames: [],
    },
    {
      type: "NotAllowedError",
      value: "Write permission denied.",
      level: "warning",
      transaction: "/share",
      days: [9, 0],
      perDay: 0.8,
      frames: [
        ...EVENT,
        own(
          "src/share/copy-link.ts",
          "copyLink",
          5,
          `
export async function copyLink(url: string) {
> await navigator.clipboard.writeText(url);
  toast("The link is copied.");
}`,
        ),
      ],
    },
  ],
};

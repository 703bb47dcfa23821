import { expect, test } from "vitest";
import { parseStack } from "./parse-stack";

/** The outermost call first, as events have them. */
const shown = (text: string) =>
  parseStack(text).map(({ module, filename, function: name, lineno }) =>
    [module, filename, name, lineno].filter((part) => part !== undefined && part !== "").join(" "),
  );

test.each([
  [
    "Node",
    `TypeError: card is null
    at charge (/srv/shop/dist/pay.js:12:9)
    at async Shop.place (file:///srv/shop/dist/orders.mjs:40:3)
    at /srv/shop/dist/main.js:3:1
    at node:internal/main/run_main_module:28:49`,
    [
      "node:internal/main/run_main_module 28",
      "/srv/shop/dist/main.js 3",
      "file:///srv/shop/dist/orders.mjs async Shop.place 40",
      "/srv/shop/dist/pay.js charge 12",
    ],
  ],
  [
    "Java, with a cause",
    `java.lang.IllegalStateException: no cart
\tat com.shop.Cart.add(Cart.java:20)
\tat com.shop.Api$Handler.handle(Api.java:7)
\tat java.base/java.lang.Thread.run(Thread.java:840)
Caused by: java.io.IOException: gone
\tat com.shop.Db.read(Db.java:1)`,
    [
      "java.base/java.lang.Thread Thread.java run 840",
      "com.shop.Api$Handler Api.java handle 7",
      "com.shop.Cart Cart.java add 20",
    ],
  ],
  [
    "Python",
    `Traceback (most recent call last):
  File "/srv/shop/main.py", line 3, in <module>
    main()
  File "/srv/shop/views.py", line 88, in profile
    return users[name]
KeyError: 'ada'`,
    ["/srv/shop/main.py <module> 3", "/srv/shop/views.py profile 88"],
  ],
  [
    "PHP",
    `#0 /var/www/app/User.php(30): App\\User->show()
#1 /var/www/index.php(5): App\\Kernel->run('x')
#2 {main}`,
    ["/var/www/index.php App\\Kernel->run 5", "/var/www/app/User.php App\\User->show 30"],
  ],
  [
    "Ruby",
    "app/models/cart.rb:12:in `total'\napp/api.rb:3:in `block in call'",
    ["app/api.rb block in call 3", "app/models/cart.rb total 12"],
  ],
  [
    "Go",
    "goroutine 1 [running]:\nmain.charge(0x1)\n\t/srv/shop/pay.go:12 +0x1d\nmain.main()\n\t/srv/shop/main.go:5 +0x25",
    ["/srv/shop/main.go main.main 5", "/srv/shop/pay.go main.charge 12"],
  ],
  ["no stack", "something went wrong at noon", []],
  ["nothing", "", []],
])("of %s", (_, text, frames) => {
  expect(shown(text)).toEqual(frames);
});

/** How a program is set up, by platform. `{dsn}` stands for the project's. */
export interface Platform {
  id: string;
  label: string;
  install: string;
  code: string;
}

export const PLATFORMS: readonly Platform[] = [
  {
    id: "node",
    label: "Node.js",
    install: "npm install @sentry/node",
    code: 'import * as Sentry from "@sentry/node";\n\nSentry.init({ dsn: "{dsn}", release: "my-app@1.0.0" });',
  },
  {
    id: "browser",
    label: "Browser",
    install: "npm install @sentry/browser",
    code: 'import * as Sentry from "@sentry/browser";\n\nSentry.init({ dsn: "{dsn}", release: "my-app@1.0.0" });',
  },
  {
    id: "nextjs",
    label: "Next.js",
    install: "npm install @sentry/nextjs",
    code: 'import * as Sentry from "@sentry/nextjs";\n\nSentry.init({ dsn: "{dsn}", tracesSampleRate: 0 });',
  },
  {
    id: "python",
    label: "Python",
    install: "pip install sentry-sdk",
    code: 'import sentry_sdk\n\nsentry_sdk.init(dsn="{dsn}", release="my-app@1.0.0")',
  },
  {
    id: "php",
    label: "PHP and Laravel",
    install: "composer require sentry/sentry",
    code: "\\Sentry\\init(['dsn' => \"{dsn}\"]);",
  },
  {
    id: "go",
    label: "Go",
    install: "go get github.com/getsentry/sentry-go",
    code: 'sentry.Init(sentry.ClientOptions{ Dsn: "{dsn}" })\ndefer sentry.Flush(2 * time.Second)',
  },
  {
    id: "java",
    label: "Java",
    install: 'implementation("io.sentry:sentry:8.+")',
    code: 'Sentry.init(options -> { options.setDsn("{dsn}"); });',
  },
  {
    id: "ruby",
    label: "Ruby",
    install: "bundle add sentry-ruby",
    code: 'Sentry.init { |config| config.dsn = "{dsn}" }',
  },
];

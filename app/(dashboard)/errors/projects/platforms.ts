/** How a program is set up to report here, by platform. */
export interface Platform {
  id: string;
  label: string;
  steps: readonly Step[];
}

interface Step {
  label: string;
  /** `{dsn}`, `{key}` and `{origin}` stand for the project's. */
  text: string;
}

const INSTALL = "Install";
const SET_UP = "Set up";
const TRY = "Try it";

export const PLATFORMS: readonly Platform[] = [
  {
    id: "node",
    label: "Node.js",
    steps: [
      { label: INSTALL, text: "npm install @sentry/node" },
      {
        label: "instrument.mjs",
        text: `import * as Sentry from "@sentry/node";

Sentry.init({ dsn: "{dsn}", release: "my-app@1.0.0" });`,
      },
      { label: "Start with it", text: "node --import ./instrument.mjs app.mjs" },
      {
        label: TRY,
        text: `node --import ./instrument.mjs -e "setTimeout(() => { throw new Error('It works') })"`,
      },
    ],
  },
  {
    id: "browser",
    label: "Browser",
    steps: [
      { label: INSTALL, text: "npm install @sentry/browser" },
      {
        label: SET_UP,
        text: `import * as Sentry from "@sentry/browser";

Sentry.init({ dsn: "{dsn}", release: "my-app@1.0.0" });`,
      },
      { label: TRY, text: `setTimeout(() => { throw new Error("It works"); });` },
    ],
  },
  {
    id: "nextjs",
    label: "Next.js",
    steps: [
      { label: INSTALL, text: "npm install @sentry/nextjs" },
      {
        label: "instrumentation-client.ts, sentry.server.config.ts, sentry.edge.config.ts",
        text: `import * as Sentry from "@sentry/nextjs";

Sentry.init({ dsn: "{dsn}" });`,
      },
      {
        label: "instrumentation.ts",
        text: `import * as Sentry from "@sentry/nextjs";

export async function register() {
  if (process.env.NEXT_RUNTIME === "nodejs") await import("./sentry.server.config");
  if (process.env.NEXT_RUNTIME === "edge") await import("./sentry.edge.config");
}

export const onRequestError = Sentry.captureRequestError;`,
      },
      {
        label: "next.config.ts",
        text: `import { withSentryConfig } from "@sentry/nextjs";

export default withSentryConfig({}, { sourcemaps: { disable: true } });`,
      },
    ],
  },
  {
    id: "python",
    label: "Python",
    steps: [
      { label: INSTALL, text: "pip install --upgrade sentry-sdk" },
      {
        label: SET_UP,
        text: `import sentry_sdk

sentry_sdk.init(dsn="{dsn}", release="my-app@1.0.0")`,
      },
      { label: TRY, text: "1 / 0" },
    ],
  },
  {
    id: "php",
    label: "PHP",
    steps: [
      { label: INSTALL, text: "composer require sentry/sentry" },
      {
        label: SET_UP,
        text: String.raw`\Sentry\init(['dsn' => '{dsn}', 'release' => 'my-app@1.0.0']);`,
      },
      { label: TRY, text: `throw new Exception('It works');` },
    ],
  },
  {
    id: "laravel",
    label: "Laravel",
    steps: [
      { label: INSTALL, text: "composer require sentry/sentry-laravel" },
      {
        label: "bootstrap/app.php",
        text: String.raw`use Sentry\Laravel\Integration;

    ->withExceptions(function (Exceptions $exceptions) {
        Integration::handles($exceptions);
    })`,
      },
      { label: "Write the DSN into .env", text: "php artisan sentry:publish --dsn={dsn}" },
      { label: TRY, text: "php artisan sentry:test" },
    ],
  },
  {
    id: "ruby",
    label: "Ruby and Rails",
    steps: [
      { label: "Install; without Rails leave sentry-rails out", text: "bundle add sentry-ruby sentry-rails" },
      {
        label: "config/initializers/sentry.rb",
        text: `Sentry.init do |config|
  config.dsn = "{dsn}"
  config.breadcrumbs_logger = [:active_support_logger, :http_logger]
end`,
      },
      { label: TRY, text: `Sentry.capture_message("It works")` },
    ],
  },
  {
    id: "go",
    label: "Go",
    steps: [
      { label: INSTALL, text: "go get github.com/getsentry/sentry-go@latest" },
      {
        label: "main.go",
        text: `package main

import (
	"log"
	"time"

	"github.com/getsentry/sentry-go"
)

func main() {
	if err := sentry.Init(sentry.ClientOptions{Dsn: "{dsn}", Release: "my-app@1.0.0"}); err != nil {
		log.Fatal(err)
	}
	defer sentry.Flush(2 * time.Second)

	sentry.CaptureMessage("It works")
}`,
      },
    ],
  },
  {
    id: "java",
    label: "Java and Kotlin",
    steps: [
      { label: "build.gradle", text: `dependencies { implementation("io.sentry:sentry:8.+") }` },
      {
        label: SET_UP,
        text: `import io.sentry.Sentry;

Sentry.init(options -> {
  options.setDsn("{dsn}");
  options.setRelease("my-app@1.0.0");
  options.addInAppInclude("com.example.myapp");
});`,
      },
      { label: TRY, text: `Sentry.captureException(new IllegalStateException("It works"));` },
    ],
  },
  {
    id: "spring-boot",
    label: "Spring Boot",
    steps: [
      {
        label: "build.gradle",
        text: `dependencies { implementation("io.sentry:sentry-spring-boot-starter-jakarta:8.+") }`,
      },
      {
        label: "application.properties",
        text: `sentry.dsn={dsn}
sentry.release=my-app@1.0.0
sentry.in-app-includes=com.example.myapp`,
      },
      { label: TRY, text: `Sentry.captureException(new IllegalStateException("It works"));` },
    ],
  },
  {
    id: "dotnet",
    label: ".NET",
    steps: [
      { label: INSTALL, text: "dotnet add package Sentry" },
      {
        label: "Program.cs",
        text: `SentrySdk.Init(options =>
{
    options.Dsn = "{dsn}";
    options.Release = "my-app@1.0.0";
});`,
      },
      { label: TRY, text: `SentrySdk.CaptureMessage("It works");` },
    ],
  },
  {
    id: "aspnetcore",
    label: "ASP.NET Core",
    steps: [
      { label: INSTALL, text: "dotnet add package Sentry.AspNetCore" },
      {
        label: "Program.cs",
        text: `var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseSentry(options =>
{
    options.Dsn = "{dsn}";
});`,
      },
      { label: TRY, text: `SentrySdk.CaptureMessage("It works");` },
    ],
  },
  {
    id: "opentelemetry",
    label: "OpenTelemetry logs",
    steps: [
      {
        label: "Environment of a program with an OpenTelemetry SDK",
        text: `OTEL_SERVICE_NAME=my-app
OTEL_LOGS_EXPORTER=otlp
OTEL_EXPORTER_OTLP_LOGS_PROTOCOL=http/protobuf
OTEL_EXPORTER_OTLP_LOGS_ENDPOINT={origin}/api/otlp/v1/logs
OTEL_EXPORTER_OTLP_LOGS_HEADERS=Authorization=Bearer%20{key}`,
      },
      {
        label: "Or the configuration of an OpenTelemetry Collector",
        text: `exporters:
  otlphttp/watchkeeper:
    logs_endpoint: {origin}/api/otlp/v1/logs
    headers:
      Authorization: Bearer {key}

service:
  pipelines:
    logs:
      receivers: [otlp]
      exporters: [otlphttp/watchkeeper]`,
      },
    ],
  },
  {
    id: "json",
    label: "Logs as JSON lines",
    steps: [
      {
        label: TRY,
        text: `curl {origin}/api/v1/logs \\
  -H "Authorization: Bearer {key}" \\
  -H "Content-Type: application/x-ndjson" \\
  --data-binary @- <<'END'
{"level":"info","service":"my-app","message":"It works"}
{"level":"error","service":"my-app","message":"Payment refused","orderId":4711}
END`,
      },
    ],
  },
];

/** What a project's platform is called; one that is not among these, as it was named. */
export const platformLabel = (id: string): string => PLATFORMS.find((platform) => platform.id === id)?.label ?? id;

/** A step's text for a project. Pure. */
export function stepText(text: string, dsn: string): string {
  const { origin, pathname, username } = new URL(dsn);
  // Where the product stands under a path, the DSN has it before the project.
  const base = origin + pathname.replace(/\/\d+$/, "");
  return text.replaceAll("{dsn}", dsn).replaceAll("{origin}", base).replaceAll("{key}", username);
}

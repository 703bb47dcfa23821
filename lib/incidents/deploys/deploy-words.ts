/** "shop-api 2.4.1 (production)" Pure. */
export function deployTitle({
  service,
  version,
  environment,
}: Readonly<{ service: string; version: string; environment: string }>): string {
  return [service, version, environment && `(${environment})`].filter(Boolean).join(" ");
}

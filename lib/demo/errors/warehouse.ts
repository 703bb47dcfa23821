import { type DemoProject, library, own } from "./demo-error";

/** Brings stock and shipments over from the warehouse: Java. */
export const warehouse: DemoProject = {
  key: "warehouse",
  name: "Warehouse sync",
  platform: "java",
  program: "warehouse-sync",
  server: "sync-1",
  errors: [
    {
      type: "java.net.ConnectException",
      value: "Connection refused: warehouse.internal/192.0.2.61:5432",
      transaction: "StockSync.run",
      days: [6, 0],
      perDay: 2,
      outage: { number: 4, perMinute: 0.8 },
      frames: [
        library("java.util.concurrent.ThreadPoolExecutor", "runWorker", 1_144),
        own(
          "com.example.sync.StockSync",
          "run",
          71,
          `
    public void run() {
>       try (Connection warehouse = source.getConnection()) {
            copyStock(warehouse, since.get());
        }`,
        ),
        library("org.postgresql.core.v3.ConnectionFactoryImpl", "openConnectionImpl", 352),
      ],
    },
    {
      type: "java.lang.IllegalStateException",
      value: "Shipment # has no parcel",
      transaction: "ShipmentImport.accept",
      days: [28, 0],
      perDay: 2.2,
      frames: [
        library("java.util.ArrayList", "forEach", 1_596),
        own(
          "com.example.sync.ShipmentImport",
          "accept",
          118,
          `
        List<Parcel> parcels = parcelsOf(row);
        if (parcels.isEmpty()) {
>           throw new IllegalStateException("Shipment " + row.id() + " has no parcel");
        }`,
        ),
      ],
    },
    {
      type: "java.lang.OutOfMemoryError",
      value: "Java heap space",
      level: "fatal",
      transaction: "CatalogueExport.write",
      days: [15, 7],
      perDay: 0.4,
      triage: { daysAgo: 6.8, to: "resolved" },
      comment: "It read the whole catalogue at once. It goes by pages now.",
      frames: [
        own(
          "com.example.sync.CatalogueExport",
          "write",
          54,
          `
    void write(Path target) throws IOException {
>       List<Item> items = catalogue.findAll();
        Files.writeString(target, json.writeValueAsString(items));`,
        ),
        library("java.util.Arrays", "copyOf", 3_512),
      ],
    },
  ],
};

import { defineRecorder } from "../define-recorder";
import { readPrevious } from "../read-previous";

const COUNTERS = ["database_transactions_total", "database_blocks_hit_total", "database_blocks_read_total"] as const;

const READ = `
  SELECT (SELECT sum(numbackends) FROM pg_stat_database)::float8 AS connections,
    pg_database_size(datid)::float8 AS size, (xact_commit + xact_rollback)::float8 AS transactions,
    blks_hit::float8 AS hit, blks_read::float8 AS read
  FROM pg_stat_database WHERE datname = current_database()`;

interface Row {
  connections: number;
  size: number;
  transactions: number;
  hit: number;
  read: number;
}

/**
 * The product's own database. Its counters are stored as they are too: whichever worker reads next takes the difference
 * to what another one read.
 */
export const database = defineRecorder({
  label: "Database",
  scope: "cluster",
  metrics: {
    database_connections: {
      unit: "count",
      title: "Database connections",
      description: "Connections to the PostgreSQL server.",
    },
    database_size: { unit: "bytes", title: "Database size", description: "Size of the product's database on disk." },
    database_cache_hit_ratio: {
      unit: "percent",
      title: "Database cache hits",
      description: "Blocks that PostgreSQL found in its own cache in the minute before.",
    },
    database_transactions: {
      unit: "per_second",
      title: "Transactions",
      description: "Transactions a second in the product's database.",
    },
    database_transactions_total: {
      unit: "count",
      title: "Transactions in all",
      description: "The counter that the rate is taken from.",
    },
    database_blocks_hit_total: {
      unit: "count",
      title: "Blocks found in cache in all",
      description: "A counter that the hit ratio is taken from.",
    },
    database_blocks_read_total: {
      unit: "count",
      title: "Blocks read in all",
      description: "A counter that the hit ratio is taken from.",
    },
  },
  start: ({ sql }) => ({
    record: async (slot) => {
      const { rows } = await sql.query<Row>(READ);
      const [row] = rows;
      if (!row) return [];
      const [transactions, hit, read] = await readPrevious(sql, COUNTERS, slot);
      const transactionsDone = transactions && row.transactions - transactions.value;
      const found = hit && row.hit - hit.value;
      const fetched = read && row.read - read.value;
      return [
        { name: "database_connections", value: row.connections },
        { name: "database_size", value: row.size },
        { name: "database_transactions_total", value: row.transactions },
        { name: "database_blocks_hit_total", value: row.hit },
        { name: "database_blocks_read_total", value: row.read },
        // A counter that went back was reset: there is no difference to tell.
        ...(transactionsDone !== undefined && transactionsDone >= 0
          ? [{ name: "database_transactions" as const, value: transactionsDone / (transactions?.ageSeconds ?? 60) }]
          : []),
        ...(found !== undefined && fetched !== undefined && found >= 0 && fetched >= 0 && found + fetched > 0
          ? [{ name: "database_cache_hit_ratio" as const, value: (100 * found) / (found + fetched) }]
          : []),
      ];
    },
  }),
});

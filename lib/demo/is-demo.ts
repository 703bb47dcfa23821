/**
 * A made-up sample stands one millisecond past its minute, where the sampler never writes: that is how the demo knows its
 * own again. In SQL, of a column with a sample's time.
 */
export const IS_DEMO = (column: string): string =>
  `${column} = date_bin('1 minute', ${column}, 'epoch'::timestamptz) + interval '1 millisecond'`;

import Sqlite from 'better-sqlite3';

/** A row of marks that a batch makes, or adds places to. */
export type MarkRow = readonly [
  mark: number,
  field: number,
  kind: number,
  block: number,
  places: Buffer,
];

/** Adds to a row what one batch brought, as the views' writer does. */
export const APPEND_MARKS = `INSERT INTO event_marks (mark, field, kind, block, places)
  VALUES (?, ?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET places = CAST(places || excluded.places AS BLOB)`;

const GAINED = `SELECT mark, field, kind, block,
    substr(now.places, 1 + coalesce(length(past.places), 0)) AS places
  FROM main.event_marks AS now LEFT JOIN before.event_marks AS past USING (mark, field, kind, block)
  WHERE length(now.places) > coalesce(length(past.places), 0)`;

const BLOCK = 256;

/** What the views gained in marks, in the batches of these sizes that gained it: an event a command. */
export function marksOfBatches(
  before: string,
  after: string,
  batchSizes: readonly number[],
): readonly (readonly MarkRow[])[] {
  const database = new Sqlite(after, { readonly: true });
  database.prepare('ATTACH ? AS before').run(before);
  const first = database
    .prepare('SELECT position + 1 FROM before.standings WHERE kind = 0')
    .pluck()
    .get() as number;
  const gained = database.prepare<[], MarkRow>(GAINED).raw().all();
  database.close();
  const batchOf = batchSizes.flatMap((size, batch) => Array<number>(size).fill(batch));
  const batches = batchSizes.map(() => new Map<string, number[]>());
  for (const [mark, field, kind, block, places] of gained) {
    for (const place of places) {
      const batch = batches[batchOf[block * BLOCK + place - first] ?? -1];
      const key = JSON.stringify([mark, field, kind, block]);
      const known = batch?.get(key);
      if (known === undefined) batch?.set(key, [place]);
      else known.push(place);
    }
  }
  return batches.map((batch) =>
    [...batch].map(([key, places]): MarkRow => {
      const [mark, field, kind, block] = JSON.parse(key) as [number, number, number, number];
      return [mark, field, kind, block, Buffer.from(places)];
    }),
  );
}

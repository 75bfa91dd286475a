const NAME = 34;
const COLUMN = 14;

/** Prints a line of a table: what it is about, then its columns. */
export function printRow(name: string, columns: readonly string[]): void {
  console.log(name.padEnd(NAME) + columns.map((column) => column.padStart(COLUMN)).join(''));
}

/** A ratio beside the budget that it is measured by. */
export function ratio(value: number, budget: string): string {
  return `${value.toFixed(2)} (${budget})`;
}

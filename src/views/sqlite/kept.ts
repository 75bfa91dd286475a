/** How much the one who projects keeps in memory. */
export interface Kept {
  /** Ids with their numbers. */
  readonly ids: number;
  /** Open entities with their states, which are ten times as large. */
  readonly entities: number;
  /** Rows until they are inserted together; 1 for whoever reads what is not committed. */
  readonly rows: number;
}

type Write = (fields: object, message: string) => void;

/** What the server logs through; a pino logger fits. */
export interface HttpLog {
  readonly info: Write;
  readonly warn: Write;
  readonly error: Write;
}

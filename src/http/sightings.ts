/** When agents and API tokens were last seen, kept in memory until the next flush. */
export class Sightings {
  readonly #latest = new Map<string, number>();

  /** Notes that an agent or a token was seen at this instant. */
  note(id: string, instant: number): void {
    this.#latest.set(id, instant);
  }

  /** Takes what was noted since the last time. */
  take(): readonly (readonly [id: string, instant: number])[] {
    const taken = [...this.#latest];
    this.#latest.clear();
    return taken;
  }
}

/** How long an agent's session lasts from its registration on. It is never extended. */
export const SESSION_MS = 15 * 60_000;

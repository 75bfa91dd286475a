import type { FastifyInstance } from 'fastify';
import type { WriterStatus } from '../commands/writer-messages';

/** Whether requests should come here, and what is in the way. */
export interface Readiness {
  readonly ready: boolean;
  readonly reasons: readonly ('DRAINING' | 'LEDGER_NOT_WRITABLE' | 'VIEWS_BEHIND')[];
}

/** What the server knows of its own state. */
export class Health {
  #status: Pick<WriterStatus, 'writable' | 'viewsBehind'> = { writable: true, viewsBehind: false };
  #draining = false;

  /** What the writer last said of itself. */
  note(status: WriterStatus): void {
    this.#status = status;
  }

  get draining(): boolean {
    return this.#draining;
  }

  /** From now on requests should go elsewhere. */
  drain(): void {
    this.#draining = true;
  }

  readiness(): Readiness {
    const reasons: Readiness['reasons'][number][] = [];
    if (this.#draining) reasons.push('DRAINING');
    if (!this.#status.writable) reasons.push('LEDGER_NOT_WRITABLE');
    if (this.#status.viewsBehind) reasons.push('VIEWS_BEHIND');
    return { ready: reasons.length === 0, reasons };
  }
}

/**
 * `/healthz` answers as long as the process does, and touches no file. `/readyz` answers 503 while
 * requests had better go elsewhere.
 */
export function serveHealth(app: FastifyInstance, health: Health): void {
  app.get('/healthz', () => ({ alive: true }));
  app.get('/readyz', (_request, reply) => {
    const answer = health.readiness();
    return reply.code(answer.ready ? 200 : 503).send(answer);
  });
}

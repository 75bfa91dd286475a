import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decide } from '../../access/engine';
import type { Facts } from '../../access/facts';
import { actionsOf, resourcesOf, subjectsOf } from '../../access/lists/lists';
import type { Principal } from '../../access/question';
import type { Caller, Done } from '../../commands/protocol';
import type { Writer } from '../../commands/writer';
import type { ClusterId, OrganizationId, PipelineId, UserId } from '../../domain/id';
import { openEngine } from '../../engine';
import { Builder, founderOf, instantsOf, type CarryOut } from '../../expectations/build';
import type { Document, StatedFacts } from '../../expectations/document-schema';
import type { Model, Named, Particulars } from '../../expectations/model';
import type { Queries } from '../../views/queries';
import { MIGRATIONS } from '../data-folder';
import { Failure } from '../failure';
import { Readers } from '../readers';

/** A model that keeps files until it is closed. */
export interface OpenModel {
  readonly model: Model;
  readonly close: () => void;
}

/**
 * Makes the facts of a file in a temporary folder, by the same commands and on the same ledger as a
 * server would, so that what cannot be cannot be stated. Throws Failure for what is refused.
 */
export function openLocalModel(document: Document, facts: StatedFacts, now: number): OpenModel {
  const folder = mkdtempSync(join(tmpdir(), 'palisade-model-'));
  const opened: (() => void)[] = [
    () => {
      rmSync(folder, { recursive: true, force: true });
    },
  ];
  const close = (): void => {
    for (const end of opened.splice(0).reverse()) end();
  };
  try {
    // Before every instant that the file names: a grant that has expired by then was given once.
    const instant = Math.min(now, ...instantsOf(document)) - 1;
    const engine = openEngine({
      dataFolder: folder,
      migrations: MIGRATIONS,
      clock: () => instant,
      log: { error: () => undefined },
    });
    opened.push(engine.close);
    const readers = new Readers(folder, engine.viewsNumber());
    opened.push(() => {
      readers.close();
    });
    const { builder, organizationId } = build(engine.writer, facts);
    return { model: modelOf(readers.queries, organizationId, builder, now), close };
  } catch (error) {
    close();
    throw error;
  }
}

function build(writer: Writer, facts: StatedFacts) {
  const made = run(writer, { kind: 'INSTALLATION' }, 'organizationCreate', {
    slug: 'model',
    name: 'model',
    adminName: founderOf(facts),
  });
  const organizationId = made.ids['organizationId'] as OrganizationId;
  const userId = made.ids['userId'] as UserId;
  const caller = { kind: 'MEMBER', ...made.ids } as Extract<Caller, { kind: 'MEMBER' }>;
  const carryOut: CarryOut = (mutation, input) => run(writer, caller, mutation, { ...input }).ids;
  const builder = new Builder(facts, organizationId, carryOut);
  builder.build(userId);
  return { builder, organizationId };
}

function run(
  writer: Writer,
  caller: Caller,
  mutation: Parameters<CarryOut>[0],
  input: Readonly<Record<string, unknown>>,
): Done {
  const done: Done[] = [];
  let refusal = '';
  const command = { mutation, caller, input, idempotencyKey: null, correlationId: 'model' };
  const reply: Parameters<Writer['execute']>[0][number]['reply'] = (outcome) => {
    if (outcome.kind === 'DONE') done.push(outcome);
    else refusal = outcome.kind === 'REFUSED' ? outcome.refusal.message : outcome.message;
  };
  writer.execute([{ command, reply }]);
  const [first] = done;
  if (first === undefined) {
    throw new Failure(`The facts cannot be: ${mutation} ${JSON.stringify(input)}: ${refusal}`);
  }
  return first;
}

function modelOf(
  queries: Queries,
  organizationId: OrganizationId,
  builder: Builder,
  now: number,
): Model {
  const factsAt = ({ at = now }: Particulars): Facts => {
    const moment = queries.moment(organizationId, null, at);
    if (moment === 'UNKNOWN_MOMENT') throw new RangeError('the model has no facts');
    return queries.facts(organizationId, moment);
  };
  return {
    idOf: (reference) => Promise.resolve().then(() => builder.idOf(reference)),
    check: (subject, action, { id: resource }, more) => {
      const question = { principal: principalOf(subject), action, resource, ...askOf(more) };
      return Promise.resolve(decide(factsAt(more), question));
    },
    subjects: (kind, action, { id }, more) =>
      Promise.resolve(subjectsOf(factsAt(more), kind, id, { action, ...askOf(more) })),
    resources: (subject, action, _kind, more) =>
      Promise.resolve(resourcesOf(factsAt(more), principalOf(subject), { action, ...askOf(more) })),
    actions: (subject, { id }, more) =>
      Promise.resolve(actionsOf(factsAt(more), principalOf(subject), id, askOf(more))),
  };
}

function principalOf({ kind, id }: Named): Principal {
  return kind === 'pipeline'
    ? { kind: 'pipeline', id: id as PipelineId }
    : { kind: 'user', id: id as UserId, scopes: null };
}

function askOf({ branch, targetClusterId }: Particulars) {
  return {
    ...(branch !== undefined && { branch }),
    ...(targetClusterId !== undefined && { targetClusterId: targetClusterId as ClusterId | null }),
  };
}

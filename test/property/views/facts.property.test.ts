import fc from 'fast-check';
import { RELATIONS, type AgentFacts, type Facts, type Moment } from '../../../src/access/facts';
import type { OrganizationId } from '../../../src/domain/id';
import { LEDGER_KINDS } from '../../../src/ledger/types';
import { factsAt, type History } from '../../support/access/facts-of-history';
import { MINUTE_MS } from '../../support/access/history-builder';
import {
  asOrganization,
  writtenHistory,
  type WrittenHistory,
} from '../../support/views/random-history';
import { ViewsFiles, type TestOrganization } from '../../support/views/views-files';

/** Everything that one organization's facts say about these ids. */
function allAnswers(facts: Facts, ids: readonly string[]): unknown {
  return {
    rulesVersion: facts.rulesVersion,
    agents: ids.map((id) => facts.agent(id)),
    agentsOn: ids.map((id) => facts.agentsOn(id)),
    facts: RELATIONS.map((relation) => ({
      of: ids.map((id) => facts.of(id, relation)),
      on: ids.map((id) => facts.on(id, relation)),
      onLevel: ids.map((id) =>
        ['ADMIN', 'USE', 'OPEN'].map((level) => facts.on(id, relation, level)),
      ),
      between: ids.map((id) => ids.map((other) => facts.between(id, relation, other))),
      held: ids
        .filter((id) => id.startsWith('usr_'))
        .map((id) => ids.map((other) => facts.held(id, relation, other))),
    })),
  };
}

function historyOf(files: ViewsFiles, { id, number }: TestOrganization): History {
  const [access, activity] = LEDGER_KINDS.map((kind) =>
    files.reader.page({ organization: number, kind }, 1, 10_000),
  );
  const agents = (activity ?? []).filter(({ data }) => 'agentId' in data);
  return { organizationId: id, access: access ?? [], activity: agents };
}

function idsOf({ batches }: WrittenHistory, organizationId: OrganizationId): readonly string[] {
  const text = JSON.stringify(batches);
  const ids = text.match(/\b(?:usr|tea|clu|que|pip|gra|agt|key|tok)_[\w-]+/gu) ?? [];
  return [...new Set([organizationId, ...ids, `usr_${'z'.repeat(26)}`])].sort();
}

test('facts at any moment are those that a plain list gives, in each of two organizations', () => {
  fc.assert(
    fc.property(
      writtenHistory,
      writtenHistory,
      fc.nat({ max: 100 }),
      fc.nat({ max: 4 }),
      (first, second, back, later) => {
        const files = new ViewsFiles();
        try {
          const queries = files.queries();
          for (const history of [first, second]) {
            const organization = files.organization();
            const own = asOrganization(history, organization.id);
            for (const { instant, events } of own.batches) {
              files.now = Math.max(files.now, instant);
              files.record(organization, events);
            }
            const recorded = historyOf(files, organization);
            const position = Math.max(1, recorded.access.length - back);
            const recordedAt = recorded.access[position - 1]!.recordedAt;
            const moment: Moment = { position, instant: recordedAt + later * MINUTE_MS };
            const ids = idsOf(own, organization.id);
            const listed = factsAt(recorded, moment);
            const expected: Facts = {
              ...listed,
              rulesVersion: rulesVersionOf(recorded, position),
              agent: (id) => agentAt(listed.agent(id), moment),
            };
            expect(allAnswers(queries.facts(organization.id, moment), ids)).toEqual(
              allAnswers(expected, ids),
            );
          }
        } finally {
          files.close();
        }
      },
    ),
    { numRuns: 25 },
  );
});

function rulesVersionOf({ access }: History, position: number): number {
  const adopted = access.filter(
    (event) => event.type === 'RulesAdopted' && event.position <= position,
  );
  return Number(adopted.at(-1)?.data['rulesVersion'] ?? 1);
}

/** As it was then: not before it registered, and not ended before it ended. */
function agentAt(agent: AgentFacts | undefined, { instant }: Moment): AgentFacts | undefined {
  if (agent === undefined || agent.registeredAt > instant) return undefined;
  const endedAt = agent.endedAt !== null && agent.endedAt > instant ? null : agent.endedAt;
  return { ...agent, endedAt };
}

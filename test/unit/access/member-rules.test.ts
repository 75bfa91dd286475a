import { decide } from '../../../src/access/engine';
import type { Action } from '../../../src/access/actions';
import type { Fact } from '../../../src/access/facts';
import type { DecisionCode, Question } from '../../../src/access/question';
import type { UserId } from '../../../src/domain/id';
import {
  acme,
  archived,
  asks,
  granted,
  inTeam,
  letsCreate,
  maintains,
  member,
  pipelineIn,
  takes,
} from '../../support/access/given';

type Row = readonly [
  given: readonly Fact[],
  who: UserId,
  resource: string,
  expected: DecisionCode,
  more?: Partial<Question>,
];
type MemberAction = Exclude<
  Action,
  'organization:create' | 'queue:run' | 'agent:run' | 'agent:register' | 'agent:session'
>;

/** Rules that are ADMIN's alone, whatever else somebody holds. */
function adminOnly(resource: string): readonly Row[] {
  return [
    [[], 'usr_root', resource, 'ALLOWED'],
    [[], 'usr_iris', resource, 'DENIED'],
    [everything('usr_ann'), 'usr_ann', resource, 'DENIED'],
  ];
}

/** All that can be granted to somebody below ADMIN. */
function everything(id: string): Fact[] {
  return [
    inTeam(id, 'tea_red', 'MAINTAINER'),
    maintains(id, 'clu_prod'),
    granted(id, 'USE', 'clu_prod'),
    granted(id, 'MANAGE', 'pip_api'),
    letsCreate('org_acme'),
    letsCreate('tea_red'),
  ];
}

const annInRed = inTeam('usr_ann', 'tea_red');
const annUses = granted('usr_ann', 'USE', 'clu_prod');
const redUses = granted('tea_red', 'USE', 'clu_prod');
const annMaintains = maintains('usr_ann', 'clu_prod');
const redMaintains = maintains('tea_red', 'clu_prod');
const annBuilds = granted('usr_ann', 'BUILD', 'pip_api');
const annManages = granted('usr_ann', 'MANAGE', 'pip_api');
const toTest = { targetClusterId: 'clu_test' } as const;
const toNone = { targetClusterId: null } as const;

const ROWS: Readonly<Record<MemberAction, readonly Row[]>> = {
  'organization:read': [
    [[], 'usr_ann', 'org_acme', 'ALLOWED'],
    [[], 'usr_iris', 'org_acme', 'ALLOWED'],
    [[], 'usr_stranger', 'org_acme', 'DENIED'],
    [[], 'usr_ann', 'org_other', 'NOT_FOUND'],
  ],
  'organization:manage': adminOnly('org_acme'),
  'member:manage': adminOnly('org_acme'),
  'pipeline-creation:manage': adminOnly('org_acme'),
  'team:create': adminOnly('org_acme'),
  'cluster:create': adminOnly('org_acme'),
  'team:delete': adminOnly('tea_red'),
  'cluster:delete': adminOnly('clu_prod'),
  'cluster:maintainers': adminOnly('clu_prod'),
  'audit:read': [
    [[], 'usr_root', 'org_acme', 'ALLOWED'],
    [[], 'usr_iris', 'org_acme', 'ALLOWED'],
    [everything('usr_ann'), 'usr_ann', 'org_acme', 'DENIED'],
  ],
  'team:read': [
    [[], 'usr_root', 'tea_red', 'ALLOWED'],
    [[], 'usr_iris', 'tea_red', 'ALLOWED'],
    [[], 'usr_ann', 'tea_red', 'DENIED'],
    [[annInRed], 'usr_ann', 'tea_red', 'ALLOWED'],
    [[annInRed], 'usr_ann', 'tea_blue', 'DENIED'],
    [[annMaintains, redUses], 'usr_ann', 'tea_red', 'ALLOWED'],
    [[annMaintains, redMaintains], 'usr_ann', 'tea_red', 'ALLOWED'],
    [
      [annMaintains, granted('tea_red', 'VIEW', 'clu_test')],
      ...(['usr_ann', 'tea_red', 'DENIED'] as const),
    ],
    [[annManages, granted('tea_red', 'READ', 'pip_api')], 'usr_ann', 'tea_red', 'ALLOWED'],
    [[annBuilds, granted('tea_red', 'READ', 'pip_api')], 'usr_ann', 'tea_red', 'DENIED'],
    [
      [annInRed, redMaintains, granted('tea_blue', 'VIEW', 'clu_prod')],
      ...(['usr_ann', 'tea_blue', 'ALLOWED'] as const),
    ],
  ],
  'team:manage': [
    [[], 'usr_root', 'tea_red', 'ALLOWED'],
    [[], 'usr_iris', 'tea_red', 'DENIED'],
    [[inTeam('usr_ann', 'tea_red', 'MAINTAINER')], 'usr_ann', 'tea_red', 'ALLOWED'],
    [[inTeam('usr_ann', 'tea_red', 'MAINTAINER')], 'usr_ann', 'tea_blue', 'DENIED'],
    [[annInRed], 'usr_ann', 'tea_red', 'DENIED'],
    [[inTeam('usr_iris', 'tea_red', 'MAINTAINER')], 'usr_iris', 'tea_red', 'DENIED'],
  ],
  'cluster:use': [
    [[], 'usr_root', 'clu_prod', 'ALLOWED'],
    [[], 'usr_iris', 'clu_prod', 'DENIED'],
    [[], 'usr_ann', 'clu_prod', 'DENIED'],
    [[annUses], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annUses], 'usr_ann', 'clu_test', 'DENIED'],
    [[annInRed, redUses], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[redUses], 'usr_ann', 'clu_prod', 'DENIED'],
    [[annMaintains], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annInRed, redMaintains], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[granted('usr_ann', 'VIEW', 'clu_prod')], 'usr_ann', 'clu_prod', 'DENIED'],
    [[granted('usr_iris', 'USE', 'clu_prod')], 'usr_iris', 'clu_prod', 'DENIED'],
    [[maintains('usr_iris', 'clu_prod')], 'usr_iris', 'clu_prod', 'DENIED'],
    [[inTeam('usr_iris', 'tea_red'), redUses], 'usr_iris', 'clu_prod', 'DENIED'],
    [[granted('usr_gone', 'USE', 'clu_prod')], 'usr_gone', 'clu_prod', 'DENIED'],
    [[], 'usr_root', 'clu_gone', 'NOT_FOUND'],
    [[], 'usr_ann', 'clu_gone', 'NOT_FOUND'],
    [[], 'usr_stranger', 'clu_gone', 'DENIED'],
  ],
  'cluster:read': [
    [[], 'usr_root', 'clu_prod', 'ALLOWED'],
    [[], 'usr_iris', 'clu_prod', 'ALLOWED'],
    [[], 'usr_ann', 'clu_prod', 'DENIED'],
    [[granted('usr_ann', 'VIEW', 'clu_prod')], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annUses], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annMaintains], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annManages], 'usr_ann', 'clu_prod', 'DENIED'],
  ],
  'cluster:manage': [
    [[], 'usr_root', 'clu_prod', 'ALLOWED'],
    [[], 'usr_iris', 'clu_prod', 'DENIED'],
    [[annMaintains], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annInRed, redMaintains], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annMaintains], 'usr_ann', 'clu_test', 'DENIED'],
    [[annUses], 'usr_ann', 'clu_prod', 'DENIED'],
  ],
  'pipeline:create': [
    [[], 'usr_root', 'clu_prod', 'ALLOWED'],
    [[annMaintains], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annUses], 'usr_ann', 'clu_prod', 'DENIED'],
    [[annUses, letsCreate('org_acme')], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[letsCreate('org_acme')], 'usr_ann', 'clu_prod', 'DENIED'],
    [[annInRed, redUses, letsCreate('org_acme')], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annInRed, redUses, letsCreate('tea_red')], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[redUses, letsCreate('tea_red')], 'usr_ann', 'clu_prod', 'DENIED'],
    // The team that lets its members create must be the one that has USE.
    [[annInRed, annUses, letsCreate('tea_red')], 'usr_ann', 'clu_prod', 'DENIED'],
    [
      [annInRed, redUses, inTeam('usr_ann', 'tea_blue'), letsCreate('tea_blue')],
      ...(['usr_ann', 'clu_prod', 'DENIED'] as const),
    ],
    [
      [annInRed, granted('tea_red', 'VIEW', 'clu_prod'), letsCreate('tea_red')],
      ...(['usr_ann', 'clu_prod', 'DENIED'] as const),
    ],
    [
      [granted('usr_iris', 'USE', 'clu_prod'), letsCreate('org_acme')],
      ...(['usr_iris', 'clu_prod', 'DENIED'] as const),
    ],
  ],
  'pipeline:read': [
    [[], 'usr_root', 'pip_api', 'ALLOWED'],
    [[], 'usr_iris', 'pip_api', 'ALLOWED'],
    [[annUses], 'usr_ann', 'pip_api', 'DENIED'],
    [[granted('usr_ann', 'READ', 'pip_api')], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annBuilds], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annManages], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annInRed, granted('tea_red', 'READ', 'pip_api')], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annMaintains], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annMaintains], 'usr_ann', 'pip_loose', 'DENIED'],
  ],
  'pipeline:build': [
    [[], 'usr_root', 'pip_api', 'ALLOWED'],
    [[], 'usr_iris', 'pip_api', 'DENIED'],
    [[annBuilds], 'usr_ann', 'pip_api', 'DENIED'],
    [[annUses], 'usr_ann', 'pip_api', 'DENIED'],
    [[annMaintains], 'usr_ann', 'pip_api', 'DENIED'],
    [[annBuilds, annUses], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annManages, annUses], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annBuilds, annMaintains], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annBuilds, annInRed, redUses], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[granted('usr_ann', 'READ', 'pip_api'), annUses], 'usr_ann', 'pip_api', 'DENIED'],
    [[annBuilds, granted('usr_ann', 'VIEW', 'clu_prod')], 'usr_ann', 'pip_api', 'DENIED'],
    [[granted('usr_ann', 'BUILD', 'pip_loose')], 'usr_ann', 'pip_loose', 'ALLOWED'],
  ],
  'pipeline:manage': [
    [[], 'usr_root', 'pip_api', 'ALLOWED'],
    [[], 'usr_iris', 'pip_api', 'DENIED'],
    [[annManages], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annInRed, granted('tea_red', 'MANAGE', 'pip_api')], 'usr_ann', 'pip_api', 'ALLOWED'],
    [[annBuilds, annMaintains], 'usr_ann', 'pip_api', 'DENIED'],
  ],
  'pipeline:move': [
    [[], 'usr_root', 'pip_api', 'ALLOWED', toTest],
    [[], 'usr_root', 'pip_api', 'ALLOWED', toNone],
    [[], 'usr_root', 'pip_api', 'DENIED'],
    [[], 'usr_root', 'pip_api', 'NOT_FOUND', { targetClusterId: 'clu_gone' }],
    [[annManages], 'usr_ann', 'pip_api', 'DENIED', toTest],
    [[maintains('usr_ann', 'clu_test')], 'usr_ann', 'pip_api', 'DENIED', toTest],
    [[annManages, maintains('usr_ann', 'clu_test')], 'usr_ann', 'pip_api', 'ALLOWED', toTest],
    [
      [annManages, granted('usr_ann', 'USE', 'clu_test'), letsCreate('org_acme')],
      ...(['usr_ann', 'pip_api', 'ALLOWED', toTest] as const),
    ],
    [
      [annManages, granted('usr_ann', 'USE', 'clu_test')],
      ...(['usr_ann', 'pip_api', 'DENIED', toTest] as const),
    ],
    [[annManages], 'usr_ann', 'pip_api', 'ALLOWED', toNone],
    [[annMaintains], 'usr_ann', 'pip_api', 'ALLOWED', toNone],
    [[maintains('usr_ann', 'clu_test')], 'usr_ann', 'pip_api', 'DENIED', toNone],
    [[annBuilds], 'usr_ann', 'pip_api', 'DENIED', toNone],
  ],
  'cluster:reach': [
    [[], 'usr_root', 'clu_prod', 'ALLOWED'],
    [[], 'usr_iris', 'clu_prod', 'DENIED'],
    [[annMaintains], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annUses], 'usr_ann', 'clu_prod', 'DENIED'],
    [[annUses, annBuilds], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annBuilds], 'usr_ann', 'clu_prod', 'DENIED'],
    [[annUses, letsCreate('org_acme')], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annUses, annBuilds], 'usr_ann', 'clu_test', 'DENIED'],
  ],
  'queue:reach': [
    [[], 'usr_root', 'que_shut', 'ALLOWED'],
    [[], 'usr_iris', 'que_open', 'DENIED'],
    [[annMaintains], 'usr_ann', 'que_shut', 'ALLOWED'],
    [[annUses], 'usr_ann', 'que_open', 'DENIED'],
    [[annUses, letsCreate('org_acme')], 'usr_ann', 'que_open', 'ALLOWED'],
    [[annUses, letsCreate('org_acme')], 'usr_ann', 'que_shut', 'DENIED'],
    [[annUses, annBuilds], 'usr_ann', 'que_open', 'ALLOWED'],
    [[annUses, annBuilds], 'usr_ann', 'que_shut', 'DENIED'],
    [[annUses, annBuilds, takes('que_shut', 'pip_api')], 'usr_ann', 'que_shut', 'ALLOWED'],
    [[annBuilds, takes('que_shut', 'pip_api')], 'usr_ann', 'que_shut', 'DENIED'],
    // Whoever builds names the branch, so patterns keep nobody out.
    [[annUses, annBuilds, takes('que_shut', 'pip_api', ['v*'])], 'usr_ann', 'que_shut', 'ALLOWED'],
    [[annUses, annBuilds, archived('pip_api')], 'usr_ann', 'que_open', 'DENIED'],
    // Whoever manages it can unarchive it.
    [[annUses, annManages, archived('pip_api')], 'usr_ann', 'que_open', 'ALLOWED'],
    [[annManages, archived('pip_api')], 'usr_ann', 'que_open', 'DENIED'],
    // A grant left on a pipeline that is elsewhere by now gives nothing.
    [
      [annUses, annBuilds, takes('que_shut', 'pip_api'), pipelineIn('pip_api', 'clu_test')],
      ...(['usr_ann', 'que_shut', 'DENIED'] as const),
    ],
    [
      [annUses, granted('usr_ann', 'BUILD', 'pip_loose')],
      ...(['usr_ann', 'que_open', 'DENIED'] as const),
    ],
  ],
  'access:ask': [
    [[], 'usr_ann', 'clu_prod', 'ALLOWED', { about: 'usr_ann' }],
    [[], 'usr_ann', 'clu_prod', 'DENIED', { about: 'usr_eve' }],
    [[], 'usr_ann', 'clu_prod', 'DENIED'],
    [[], 'usr_root', 'clu_prod', 'ALLOWED', { about: 'usr_eve' }],
    [[], 'usr_iris', 'clu_prod', 'ALLOWED', { about: 'usr_eve' }],
    [[annMaintains], 'usr_ann', 'clu_prod', 'ALLOWED', { about: 'usr_eve' }],
    [[annMaintains], 'usr_ann', 'clu_prod', 'ALLOWED'],
    [[annMaintains], 'usr_ann', 'que_open', 'ALLOWED', { about: 'pip_api' }],
    [[annMaintains], 'usr_ann', 'que_lab', 'DENIED', { about: 'pip_api' }],
    [[annMaintains], 'usr_ann', 'org_acme', 'DENIED', { about: 'usr_eve' }],
    [[annManages], 'usr_ann', 'pip_api', 'ALLOWED', { about: 'usr_eve' }],
    [[annBuilds], 'usr_ann', 'pip_api', 'DENIED', { about: 'usr_eve' }],
    [[annInRed], 'usr_ann', 'tea_red', 'DENIED', { about: 'usr_eve' }],
    [
      [inTeam('usr_ann', 'tea_red', 'MAINTAINER')],
      ...(['usr_ann', 'tea_red', 'ALLOWED', { about: 'usr_eve' }] as const),
    ],
    [[], 'usr_ann', 'usr_eve', 'DENIED', { about: 'usr_eve' }],
    [[], 'usr_root', 'clu_gone', 'NOT_FOUND', { about: 'usr_eve' }],
    [[], 'usr_root', 'nonsense', 'NOT_FOUND', { about: 'usr_eve' }],
  ],
  'api-token:create': [
    [[], 'usr_ann', 'usr_ann', 'ALLOWED'],
    [[], 'usr_iris', 'usr_iris', 'ALLOWED'],
    [[], 'usr_ann', 'usr_bot', 'DENIED'],
    [[], 'usr_root', 'usr_bot', 'ALLOWED'],
    [[], 'usr_root', 'usr_ann', 'DENIED'],
    [[member('usr_boss', 'ADMIN')], 'usr_root', 'usr_boss', 'DENIED'],
    [[], 'usr_root', 'usr_gone', 'NOT_FOUND'],
  ],
  'api-token:revoke': [
    [[], 'usr_ann', 'usr_ann', 'ALLOWED'],
    [[], 'usr_ann', 'usr_eve', 'DENIED'],
    [[], 'usr_root', 'usr_eve', 'ALLOWED'],
    [[], 'usr_iris', 'usr_eve', 'DENIED'],
  ],
  'api-token:read': [
    [[], 'usr_ann', 'usr_ann', 'ALLOWED'],
    [[], 'usr_ann', 'usr_eve', 'DENIED'],
    [[], 'usr_root', 'usr_eve', 'ALLOWED'],
    [[], 'usr_iris', 'usr_eve', 'ALLOWED'],
  ],
};

describe.each(Object.entries(ROWS) as [MemberAction, readonly Row[]][])('%s', (action, rows) => {
  const cases = rows.map((row, at) => ({ row, title: titleOf(row, at) }));
  test.each(cases)('$title', ({ row: [given, who, resource, expected, more] }) => {
    expect(decide(acme(given), asks(who, action, resource, more)).code).toBe(expected);
  });

  test('says both yes and no', () => {
    const codes = rows.map(([, , , expected]) => expected === 'ALLOWED');
    expect(new Set(codes).size).toBe(2);
  });
});

test('who holds very much reaches a queue as who holds little', () => {
  const many = Array.from({ length: 1001 }, (_, at) =>
    granted('usr_ann', 'BUILD', `pip_other${String(at)}`),
  );
  const reaches = (...given: readonly Fact[]) =>
    decide(acme([...many, annUses, ...given]), asks('usr_ann', 'queue:reach', 'que_shut')).reasons;
  expect(reaches(annBuilds)).toEqual([]);
  const taken = takes('que_shut', 'pip_api');
  expect(reaches(annBuilds, taken)).toEqual(
    decide(acme([annUses, annBuilds, taken]), asks('usr_ann', 'queue:reach', 'que_shut')).reasons,
  );
  expect(reaches(annBuilds, taken)).toHaveLength(1);
  expect(reaches(taken)).toEqual([]);
});

function titleOf([given, who, resource, expected, more]: Row, at: number): string {
  const facts = given.map(({ subject, relation, level, object }) =>
    [subject, level ?? relation, object].join(' '),
  );
  const asked = [who, resource, more === undefined ? '' : JSON.stringify(more)].join(' ').trim();
  return `${String(at + 1)}. ${asked} → ${expected}, given ${facts.join(', ') || 'nothing'}`;
}

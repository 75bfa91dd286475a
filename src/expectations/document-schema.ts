import { Type, type Static, type TSchema } from '@sinclair/typebox';
import { ACTION_NAMES } from '../access/actions';
import { Instant } from './instant';
import { REFERENCE_PATTERN } from './reference';

const closed = { additionalProperties: false } as const;

function oneOf<const T extends string>(...texts: readonly T[]) {
  return Type.Unsafe<T>(Type.Union(texts.map((text) => Type.Literal(text))));
}

function record<T extends TSchema>(value: T) {
  return Type.Record(Type.String(), value);
}

const Expiry = Type.Optional(Instant);
const Holder = Type.String({ pattern: '^(user|team):.+$' });
const AnyReference = Type.String({ pattern: REFERENCE_PATTERN });
const Role = oneOf('ADMIN', 'AUDITOR', 'MEMBER');
const TeamRole = oneOf('MAINTAINER', 'MEMBER');
const Mode = oneOf('OPEN', 'RESTRICTED');

const Member = Type.Union([
  Role,
  Type.Object({ role: Role, kind: Type.Optional(oneOf('PERSON', 'SERVICE')) }, closed),
]);

const Team = Type.Object(
  {
    membersCanCreatePipelines: Type.Optional(Type.Boolean()),
    members: Type.Optional(
      record(Type.Union([TeamRole, Type.Object({ role: TeamRole, expiresAt: Expiry }, closed)])),
    ),
  },
  closed,
);

const Cluster = Type.Object(
  {
    maintainers: Type.Optional(
      Type.Array(Type.Union([Holder, Type.Object({ to: Holder, expiresAt: Expiry }, closed)])),
    ),
    grants: Type.Optional(
      Type.Array(
        Type.Object({ to: Holder, level: oneOf('VIEW', 'USE'), expiresAt: Expiry }, closed),
      ),
    ),
    queues: Type.Optional(record(Mode)),
  },
  closed,
);

const Pipeline = Type.Object(
  {
    cluster: Type.Optional(Type.String()),
    archived: Type.Optional(Type.Boolean()),
    grants: Type.Optional(
      Type.Array(
        Type.Object(
          { to: Holder, level: oneOf('READ', 'BUILD', 'MANAGE'), expiresAt: Expiry },
          closed,
        ),
      ),
    ),
    queues: Type.Optional(
      Type.Array(
        Type.Object(
          {
            queue: Type.String(),
            branches: Type.Optional(Type.Array(Type.String())),
            expiresAt: Expiry,
          },
          closed,
        ),
      ),
    ),
  },
  closed,
);

const Facts = Type.Object(
  {
    membersCanCreatePipelines: Type.Optional(Type.Boolean()),
    members: record(Member),
    teams: Type.Optional(record(Type.Union([Team, Type.Null()]))),
    clusters: Type.Optional(record(Type.Union([Cluster, Type.Null()]))),
    pipelines: Type.Optional(record(Type.Union([Pipeline, Type.Null()]))),
  },
  closed,
);

const Action = Type.Unsafe<(typeof ACTION_NAMES)[number]>(
  Type.Union(ACTION_NAMES.map((name) => Type.Literal(name))),
);
const Subject = Type.String({ pattern: '^(user|pipeline):.+$' });
const About = {
  branch: Type.Optional(Type.String()),
  target: Type.Optional(Type.Union([Type.String({ pattern: '^cluster:.+$' }), Type.Null()])),
};
const Named = { name: Type.Optional(Type.String()), at: Expiry };
const Asked = Type.Object(
  {
    subject: Subject,
    action: Action,
    resource: AnyReference,
    code: Type.Optional(Type.String()),
    ...About,
  },
  closed,
);

const Test = Type.Union([
  Type.Object({ ...Named, allowed: Asked }, closed),
  Type.Object({ ...Named, denied: Asked }, closed),
  Type.Object(
    {
      ...Named,
      subjects: Type.Object(
        {
          type: Type.Optional(oneOf('user', 'pipeline')),
          action: Action,
          resource: AnyReference,
          ...About,
        },
        closed,
      ),
      are: Type.Array(Subject),
    },
    closed,
  ),
  Type.Object(
    {
      ...Named,
      resources: Type.Object({ subject: Subject, action: Action, ...About }, closed),
      are: Type.Array(AnyReference),
    },
    closed,
  ),
  Type.Object(
    {
      ...Named,
      actions: Type.Object({ subject: Subject, resource: AnyReference, ...About }, closed),
      are: Type.Array(Action),
    },
    closed,
  ),
]);

/** A file of expectations: facts to ask about, unless a server is asked, and what to expect. */
export const DocumentSchema = Type.Object(
  {
    now: Expiry,
    organization: Type.Optional(Facts),
    tests: Type.Array(Test, { minItems: 1 }),
  },
  closed,
);

export type Document = Static<typeof DocumentSchema>;
export type StatedFacts = Static<typeof Facts>;
export type Expectation = Static<typeof Test>;

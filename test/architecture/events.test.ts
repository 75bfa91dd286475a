import type { TObject } from '@sinclair/typebox';
import { EVENT_TYPES } from '../../src/domain/catalogue';
import type { Entities, EntityKind } from '../../src/domain/entity';
import type { EventDefinition } from '../../src/domain/event';
import { canonicalJson } from '../../src/ledger/canonical';
import { factsOf } from '../../src/views/projection/facts-of';
import {
  goldenName,
  goldenNames,
  readGolden,
  sha256OfCanonical,
  stateAfter,
  upcast,
  type GoldenEvent,
} from '../support/golden-events';
import { sampleId } from '../support/sample-ids';

type AnyDefinition = EventDefinition<string, object, object>;

const types = [...EVENT_TYPES.values()];
const versions = types.flatMap(({ type, version }) =>
  Array.from({ length: version }, (_, index) => ({ type, version: index + 1 })),
);

test('every version of every event type has a golden file, and no file is left over', () => {
  const expected = versions.map(({ type, version }) => goldenName(type, version));
  expect(goldenNames()).toEqual(expected.sort());
});

describe.each(versions)('$type version $version', ({ type, version }) => {
  const golden = readGolden(goldenName(type, version));
  const definition = EVENT_TYPES.get(type) as AnyDefinition;

  test('is recorded as it was', () => {
    expect(golden).toMatchObject({ type, schemaVersion: version });
    expect(sha256OfCanonical(golden.data)).toBe(golden.dataSha256);
  });

  test('means what it meant', () => {
    const current = upcast(golden);
    expect(current).toEqual(golden.currentData);
    const event = { type, schemaVersion: definition.version, data: current };
    const personal = golden.personal === null ? {} : { personal: golden.personal };
    expect(definition.fault({ ...event, ...personal })).toBeNull();
    expect(stateAfter(golden)).toEqual(golden.state);
  });

  test('is made in that shape', () => {
    const made = definition.make(golden.currentData, golden.personal ?? undefined);
    expect(made.schemaVersion).toBe(definition.version);
    expect(canonicalJson(made.data)).toBe(canonicalJson(golden.currentData));
    expect(made.personal ?? null).toEqual(golden.personal);
  });

  test('ends its entity if it says so, and only then', () => {
    expect(stateAfter(golden) === null).toBe(definition.ends || definition.entity === null);
  });

  test('grants nothing by what may be erased', () => {
    const erased = { ...golden, personal: null };
    expect(factsAfter(erased)).toEqual(factsAfter(golden));
  });

  test('refuses members that it does not have', () => {
    const data = { ...golden.currentData, surprise: true };
    const event = { type, schemaVersion: definition.version, data };
    expect(definition.fault(event)).not.toBeNull();
  });
});

function factsAfter(golden: GoldenEvent): unknown {
  const { entity } = EVENT_TYPES.get(golden.type)!;
  const state: Entities[EntityKind] | null = stateAfter(golden);
  return entity === null || state === null ? [] : factsOf(entity, state as never, sampleId('org'));
}

test('no member of personal repeats one of data', () => {
  for (const { type, dataSchema, personalSchema } of types) {
    const names = Object.keys((dataSchema as TObject).properties);
    const personal = (personalSchema as TObject | null)?.properties ?? {};
    expect({ type, shared: names.filter((name) => name in personal) }).toEqual({
      type,
      shared: [],
    });
  }
});

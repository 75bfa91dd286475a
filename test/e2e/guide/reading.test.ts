import { examplesOf } from '../../support/guide/examples';
import { StandIns, type Json } from '../../support/guide/stand-ins';

/* A guide is believed only because its test cannot overlook anything: this holds the test to it. */

const block = (language: string, text: string): string => `\`\`\`${language}\n${text}\n\`\`\`\n`;
const QUERY = block('graphql', '{ viewer { member { id } } }');
const TAKING = block('graphql', 'query ($id: ID!) { node(id: $id) { id } }');
const JSON_BLOCK = block('json', '{}');

describe('the examples of a guide', () => {
  it('are all of its blocks, in their order', () => {
    const http = block('http', 'GET /healthz\n\n');
    const guide = `# Guide\n\n## One\n\n${QUERY}\n${JSON_BLOCK}\n## Two\n\n${TAKING}\nsays\n\n${JSON_BLOCK}${JSON_BLOCK}${http}${JSON_BLOCK}`;
    expect(examplesOf(guide)).toMatchObject([
      { title: 'One (line 5)', kind: 'graphql', variables: null, answer: '{}' },
      { title: 'Two (line 15)', kind: 'graphql', variables: '{}', answer: '{}' },
      { title: 'Two (line 27)', kind: 'http', variables: null, answer: '{}' },
    ]);
  });

  it.each([
    ['a block of another language', block('sh', 'curl'), 'line 1: a block of sh'],
    ['a block of no language', '```\n{}\n```\n', 'line 1: a fence'],
    ['a block that does not end', '```graphql\n{ viewer }\n', 'line 1: a fence'],
    ['a block that is indented', `-\n  ${block('json', '{}')}`, 'line 2: a fence'],
    ['a block of another fence', '~~~json\n{}\n~~~\n', 'line 1: a fence'],
    ['a question without an answer', QUERY, 'line 1: the example has no answer'],
    ['one with another question instead', QUERY + TAKING, 'line 1: the example has no answer'],
    ['a question without its variables', TAKING + JSON_BLOCK, 'line 1: the example has no answer'],
    ['an answer without a question', QUERY + JSON_BLOCK + JSON_BLOCK, 'a block of json'],
  ])('are not: %s', (_what, guide, message) => {
    expect(() => examplesOf(guide)).toThrow(message);
  });
});

describe('what a guide shows for what a server makes', () => {
  const [one, two] = [`usr_${'0'.repeat(26)}`, `usr_${'1'.repeat(26)}`];
  const [time, later] = ['2026-11-27T12:00:00.123Z', '2026-11-27T12:00:00.124Z'];
  const shown = '2026-01-01T00:00:00.000Z';
  const told = (answer: Json, shown: Json): Json =>
    new StandIns({ usr_one: one }).inTheGuidesWords(answer, shown);

  it.each<[string, Json, Json]>([
    ['a name that is known', { id: one }, { id: 'usr_one' }],
    ['a name that is new, twice', [two, [two]], ['usr_two', ['usr_two']]],
    [
      'times, also of one millisecond',
      [time, time],
      ['2026-01-01T00:00:00.000Z', '2026-01-01T00:00:00.001Z'],
    ],
    ['a cursor', 'x'.repeat(80), 'cursor-one'],
  ])('is equal: %s', (_what, answer, guide) => {
    expect(told(answer, guide)).toEqual(guide);
  });

  it.each<[string, Json, Json, Json]>([
    ['another for a known name', two, 'usr_one', two],
    ['a known one under a new name', one, 'usr_two', 'usr_one'],
    ['one name for two', [two, one], ['usr_two', 'usr_two'], ['usr_two', 'usr_one']],
    ['an id of another kind', two, 'tea_two', two],
    ['no id', 'two', 'usr_two', 'two'],
    ['two times under one name', [time, later], [shown, shown], [shown, later]],
    ['another value', { allowed: true }, { allowed: false }, { allowed: true }],
    ['more than is shown', { id: one, more: [] }, { id: 'usr_one' }, { id: 'usr_one', more: [] }],
    ['less than is shown', [], ['usr_two'], []],
  ])('differs: %s', (_what, answer, guide, words) => {
    expect(words).not.toEqual(guide);
    expect(told(answer, guide)).toEqual(words);
  });

  it('goes into requests as what it stands for, and only if it is known', () => {
    const standIns = new StandIns({ usr_one: one });
    expect(standIns.fill('{ "id": "usr_one", "slug": "release-engineers" }')).toBe(
      `{ "id": "${one}", "slug": "release-engineers" }`,
    );
    expect(() => standIns.fill('"usr_two"')).toThrow('no answer above has shown usr_two');
    expect(() => standIns.fill(time)).toThrow('no answer above');
  });
});

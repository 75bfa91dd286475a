import { generateAgentKey } from '../../../src/agent/agent-key-pair';
import {
  AUDIENCE,
  claimsOf,
  failed,
  forge,
  JTI,
  judge,
  NOW,
  NOW_S,
} from '../../support/keys/forge';

const pair = generateAgentKey();
const stranger = generateAgentKey();
const { thumbprint } = pair.publicKey;

const withClaims = (replaced: Record<string, unknown>, now = NOW) =>
  judge(forge(pair, { payload: claimsOf(pair, replaced) }), [pair, stranger], now);
const withText = (change: (json: string) => string) =>
  judge(forge(pair, { payload: change(JSON.stringify(claimsOf(pair))) }), [pair]);

describe('payload JSON is refused', () => {
  it.each<[string, (json: string) => string]>([
    ['aud twice', (json) => json.replace('{', '{"aud":"https://other.example",')],
    ['exp twice', (json) => json.replace('}', `,"exp":${String(NOW_S + 60)}}`)],
    ['jti twice, once escaped', (json) => json.replace('}', `,"\\u006ati":"${JTI}"}`)],
    ['a nested name twice', (json) => json.replace('}', ',"tags":[{"a":1,"a":2}]}')],
    ['exp = 1e999', (json) => json.replace(/"exp":\d+/, '"exp":1e999')],
    ['iat = -1e999', (json) => json.replace(/"iat":\d+/, '"iat":-1e999')],
    ['nbf = -1e999', (json) => json.replace('}', ',"nbf":-1e999}')],
    ['a fractional exp', (json) => json.replace(/"exp":(\d+)/, '"exp":$1.5')],
    ['a fractional iat', (json) => json.replace(/"iat":(\d+)/, '"iat":$1.0')],
    ['exp beyond 2^53', (json) => json.replace(/"exp":\d+/, '"exp":9007199254740993')],
    ['a byte order mark', (json) => `\ufeff${json}`],
    ['trailing bytes', (json) => `${json} x`],
    ['500 levels', () => '['.repeat(500)],
    ['a lone surrogate', (json) => json.replace('"deploy"', '"\\ud800"')],
    ['an array', (json) => `[${json}]`],
    ['a string', (json) => JSON.stringify(json)],
    ['a number', () => '7'],
    ['null', () => 'null'],
    ['words', () => 'hello'],
  ])('%s', async (_name, change) => {
    expect(await withText(change)).toEqual(failed('json'));
  });

  it.each([
    ['invalid UTF-8', Buffer.of(0xff)],
    ['an overlong slash', Buffer.of(0xc0, 0xaf)],
    ['an encoded surrogate', Buffer.of(0xed, 0xa0, 0x80)],
  ])('%s', async (_name, odd) => {
    const [before = '', after = ''] = JSON.stringify(claimsOf(pair)).split('deploy');
    const payload = Buffer.concat([Buffer.from(before), odd, Buffer.from(after)]);
    expect(await judge(forge(pair, { payload }), [pair])).toEqual(failed('json'));
  });
});

describe('claims beyond the list are refused', () => {
  it.each([
    'constructor',
    'toString',
    'nonce',
    'cnonce',
    'seq',
    'lin',
    'jwk',
    'bth',
    'admin',
    'ORG',
  ])('%s', async (name) => {
    expect(await withClaims({ [name]: 'x' })).toEqual(failed('claims'));
  });

  it('__proto__', async () => {
    const change = (json: string) => json.replace('}', ',"__proto__":{"aud":"x"}}');
    expect(await withText(change)).toEqual(failed('claims'));
  });
});

describe('iss and sub', () => {
  it.each([
    [{ iss: stranger.publicKey.thumbprint }],
    [{ sub: stranger.publicKey.thumbprint }],
    [{ iss: stranger.publicKey.thumbprint, sub: stranger.publicKey.thumbprint }],
    [{ sub: [thumbprint] }],
    [{ iss: [thumbprint], sub: [thumbprint] }],
    [{ sub: `${thumbprint} ` }],
    [{ sub: `${thumbprint}\0` }],
    [{ sub: thumbprint.replace(/./, 'а') }],
    [{ sub: '' }],
    [{ sub: null }],
    [{ iss: undefined }],
    [{ sub: undefined }],
    [{ sub: 'agt_01hxyzabcdefghjkmnpqrstvwx', iss: 'agt_01hxyzabcdefghjkmnpqrstvwx' }],
  ])('%j are refused', async (claims) => {
    expect(await withClaims(claims)).toEqual(failed('sub'));
  });
});

describe('aud', () => {
  it.each([
    [[AUDIENCE]],
    [[]],
    [['https://other.example', AUDIENCE]],
    [undefined],
    [null],
    [''],
    [`${AUDIENCE}/`],
    [AUDIENCE.toUpperCase()],
    [AUDIENCE.replace('https', 'http')],
    ['https://palisade.other.example/agent-auth'],
    ['https://palisade.example.com/agent-rotate'],
    ['https://palisade.example.com'],
    ['palisade.example.com'],
    [`${AUDIENCE}?`],
    [` ${AUDIENCE}`],
    [{ toString: AUDIENCE }],
  ])('%j is refused', async (aud) => {
    expect(await withClaims({ aud })).toEqual(failed('aud'));
  });

  it('an array longer than the reader allows is refused', async () => {
    expect(await withClaims({ aud: Array(65).fill('x') })).toEqual(failed('json'));
  });
});

describe('iat, exp and nbf', () => {
  it.each([
    ['missing', undefined],
    ['a string', String(NOW_S + 60)],
    ['null', null],
    ['negative', -5],
    ['equal to iat', NOW_S],
    ['before iat', NOW_S - 1],
    ['61 seconds after iat', NOW_S + 61],
    ['ten years after', NOW_S + 315_360_000],
    ['the largest integer', Number.MAX_SAFE_INTEGER],
    ['an array', [NOW_S + 60]],
  ])('exp %s is refused', async (_name, exp) => {
    expect(await withClaims({ exp })).toEqual(failed('exp'));
  });

  it.each([
    ['missing', undefined],
    ['a string', String(NOW_S)],
    ['null', null],
    ['an array', [NOW_S]],
    ['zero', 0],
    ['negative', -NOW_S],
    ['11 seconds ahead', NOW_S + 11],
    ['in milliseconds', NOW],
    ['71 seconds old', NOW_S - 71],
  ])('iat %s is refused', async (_name, iat) => {
    expect(await withClaims({ iat, exp: NOW_S + 40 })).toEqual(failed('iat'));
  });

  it.each([
    ['10 seconds ahead', { iat: NOW_S + 10, exp: NOW_S + 70 }],
    ['69 seconds old and expired for 9', { iat: NOW_S - 69, exp: NOW_S - 9 }],
    ['of one second only', { iat: NOW_S, exp: NOW_S + 1 }],
    ['with nbf equal to iat', { nbf: NOW_S }],
    ['with nbf long ago', { nbf: 0 }],
  ])('an assertion %s is accepted', async (_name, claims) => {
    expect(await withClaims(claims)).toMatchObject({ ok: true });
  });

  it('the limits are exact to the millisecond', async () => {
    const claims = { iat: NOW_S, exp: NOW_S + 60 };
    const second = NOW_S * 1000;
    expect(await withClaims(claims, second - 10_001)).toEqual(failed('iat'));
    expect(await withClaims(claims, second - 10_000)).toMatchObject({ ok: true });
    expect(await withClaims(claims, second + 69_999)).toMatchObject({ ok: true });
    expect(await withClaims(claims, second + 70_000)).toEqual(failed('exp'));
    expect(await withClaims(claims, second + 70_001)).toEqual(failed('iat'));
    const short = { iat: NOW_S, exp: NOW_S + 5 };
    expect(await withClaims(short, second + 14_999)).toMatchObject({ ok: true });
    expect(await withClaims(short, second + 15_000)).toEqual(failed('exp'));
  });

  it.each([NOW_S + 1, String(NOW_S), null, [NOW_S]])('nbf %p is refused', async (nbf) => {
    expect(await withClaims({ nbf })).toEqual(failed('nbf'));
  });

  it('an assertion is remembered for longer than it could ever be accepted', async () => {
    for (const exp of [NOW_S + 1, NOW_S + 60]) {
      const verdict = await withClaims({ exp });
      const until = verdict.ok ? verdict.claims.rememberUntil : 0;
      expect(until).toBe(exp * 1000 + 130_000);
      expect((await withClaims({ exp }, until)).ok).toBe(false);
    }
  });

  it.each([
    ['a leap second, as POSIX time repeats it', 1_483_228_800],
    ['the end of 32-bit time', 2 ** 31],
    ['the end of unsigned 32-bit time', 2 ** 32],
    ['the year 9999', 253_402_300_799],
  ])('nothing changes at %s', async (_name, at) => {
    const claims = { iat: at - 1, exp: at + 59 };
    expect(await withClaims(claims, at * 1000)).toMatchObject({ ok: true });
    expect(await withClaims(claims, (at + 69) * 1000)).toEqual(failed('exp'));
    expect(await withClaims(claims, (at - 12) * 1000)).toEqual(failed('iat'));
  });

  it('depend on the time passed in alone: two servers that share a clock decide alike', async () => {
    jest.useFakeTimers({
      now: NOW + 300_000,
      doNotFake: ['nextTick', 'setImmediate', 'queueMicrotask'],
    });
    try {
      expect(await withClaims({})).toMatchObject({ ok: true });
    } finally {
      jest.useRealTimers();
    }
  });
});

describe.each(['jti', 'inst'])('%s', (name) => {
  it.each([
    undefined,
    null,
    '',
    7,
    {},
    ['A'.repeat(22)],
    'A'.repeat(21),
    'A'.repeat(65),
    `${'A'.repeat(21)}\n`,
    `${'A'.repeat(22)}\n`,
    `${'A'.repeat(22)}\0`,
    `${'A'.repeat(22)}é`,
    `${'A'.repeat(22)}=`,
    `${'A'.repeat(22)}.`,
    ' '.repeat(22),
  ])('%j is refused', async (value) => {
    expect(await withClaims({ [name]: value })).toEqual(failed(name));
  });

  it.each(['A'.repeat(22), '_-09azAZ'.repeat(8)])('%j is accepted', async (value) => {
    expect(await withClaims({ [name]: value })).toMatchObject({ ok: true });
  });
});

describe('org and queue', () => {
  it.each([
    undefined,
    null,
    '',
    7,
    ['org_x'],
    'a b',
    'org/x',
    '../x',
    'A'.repeat(65),
    'org_x\n',
    'оrg_x',
  ])('org %j is refused', async (org) => {
    expect(await withClaims({ org })).toEqual(failed('org'));
  });

  it.each([
    undefined,
    null,
    '',
    7,
    ['deploy'],
    'a b',
    'q\n',
    'q\0',
    'dеploy',
    'q'.repeat(101),
    '\u202eq',
  ])('queue %j is refused', async (queue) => {
    expect(await withClaims({ queue })).toEqual(failed('queue'));
  });

  it('a queue may have 100 characters', async () => {
    const queue = 'q'.repeat(100);
    expect(await withClaims({ queue })).toMatchObject({ ok: true, claims: { queue } });
  });
});

describe('tags', () => {
  it.each([
    null,
    '',
    'os=linux',
    { os: 'linux' },
    ['os'],
    ['os='],
    ['=linux'],
    [7],
    [['os=linux']],
    ['os=linux', null],
    ['os=linux', 'os=linux'],
    ['os=li nux'],
    ['os=linux\n'],
    ['оs=linux'],
    [`${'k'.repeat(65)}=v`],
    [`k=${'v'.repeat(129)}`],
  ])('%j are refused', async (tags) => {
    expect(await withClaims({ tags })).toEqual(failed('tags'));
  });

  it('65 of them are refused by the reader', async () => {
    const tags = Array.from({ length: 65 }, (_, index) => `k=${String(index)}`);
    expect(await withClaims({ tags })).toEqual(failed('json'));
  });

  it.each([
    [[]],
    [['os=linux', 'arch=arm64', 'note=a=b']],
    [Array.from({ length: 64 }, (_, index) => `k=${String(index)}`)],
  ])('%j are accepted as they are', async (tags) => {
    expect(await withClaims({ tags })).toMatchObject({ ok: true, claims: { tags } });
  });
});

it('every refusal looks the same to the caller', async () => {
  const verdicts = [
    await withClaims({ aud: 'x' }),
    await withClaims({ exp: 0 }),
    await withText(() => 'x'),
    await judge(forge(pair), []),
    await judge(forge(pair).slice(0, -9) + 'AAAAAAAAA', [pair]),
  ];
  for (const verdict of verdicts) expect(verdict).toMatchObject({ code: 'AGENT_AUTH_FAILED' });
  const reasons = verdicts.map((verdict) => (verdict.ok ? '' : verdict.reason));
  expect(reasons).toEqual(['aud', 'exp', 'json', 'kid', 'sig']);
});

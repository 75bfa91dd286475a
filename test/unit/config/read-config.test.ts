import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { ConfigError } from '../../../src/config/config';
import { isLoopback, readConfig, type Sources } from '../../../src/config/load';
import { SETTING_NAMES, SETTINGS } from '../../../src/config/settings';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'palisade-config-'));
});
afterAll(() => rmSync(folder, { recursive: true }));

const file = (content: string): string => {
  const path = join(folder, 'palisade.json');
  writeFileSync(path, content);
  return path;
};

const read = (sources: Partial<Sources> = {}) =>
  readConfig({ environment: {}, flags: {}, ...sources });

const faultsOf = (sources: Partial<Sources>): readonly string[] => {
  try {
    read(sources);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
};

describe('the defaults', () => {
  it('listen on loopback, for clients only, and hold for every setting', () => {
    const config = read();
    expect(config).toMatchObject({
      dataFolder: resolve('data'),
      host: '127.0.0.1',
      port: 4000,
      metricsHost: '127.0.0.1',
      publicUrl: null,
      development: false,
      trustedProxies: [],
      sightingsFlushMs: 15_000,
    });
    expect(Object.keys(config).sort()).toEqual([...SETTING_NAMES].sort());
  });

  it('are frozen', () => {
    const config = read();
    expect(Object.isFrozen(config)).toBe(true);
    expect(Object.isFrozen(config.trustedProxies)).toBe(true);
  });

  it('show GraphiQL where NODE_ENV says development, unless told otherwise', () => {
    expect(read({ environment: { NODE_ENV: 'development' } }).development).toBe(true);
    expect(read({ environment: { NODE_ENV: 'production' } }).development).toBe(false);
    const environment = { NODE_ENV: 'development', PALISADE_DEVELOPMENT: 'false' };
    expect(read({ environment }).development).toBe(false);
  });
});

describe('the sources', () => {
  it('overrule one another: file, environment, flags', () => {
    const path = file('{"port": 1, "metricsPort": 1, "bodyBytesMax": 5000}');
    const config = read({
      file: path,
      environment: { PALISADE_PORT: '2', PALISADE_METRICS_PORT: '2' },
      flags: { metricsPort: '3' },
    });
    expect(config).toMatchObject({ bodyBytesMax: 5000, port: 2, metricsPort: 3 });
  });

  it('include the file that the environment names, unless a flag names another', () => {
    const named = file('{"port": 7}');
    const environment = { PALISADE_CONFIG: named };
    expect(read({ environment }).port).toBe(7);
    const other = join(folder, 'other.json');
    writeFileSync(other, '{"port": 8}');
    expect(read({ environment, file: other }).port).toBe(8);
  });

  it('take back what `config print` prints', () => {
    const flags = {
      port: '0',
      trustedProxies: '10.0.0.0/8,fd00::/8',
      publicUrl: 'https://x.example',
    };
    const config = read({ flags });
    expect(read({ file: file(JSON.stringify(config)) })).toEqual(config);
  });

  it('ignore what is not ours', () => {
    expect(read({ environment: { PORT: '1', PALISADEX: '1' } }).port).toBe(4000);
  });

  it('leave aside the API token that the first start tells one to export', () => {
    expect(read({ environment: { PALISADE_TOKEN: 'plsd_x' } })).toEqual(read());
  });
});

describe('what is refused', () => {
  it.each<[string, Partial<Sources>, RegExp]>([
    ['an unknown variable', { environment: { PALISADE_PROT: '1' } }, /^PALISADE_PROT is not/u],
    [
      'a port that is no number',
      { environment: { PALISADE_PORT: '0x10' } },
      /^PALISADE_PORT must/u,
    ],
    ['an empty port', { environment: { PALISADE_PORT: '' } }, /^PALISADE_PORT must/u],
    ['a port out of range', { flags: { port: '65536' } }, /^--port must/u],
    ['a half port', { flags: { port: '1.5' } }, /^--port must/u],
    ['a word for true', { environment: { PALISADE_DEVELOPMENT: 'yes' } }, /true or false/u],
    ['a level', { flags: { logLevel: 'loud' } }, /one of trace/u],
    ['a range with host bits', { flags: { trustedProxies: '10.0.0.1/8' } }, /beyond its prefix/u],
    ['everyone as a proxy', { flags: { trustedProxies: '0.0.0.0/0' } }, /every address/u],
    ['an address without a prefix', { flags: { trustedProxies: '10.0.0.1' } }, /CIDR/u],
    ['a URL with a password', { flags: { publicUrl: 'https://u:p@x.example' } }, /credentials/u],
    ['a URL of another kind', { flags: { publicUrl: 'file:///etc' } }, /http or https/u],
    ['a share above the whole', { flags: { commandsWaitingMax: '1' } }, /must not exceed/u],
  ])('%s', (_name, sources, message) => {
    expect(faultsOf(sources)).toEqual([expect.stringMatching(message)]);
  });

  it.each<[string, string, RegExp]>([
    ['an unknown setting', '{"prot": 1}', /unknown setting, "prot"/u],
    ['the name of something inherited', '{"constructor": 1}', /unknown setting/u],
    ['another type', '{"port": true}', /^port in .* must be a whole number/u],
    ['a list with another type', '{"trustedProxies": [1]}', /CIDR/u],
    ['no object', '[]', /must hold a JSON object/u],
    ['no JSON', '{', /is not JSON/u],
  ])('in the file: %s', (_name, content, message) => {
    expect(faultsOf({ file: file(content) })).toEqual([expect.stringMatching(message)]);
  });

  it('a file that is not there', () => {
    expect(faultsOf({ file: join(folder, 'none') })).toEqual([
      expect.stringMatching(/cannot be read/u),
    ]);
  });

  it('every fault at once', () => {
    const sources = { environment: { PALISADE_X: '1' }, flags: { port: 'a', logLevel: 'b' } };
    expect(faultsOf(sources)).toHaveLength(3);
  });
});

describe('plain HTTP', () => {
  it.each(['0.0.0.0', '::', '10.1.2.3', 'build.example', '2001:db8::1', '::ffff:127.0.0.1'])(
    'needs to be told twice on %s',
    (host) => {
      const once = { allowPlainHttp: true };
      const twice = { ...once, tlsTerminatedElsewhere: true };
      expect(faultsOf({ flags: { host } })).toEqual([expect.stringMatching(/Plain HTTP/u)]);
      expect(faultsOf({ flags: { host, ...once } })).toHaveLength(1);
      expect(faultsOf({ flags: { host, tlsTerminatedElsewhere: true } })).toHaveLength(1);
      expect(read({ flags: { host, ...twice } }).host).toBe(host);
      expect(faultsOf({ flags: { metricsHost: host } })).toHaveLength(1);
    },
  );

  it.each(['127.0.0.1', '127.8.9.10', '::1', 'localhost'])('is fine on %s', (host) => {
    expect(isLoopback(host)).toBe(true);
    expect(read({ flags: { host } }).host).toBe(host);
  });
});

it('gives every setting its own variable and flag', () => {
  const all = Object.values(SETTINGS);
  expect(new Set(all.map(({ environment }) => environment)).size).toBe(all.length);
  expect(new Set(all.map(({ flag }) => flag)).size).toBe(all.length);
});

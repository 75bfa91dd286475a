import {
  EMAIL_MAX,
  isEmail,
  isEmoji,
  NAME_MAX,
  nameFault,
  QUEUE_KEY_PATTERN,
  SLUG_PATTERN,
  TEXT_MAX,
  textFault,
} from '../../../src/domain/text';

const slug = new RegExp(SLUG_PATTERN, 'u');
const queueKey = new RegExp(QUEUE_KEY_PATTERN, 'u');

describe('slugs', () => {
  test.each(['a', '7', 'prod', 'prod-eu-1', 'a--b', 'x'.repeat(63)])('%j is one', (text) => {
    expect(slug.test(text)).toBe(true);
    expect(queueKey.test(text)).toBe(true);
  });

  test.each([
    '',
    '-prod',
    'prod-',
    'Prod',
    'prod eu',
    'prod.eu',
    'prod/eu',
    'prod%2Feu',
    'prod\n',
    'pr\u043ed',
    '\uff50rod',
    'prod\u0131',
    'pro\u200dd',
    'prod\u202e',
    'x'.repeat(64),
  ])('%j is none', (text) => {
    expect(slug.test(text)).toBe(false);
    expect(queueKey.test(text)).toBe(false);
  });

  test('queue keys may hold underscores, slugs may not', () => {
    expect(queueKey.test('gpu_large')).toBe(true);
    expect(slug.test('gpu_large')).toBe(false);
    expect(queueKey.test('_gpu')).toBe(false);
  });
});

describe('names', () => {
  test.each([
    'Production',
    'Équipe sûreté',
    'Продакшен',
    '本番環境',
    'Ops 🚀',
    '👩🏽‍💻 crew',
    '❤️‍🔥 on call',
    '1\ufe0f\u20e3 first',
    '\u0915\u094d\u200d\u0937',
    '\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645',
    'x'.repeat(NAME_MAX),
    'Αθήνα and Москва',
  ])('%j is one', (text) => {
    expect(nameFault(text)).toBeNull();
  });

  test.each([
    ['', 'must not be empty'],
    [' a', 'must not begin or end with a space'],
    ['a\u00a0', 'must not begin or end with a space'],
    ['a\nb', 'must not contain control or invisible characters'],
    ['a\u0000b', 'must not contain control or invisible characters'],
    ['a\u200bb', 'must not contain control or invisible characters'],
    ['a\u202eb', 'must not contain control or invisible characters'],
    ['pay\u200dpal', 'must not contain control or invisible characters'],
    ['pay\u200cpal', 'must not contain control or invisible characters'],
    ['a\ufe0fb', 'must not contain control or invisible characters'],
    ['\u200dadmin', 'must not contain control or invisible characters'],
    ['\u3164', 'must not contain control or invisible characters'],
    ['a\u115fb', 'must not contain control or invisible characters'],
    ['a\u034fb', 'must not contain control or invisible characters'],
    ['a\u2028b', 'must not contain control or invisible characters'],
    ['a\ue000b', 'must not contain control or invisible characters'],
    ['a\ud800b', 'must not contain control or invisible characters'],
    ['e\u0301', 'must be normalised (Unicode NFC)'],
    ['pr\u043ed', 'must not mix Latin letters with look-alikes of another script in one word'],
    ['\u0391dmin', 'must not mix Latin letters with look-alikes of another script in one word'],
    ['x'.repeat(NAME_MAX + 1), 'must have at most 100 characters'],
  ])('%j is none', (text, fault) => {
    expect(nameFault(text)).toBe(fault);
  });
});

describe('free text', () => {
  test('may be empty and hold line breaks', () => {
    expect(textFault('')).toBeNull();
    expect(textFault(' first\n\tsecond \n')).toBeNull();
    expect(textFault('x'.repeat(TEXT_MAX))).toBeNull();
  });

  test.each(['\r\n', 'a\u0007', 'a\u202eb', 'x'.repeat(TEXT_MAX + 1)])('%j is none', (text) => {
    expect(textFault(text)).not.toBeNull();
  });
});

describe('e-mail addresses', () => {
  test.each(['a@b.example', 'first.last+tag@sub.b-c.example', `${'x'.repeat(64)}@b.example`])(
    '%s is one',
    (text) => {
      expect(isEmail(text)).toBe(true);
    },
  );

  test.each([
    '',
    'a',
    'a@b',
    '@b.example',
    'a b@c.example',
    'a@b@c.example',
    'a@b..example',
    'a@b.example\n',
    '"a"@b.example',
    'a\u0000@b.example',
    'a\u001b[2J@b.example',
    'a\u202eb@b.example',
    'a\u200b@b.example',
    'a\ud800@b.example',
    '\u0430dmin@b.example',
    `${'x'.repeat(65)}@b.example`,
    `a@${'b'.repeat(EMAIL_MAX)}.example`,
  ])('%j is none', (text) => {
    expect(isEmail(text)).toBe(false);
  });
});

describe('emoji', () => {
  test.each(['🚀', '👩🏽‍💻', '🇳🇿', '❤️', '🏴󠁧󠁢󠁳󠁣󠁴󠁿'])('%s is one', (text) => {
    expect(isEmoji(text)).toBe(true);
  });

  test.each(['', 'a', '🚀🚀', '🚀a', ' ', ':rocket:', '\u200d', '🚀'.repeat(40)])(
    '%j is none',
    (text) => {
      expect(isEmoji(text)).toBe(false);
    },
  );
});

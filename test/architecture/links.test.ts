import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, relative, resolve } from 'node:path';

/* Links between the documents: the file is there, and so is the heading. */

const root = resolve(__dirname, '..', '..');
const documents = ['.', 'docs', 'docs/adr'].flatMap((folder) =>
  readdirSync(resolve(root, folder))
    .filter((name) => name.endsWith('.md'))
    .map((name) => resolve(root, folder, name)),
);

const prose = (path: string): string => readFileSync(path, 'utf8').replace(/^```[^]*?^```$/gmu, '');

/** The anchors of a document's headings, as code hosts make them. */
function anchorsOf(path: string): ReadonlySet<string> {
  const headings = [...prose(path).matchAll(/^#+ (.*)$/gmu)].map(([, heading = '']) => heading);
  return new Set(
    headings.map((heading) =>
      heading
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}\-_ ]/gu, '')
        .replaceAll(' ', '-'),
    ),
  );
}

function leadsNowhere(from: string, link: string): boolean {
  const [path = '', anchor] = link.split('#');
  const target = path === '' ? from : resolve(dirname(from), path);
  if (!existsSync(target)) return true;
  if (anchor === undefined) return false;
  return statSync(target).isDirectory() || !anchorsOf(target).has(anchor);
}

test.each(documents.map((path) => [relative(root, path), path]))('%s', (_name, path) => {
  const links = [...prose(path).matchAll(/\]\(([^)\s]+)\)/gu)].map(([, link = '']) => link);
  const own = links.filter((link) => !/^[a-z]+:/u.test(link));
  expect(own.filter((link) => leadsNowhere(path, link))).toEqual([]);
});

test('a link that leads nowhere is told', () => {
  const readme = resolve(root, 'README.md');
  expect(leadsNowhere(readme, 'docs/none.md')).toBe(true);
  expect(leadsNowhere(readme, 'docs/access.md#none')).toBe(true);
  expect(leadsNowhere(readme, '#none')).toBe(true);
  expect(leadsNowhere(readme, 'docs/access.md#may-x-do-y-on-z')).toBe(false);
});

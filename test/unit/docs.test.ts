import assert from 'node:assert/strict';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { resolve } from 'node:path';

const repository = resolve(import.meta.dirname, '../..');
const read = (file: string): string => readFileSync(resolve(repository, file), 'utf8');

interface Manifest {
  readonly contributes: {
    readonly commands: readonly { readonly command: string }[];
    readonly menus: {
      readonly commandPalette: readonly { readonly command: string; readonly when: string }[];
    };
  };
}

/** By command: what the palette calls it. */
function paletteTitles(language: '' | '.zh-cn'): readonly (readonly [command: string, title: string])[] {
  const { commands, menus } = (JSON.parse(read('package.json')) as Manifest).contributes;
  const texts = JSON.parse(read(`package.nls${language}.json`)) as Readonly<Record<string, string>>;
  const hidden = menus.commandPalette.filter(({ when }) => when === 'false').map(({ command }) => command);
  return commands
    .filter(({ command }) => !hidden.includes(command))
    .map(({ command }) => [command, texts[`command.${command}`] ?? '']);
}

describe('commands', () => {
  for (const language of ['', '.zh-cn'] as const) {
    it(`have each a title of its own in the palette${language}`, () => {
      const titles = paletteTitles(language).map(([, title]) => title);
      assert.deepEqual(
        titles.filter((title, index) => titles.indexOf(title) !== index),
        [],
      );
    });
  }

  const libvirtObjects =
    /^libvirt\.(domain|disk|interface|hostdev|snapshot|rbdSnapshot|pool|volume|network|secret)\./;
  const cephObjects = /^libvirt\.(cluster|osd|cephPool|cephUser|image|imageSnapshot|trash|plan)\./;
  const virshPage = read('docs/coming-from-virsh.md');
  const cephPage = read('docs/coming-from-ceph.md');
  const titlesOf = (objects: RegExp): readonly string[] =>
    paletteTitles('').flatMap(([command, title]) => (objects.test(command) ? title : []));

  it('that do what virsh does are found by its words', () => {
    const pages = `${virshPage}${cephPage}`;
    assert.deepEqual(
      titlesOf(libvirtObjects).filter((title) => !pages.includes(title)),
      [],
    );
  });

  it('that do what ceph and rbd do are found by their words', () => {
    assert.deepEqual(
      titlesOf(cephObjects).filter((title) => !cephPage.includes(title)),
      [],
    );
  });
});

describe('the table of failures in README', () => {
  const rows = read('README.md')
    .split('### Failures it knows')[1]
    ?.split('\n### ')[0]
    ?.split('\n')
    .filter((line) => line.startsWith('| ') && !line.includes('---'))
    .slice(1);

  it('names in each row a test that there is', () => {
    const files = readdirSync(resolve(repository, 'test'), { recursive: true, encoding: 'utf8' });
    const tests = files.filter((file) => file.endsWith('.test.ts')).map((file) => read(`test/${file}`));
    for (const row of rows ?? []) {
      const titles = [...row.matchAll(/“([^”]+)”/g)].map(([, title = '']) => title);
      assert.ok(titles.length > 0, row);
      for (const title of titles)
        assert.ok(
          tests.some((text) => text.includes(`'${title}'`)),
          title,
        );
    }
    assert.ok((rows ?? []).length >= 15);
  });

  it('leads to pages that there are', () => {
    const links = (rows ?? []).flatMap((row) => [...row.matchAll(/\]\((docs[^)]+)\)/g)]);
    for (const [, path = ''] of links) assert.ok(existsSync(resolve(repository, path)), path);
  });
});

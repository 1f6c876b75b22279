import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
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

import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Entry {
  readonly command?: string;
  readonly submenu?: string;
  readonly group?: string;
}

interface Manifest {
  readonly contributes: {
    readonly commands: readonly {
      readonly command: string;
      readonly title: string;
      readonly icon?: string;
    }[];
    readonly submenus: readonly { readonly id: string; readonly label: string; readonly icon?: string }[];
    readonly menus: Readonly<Record<string, readonly Entry[]>>;
    readonly keybindings: readonly {
      readonly key: string;
      readonly command: string;
      readonly when: string;
    }[];
  };
}

const { contributes } = JSON.parse(readFileSync('package.json', 'utf8')) as Manifest;
const texts = JSON.parse(readFileSync('package.nls.json', 'utf8')) as Readonly<Record<string, string>>;

function titleOf({ command, submenu }: Entry): string {
  const found =
    contributes.commands.find((known) => known.command === command)?.title ??
    contributes.submenus.find(({ id }) => id === submenu)?.label ??
    '';
  return texts[found.replaceAll('%', '')] ?? '';
}

describe('buttons and menus', () => {
  it('all have a title, which is what a screen reader says', () => {
    const entries = Object.values(contributes.menus).flat();
    assert.deepEqual(
      entries.filter((entry) => titleOf(entry) === ''),
      [],
    );
  });

  it('have an icon where only an icon is shown', () => {
    const asIcons = Object.entries(contributes.menus).flatMap(([menu, entries]) =>
      entries.filter(({ group = '' }) =>
        menu === 'view/title' || menu === 'editor/title'
          ? group.startsWith('navigation')
          : group.startsWith('inline'),
      ),
    );
    assert.ok(asIcons.length > 5);
    const iconOf = ({ command, submenu }: Entry): string | undefined =>
      contributes.commands.find((known) => known.command === command)?.icon ??
      contributes.submenus.find(({ id }) => id === submenu)?.icon;
    assert.deepEqual(
      asIcons.filter((entry) => iconOf(entry) === undefined),
      [],
    );
  });
});

describe('keys', () => {
  it('are for commands that are there, and for the focused tree alone', () => {
    const commands = contributes.commands.map(({ command }) => command);
    for (const { key, command, when } of contributes.keybindings) {
      assert.ok(commands.includes(command), command);
      assert.match(when, /^focusedView == libvirt\.explorer && !inputFocus/, key);
    }
  });

  it('stand in docs/keyboard.md', () => {
    const page = readFileSync('docs/keyboard.md', 'utf8').toLowerCase();
    const missing = contributes.keybindings.filter(({ key }) => !page.includes(key));
    assert.deepEqual(missing, []);
  });

  it('leave those alone with which a tree of VS Code is walked and searched', () => {
    const walking = [
      'enter',
      'space',
      'up',
      'down',
      'left',
      'right',
      'home',
      'end',
      'pageup',
      'pagedown',
      'tab',
    ];
    const taken = contributes.keybindings
      .map(({ key }) => key)
      .filter((key) => walking.includes(key) || /^(?:shift\+)?[a-z0-9]$/.test(key));
    assert.deepEqual(taken, []);
  });
});

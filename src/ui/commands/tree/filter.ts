import * as vscode from 'vscode';
import { t } from '../../../base/l10n.ts';
import type { Explorer } from '../../explorer/explorer.ts';
import { parseFilter, type Filterable } from '../../explorer/filter.ts';
import type { GlobalCommand } from '../command.ts';
import { suggestWords } from './filterSuggestions.ts';

/** The tree follows the typing at this distance. */
const followMs = 120;

interface Item extends vscode.QuickPickItem {
  /** The filter that choosing it makes; undefined: what was typed. */
  readonly text: string | undefined;
}

/** Shows only what matches what is typed, while it is typed. Giving up brings back what was shown before. */
export const filterTreeCommand: GlobalCommand = {
  id: 'libvirt.tree.filter',
  run: async ({ explorer }) => {
    const { options } = explorer;
    const before = options.filter?.text ?? '';
    const objects = await objectsToFilter(explorer);
    const box = vscode.window.createQuickPick<Item>();
    box.title = t('Filter the Tree');
    box.placeholder = t('Name, UUID or state, or words such as state:running host:kvm1 pool:rbd autostart');
    box.value = before;
    const fill = (): void => {
      box.items = itemsFor(box.value, objects);
    };
    fill();
    let timer: NodeJS.Timeout | undefined;
    box.onDidChangeValue(() => {
      fill();
      clearTimeout(timer);
      timer = setTimeout(() => {
        options.setFilter(box.value);
      }, followMs);
    });
    const accepted = await new Promise<boolean>((resolve) => {
      box.onDidAccept(() => {
        const text = box.activeItems[0]?.text;
        if (text === undefined) {
          resolve(true);
          return;
        }
        box.value = text;
        options.setFilter(text);
        fill();
      });
      box.onDidHide(() => {
        resolve(false);
      });
      box.show();
    });
    clearTimeout(timer);
    options.setFilter(accepted ? box.value : before);
    box.dispose();
  },
};

/** What is known of the hosts; none is connected to for it. */
async function objectsToFilter({ hosts }: Explorer): Promise<readonly Filterable[]> {
  const known = hosts.filter(({ host }) => host.inventory);
  const groups = await Promise.all(known.map((host) => host.groups()));
  return groups.flatMap((rows) => Object.values(rows)).flatMap((row) => row.filterables());
}

/**
 * What the typed filter shows, then words that would narrow it. VS Code puts labels first in which it finds what is
 * typed, so the words are no labels.
 */
function itemsFor(text: string, objects: readonly Filterable[]): readonly Item[] {
  const filter = parseFilter(text);
  const matching = filter ? objects.filter((object) => filter.matches(object)) : objects;
  const result: Item = {
    label: filter
      ? t('Show {0} of {1} objects', matching.length, objects.length)
      : t('Show all {0} objects', objects.length),
    iconPath: new vscode.ThemeIcon(filter ? 'filter' : 'list-flat'),
    alwaysShow: true,
    text: undefined,
  };
  const offers = suggestWords(text, objects).map(({ word, text: completed, count }): Item => ({
    label: '$(add)',
    description: `${word} (${count})`,
    alwaysShow: true,
    text: completed,
  }));
  return [result, ...offers];
}

import assert from 'node:assert/strict';
import { suggestWords } from '../../../../src/ui/commands/tree/filterSuggestions.ts';
import type { Filterable } from '../../../../src/ui/explorer/filter.ts';

function domain(name: string, host: string, ...words: readonly string[]): Filterable {
  return { kind: 'domain', name, uuid: undefined, host, words };
}

const objects = [
  domain('web1', 'kvm1', 'running', 'autostart'),
  domain('web2', 'kvm2', 'shut off', 'inactive'),
  domain('db1', 'host of Ann', 'running'),
];
const words = (text: string): readonly string[] => suggestWords(text, objects).map(({ word }) => word);

describe('words suggested for a filter', () => {
  it('are those that show something, but not everything', () => {
    assert.deepEqual(words(''), [
      'state:running',
      'state:shut',
      'state:inactive',
      'autostart',
      'host:kvm1',
      'host:kvm2',
      'host:"host of ann"',
    ]);
  });

  it('complete the word that is being typed, and keep those before it', () => {
    assert.deepEqual(suggestWords('web st', objects), [
      { word: 'state:running', text: 'web state:running ', count: 1 },
      { word: 'state:shut', text: 'web state:shut ', count: 1 },
      { word: 'state:inactive', text: 'web state:inactive ', count: 1 },
    ]);
  });

  it('are none when they would narrow nothing', () => {
    assert.deepEqual(words('db1 '), []);
  });

  it('name no host when there is only one', () => {
    assert.deepEqual(
      suggestWords('', [objects[0]!]).map(({ word }) => word),
      [],
    );
  });
});

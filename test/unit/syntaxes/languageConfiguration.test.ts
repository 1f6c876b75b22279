import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';

interface Configuration {
  readonly comments: { readonly blockComment: readonly string[] };
  readonly wordPattern: string;
  readonly folding: { readonly markers: { readonly start: string; readonly end: string } };
  readonly indentationRules: {
    readonly increaseIndentPattern: string;
    readonly decreaseIndentPattern: string;
  };
  readonly onEnterRules: readonly {
    readonly beforeText: string;
    readonly afterText?: string;
    readonly action: { readonly indent: string };
  }[];
}

const configuration = JSON.parse(
  readFileSync('syntaxes/language-configuration.json', 'utf8'),
) as Configuration;

describe('language-configuration.json', () => {
  const { increaseIndentPattern, decreaseIndentPattern } = configuration.indentationRules;

  for (const [line, increases] of [
    ['<devices>', true],
    [`  <disk type='file'>`, true],
    [`<disk type='a/b'>`, true],
    ['<name>x</name>', false],
    ['<acpi/>', false],
    [`<target dev='vda'/>`, false],
    ['</devices>', false],
    ['<!-- x -->', false],
    ['<?xml version="1.0"?>', false],
    ['<a><b/></a>', false],
    ['<name>x</names>', true],
  ] as const) {
    it(`${increases ? 'indents' : 'does not indent'} after ${line}`, () => {
      assert.equal(new RegExp(increaseIndentPattern).test(line), increases);
    });
  }

  it('goes back at an end tag', () => {
    assert.match('  </disk>', new RegExp(decreaseIndentPattern));
    assert.doesNotMatch('  <disk>', new RegExp(decreaseIndentPattern));
  });

  it('puts the end tag on a line of its own on Enter between two tags', () => {
    const actionFor = (before: string, after: string): string | undefined =>
      configuration.onEnterRules.find(
        ({ beforeText, afterText }) =>
          new RegExp(beforeText).test(before) &&
          (afterText === undefined || new RegExp(afterText).test(after)),
      )?.action.indent;
    assert.equal(actionFor(`<disk type='a'>`, '</disk>'), 'indentOutdent');
    assert.equal(actionFor('<disk>', ''), 'indent');
    assert.equal(actionFor('<disk/>', ''), undefined);
    assert.equal(actionFor('<name>x</name>', ''), undefined);
  });

  it('takes a UUID, a machine type and a prefixed name for one word', () => {
    for (const word of [
      'f7f8c9a6-dd5d-4b09-bddf-090d797bd4b7',
      'pc-i440fx-7.2',
      'qemu:commandline',
      '52:54:00:d6:1c:5e',
    ]) {
      const words = `<a b='${word}'>`.match(new RegExp(configuration.wordPattern, 'g'));
      assert.deepEqual(words, ['a', 'b', word]);
    }
  });

  it('folds regions in comments', () => {
    assert.match('  <!-- #region disks -->', new RegExp(configuration.folding.markers.start));
    assert.match('<!-- #endregion -->', new RegExp(configuration.folding.markers.end));
    assert.doesNotMatch('<!-- #endregion -->', new RegExp(configuration.folding.markers.start));
  });
});

import assert from 'node:assert/strict';
import { scan } from '../../../src/xml/scanner/scan.ts';
import { selectionsAt } from '../../../src/xml/selection.ts';

/** The texts that a selection grows through from `|`. */
function grown(withCursor: string): string[] {
  const offset = withCursor.indexOf('|');
  const document = scan(withCursor.replace('|', ''));
  return selectionsAt(document, offset).map(({ start, end }) => document.text.slice(start, end));
}

describe('selectionsAt', () => {
  for (const [place, withCursor, expected] of [
    [
      'a value',
      `<a><b c='d|e' f=''/></a>`,
      [`de`, `'de'`, `c='de'`, `<b c='de' f=''/>`, `<a><b c='de' f=''/></a>`],
    ],
    ['a value without quotes', `<b c=d|e/>`, [`de`, `c=de`, `<b c=de/>`]],
    ['the name of an attribute', `<b c|d='e'/>`, ['cd', `cd='e'`, `<b cd='e'/>`]],
    [
      'a name in a start tag',
      `<a><b|b>c</bb> </a>`,
      ['bb', '<bb>', '<bb>c</bb>', '<bb>c</bb> ', '<a><bb>c</bb> </a>'],
    ],
    ['an end tag', '<a>c</|a>', ['</a>', '<a>c</a>']],
    ['a text', '<a> vm| 1\n</a>', ['vm 1', ' vm 1\n', '<a> vm 1\n</a>']],
    ['the space between elements', '<a> |<b/></a>', ['<b/>', ' <b/>', '<a> <b/></a>']],
    ['a comment', '<a><!-- x| --></a>', ['x', ' x ', '<!-- x -->', '<a><!-- x --></a>']],
    ['an instruction', '<?xml ver|?><a/>', ['xml ver', '<?xml ver?>', '<?xml ver?><a/>']],
    ['an empty value', `<b c='|'/>`, [`''`, `c=''`, `<b c=''/>`]],
    ['an unclosed element', '<a><b>x|', ['x', '<b>x', '<a><b>x']],
    ['nothing', '|', []],
  ] as const) {
    it(`grows from ${place}`, () => {
      assert.deepEqual(grown(withCursor), expected);
    });
  }
});

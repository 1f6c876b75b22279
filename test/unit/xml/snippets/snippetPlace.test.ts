import assert from 'node:assert/strict';
import { scan } from '../../../../src/xml/scanner/scan.ts';
import { snippetPlace } from '../../../../src/xml/snippets/snippetPlace.ts';

/** What fits at `|`, and what it replaces. */
function fitting(withCursor: string): string | undefined {
  const offset = withCursor.indexOf('|');
  const text = withCursor.replace('|', '');
  const place = snippetPlace(scan(text), offset);
  return place && `${place.scopes.join('+')} for "${text.slice(place.range.start, place.range.end)}"`;
}

describe('snippetPlace', () => {
  for (const [withCursor, expected] of [
    ['|', 'document+device for ""'],
    ['<|', 'document+device for "<"'],
    ['<!-- a -->\npool-r|', 'document+device for "pool-r"'],
    [`<?xml version='1.0'?>\n<pool-r|`, 'document+device for "<pool-r"'],
    ['<domain><devices>\n  |\n</devices></domain>', 'device for ""'],
    ['<domain><devices>\n  disk-r|\n</devices></domain>', 'device for "disk-r"'],
    ['<domain><devices>\n  <disk-r|\n</devices></domain>', 'device for "<disk-r"'],
    ['<domain><devices><disk/>|</devices></domain>', 'device for ""'],
    ['<domain><devices>\n  <|', 'device for "<"'],
    ['<domain>|</domain>', undefined],
    ['<domain/>\n|', undefined],
    [`<domain><devices><disk type='|'/></devices></domain>`, undefined],
    ['<domain><devices><disk |/></devices></domain>', undefined],
    ['<domain><devices><di|sk></disk></devices></domain>', 'device for "<disk></disk>"'],
    ['<domain><devices><di|sk><x/></disk></devices></domain>', undefined],
    ['<domain><devices><disk>|</disk></devices></domain>', undefined],
    ['<domain><devices><!-- | --></devices></domain>', undefined],
    ['<domain><devices></|devices></domain>', undefined],
  ] as const) {
    it(`offers ${expected ?? 'nothing'} in ${JSON.stringify(withCursor)}`, () => {
      assert.equal(fitting(withCursor), expected);
    });
  }
});

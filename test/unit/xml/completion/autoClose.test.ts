import assert from 'node:assert/strict';
import { closingFor } from '../../../../src/xml/completion/autoClose.ts';
import { scan } from '../../../../src/xml/scanner/scan.ts';

function closing(withCursor: string): string | undefined {
  return closingFor(scan(withCursor.replace('|', '')), withCursor.indexOf('|'));
}

describe('tags that close themselves', () => {
  it('get their end tag behind the > of a start tag that has none', () => {
    assert.equal(closing('<domain>|'), '</domain>');
    assert.equal(closing("<a>\n  <disk type='file'>|\n  <b/>\n</a>"), '</disk>');
    assert.equal(closing('<a><q:b xmlns:q="x">|</a>'), '</q:b>');
  });

  it('get none where one follows, behind an empty element, and outside of tags', () => {
    assert.equal(closing('<a>|</a>'), undefined);
    assert.equal(closing('<a><b/>|</a>'), undefined);
    assert.equal(closing('<a></a>|'), undefined);
    assert.equal(closing('<a>x >|</a>'), undefined);
    assert.equal(closing('<a><!-- <b>| --></a>'), undefined);
  });

  it('get their name behind </', () => {
    assert.equal(closing('<domain><devices></|'), 'devices>');
    assert.equal(closing('<a><b></|</a>'), 'b>');
    assert.equal(closing('<a><b></|\n</a>'), 'b>');
  });

  it('get no name where there is one already, or nothing is open', () => {
    assert.equal(closing('<a></|a>'), undefined);
    assert.equal(closing('</|'), undefined);
    assert.equal(closing("<a b='</|'/>"), undefined);
  });
});

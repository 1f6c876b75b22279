import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { applyEdits } from '../../../../../src/xml/edits.ts';
import { markupFixes } from '../../../../../src/xml/fixes/markup/markupFixes.ts';
import { snippetText } from '../../../../../src/xml/fixes/snippetText.ts';
import { scan } from '../../../../../src/xml/scanner/scan.ts';

/** One mistake each, and the document after the preferred fix. */
const cures: readonly (readonly [string, string])[] = [
  ['<a><b></a>', '<a><b/></a>'],
  [`<a>\n  <b c='1'>\n</a>`, `<a>\n  <b c='1'/>\n</a>`],
  ['<a>\n  <b>\n    <c/>\n  <d/>\n</a>', '<a>\n  <b>\n    <c/>\n  </b>\n  <d/>\n</a>'],
  ['<a>\n  <b>\n    <c/>\n', '<a>\n  <b>\n    <c/>\n  </b>\n</a>\n'],
  ['<a><name>x<b/></a>', '<a><name>x<b/></name></a>'],
  ['<a>\r\n  <name>x\r\n</a>', '<a>\r\n  <name>x</name>\r\n</a>'],
  ['<a><b d="1"\n  <c/></a>', '<a><b d="1"/>\n  <c/></a>'],
  ['<a><b\n  <c/></b></a>', '<a><b>\n  <c/></b></a>'],
  ['<a><b x="1"  \n</a>', '<a><b x="1"/>  \n</a>'],
  ['<a><b/\n<c/></a>', '<a><b/>\n<c/></a>'],
  ['<a><b></b\n<c/></a>', '<a><b></b>\n<c/></a>'],
  ['<a><b></\n</a>', '<a><b></b>\n</a>'],
  ['<a><b></></a>', '<a><b></b></a>'],
  ['<a><memory>1</memroy><c/></a>', '<a><memory>1</memory><c/></a>'],
  ['<a><b></c></b></a>', '<a><b></b></a>'],
  ['<a>\n  <b/>\n  </b>\n</a>', '<a>\n  <b/>\n</a>'],
  ['<a>1 < 2</a>', '<a>1 &lt; 2</a>'],
  ['<a & b="1"/>', '<a b="1"/>'],
  [`<a b='x'' c='y'/>`, `<a b='x' c='y'/>`],
  [`<a b='1';/>`, `<a b='1'/>`],
  [`<a b='1'c='2'/>`, `<a b='1' c='2'/>`],
  [`<a b='1' b='2'/>`, `<a b='1'/>`],
  [`<a b='1' b = "2" c='3'/>`, `<a b='1' c='3'/>`],
  [`<a b 'x' c='1'/>`, `<a b='x' c='1'/>`],
  [`<a b c='1'/>`, `<a b='' c='1'/>`],
  [`<a b= c='1'/>`, `<a b='' c='1'/>`],
  [`<a b=x c='1'/>`, `<a b='x' c='1'/>`],
  [`<a c="1" b=x/>`, `<a c="1" b="x"/>`],
  [`<a c='1' b=x"/>`, `<a c='1' b="x"/>`],
  [`<a c="1" b=x"y/>`, `<a c="1" b='x"y'/>`],
  ['<a><uuid1234</uuid></a>', '<a><uuid>1234</uuid></a>'],
  [`<a>\n  b c='1'>\n  </b></a>`, `<a>\n  <b c='1'>\n  </b></a>`],
  [`<a b='x/>`, `<a b='x'/>`],
  [`<a b='x c="y">\n</a>`, `<a b='x' c="y">\n</a>`],
  [`<a b='x<y'/>`, `<a b='x&lt;y'/>`],
  [
    '<domain>\n  <qemu:commandline/>\n</domain>',
    `<domain xmlns:qemu='http://libvirt.org/schemas/domain/qemu/1.0'>\n  <qemu:commandline/>\n</domain>`,
  ],
  ['<a>x & y</a>', '<a>x &amp; y</a>'],
  [`<a b='x&y=1'/>`, `<a b='x&amp;y=1'/>`],
  ['<a>&nbsp;</a>', '<a>&amp;nbsp;</a>'],
  ['<a>x&#0;</a>', '<a>x</a>'],
  ['<a>x\u0001\u0002</a>', '<a>x</a>'],
  ['<a><!-- x\n<b/></a>', '<a><!-- x -->\n<b/></a>'],
  ['<a><!-- x -- y --></a>', '<a><!-- x - - y --></a>'],
  ['<a><!-- x ---></a>', '<a><!-- x - --></a>'],
  ['<a><![CDATA[x\n<b/></a>', '<a><![CDATA[x]]>\n<b/></a>'],
  ['<a>x]]></a>', '<a>x]]&gt;</a>'],
  ['<?php x\n<a/>', '<?php x?>\n<a/>'],
  ['<a>\n  <? x?>\n</a>', '<a>\n</a>'],
  ['<?xml encoding="x"?><a/>', '<?xml version="1.0" encoding="UTF-8"?><a/>'],
  ['<!-- x -->\n<?xml version="1.0"?>\n<a/>', '<!-- x -->\n<a/>'],
  ['# a host\n<a/>', '<!-- a host -->\n<a/>'],
];

describe('fixes of broken markup', () => {
  for (const [before, after] of cures) {
    it(`make ${JSON.stringify(after)} of ${JSON.stringify(before)}`, () => {
      const document = scan(before);
      const [fault] = document.faults;
      assert.ok(fault);
      const [fix] = markupFixes(document, fault);
      assert.ok(fix?.isPreferred);
      const edited =
        'edits' in fix
          ? applyEdits(before, fix.edits)
          : applyEdits(before, [{ range: fix.snippet.range, newText: snippetText(fix.snippet.snippet) }]);
      assert.equal(edited, after);
      assert.deepEqual(scan(edited).faults, []);
    });
  }

  it('leave the choice between both names of an element whose tags differ', () => {
    const document = scan('<a><disc></disk></a>');
    const fixes = document.faults.flatMap((fault) => markupFixes(document, fault));
    assert.deepEqual(
      fixes.map((fix) => [fix.isPreferred, 'edits' in fix && applyEdits(document.text, fix.edits)]),
      [
        [true, '<a><disc></disc></a>'],
        [false, '<a><disk></disk></a>'],
      ],
    );
  });

  it('leave the choice between closing and removing a tag that is half typed', () => {
    const document = scan('<a>\n  <b\n  <c/>\n</a>');
    const fixes = document.faults.flatMap((fault) => markupFixes(document, fault));
    assert.deepEqual(
      fixes.map((fix) => [fix.isPreferred, 'edits' in fix && applyEdits(document.text, fix.edits)]),
      [
        [false, '<a>\n  <b/>\n  <c/>\n</a>'],
        [false, '<a>\n  <c/>\n</a>'],
      ],
    );
  });

  it('say nothing about what has no one answer', () => {
    for (const text of ['', '<a/><b/>', '<a q:b="1"/>', '<!DOCTYPE a\n<a/>']) {
      const document = scan(text);
      assert.equal(document.faults.length, 1, text);
      assert.deepEqual(
        document.faults.flatMap((fault) => markupFixes(document, fault)),
        [],
      );
    }
  });

  it('never add faults, wherever a document is damaged', () => {
    const text = readFileSync('test/corpus/xml/domain-rbd.xml', 'utf8');
    const damages = ['', '<', '>', '&', "'", '/', '-->', '<x', '</x>', 'x'];
    for (let at = 0; at < text.length; at += 29) {
      for (const damage of damages) {
        const document = scan(text.slice(0, at) + damage + text.slice(at + 1));
        for (const fault of document.faults) {
          for (const fix of markupFixes(document, fault)) {
            if (!('edits' in fix)) continue;
            const edited = applyEdits(document.text, fix.edits);
            const left = scan(edited).faults.length;
            assert.ok(
              left <= document.faults.length - (fix.isPreferred ? 1 : 0),
              `${fault.kind} at ${at} of ${damage}: ${fix.title}`,
            );
          }
        }
      }
    }
  });
});

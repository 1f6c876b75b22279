import assert from 'node:assert/strict';
import { scan } from '../../../../../src/xml/scanner/scan.ts';
import { readPage } from '../../../../../tools/corpus/edits/page.ts';
import { markupFaultMakers } from '../../../../../tools/corpus/faults/markupFaults.ts';
import { schemaFaultMakers, type FaultMaker } from '../../../../../tools/corpus/faults/schemaFaults.ts';
import { Random } from '../../../../../tools/corpus/random.ts';

const text = `<domain type='kvm'>
  <name>web</name>
  <on_crash>destroy</on_crash>
  <devices>
    <disk type='file'><source file='/a'/></disk>
  </devices>
</domain>
`;
const language = {
  literals: new Set(['kvm', 'destroy']),
  homes: new Map([['disk', new Set(['devices'])]]),
};

/** What a maker makes of the page with many seeds: each is of another part of it. */
function madeBy(make: FaultMaker): NonNullable<ReturnType<FaultMaker>>[] {
  return Array.from({ length: 40 }, (_, seed) =>
    make(readPage(text), new Random(seed * 100_000_007), language),
  ).flatMap((fault) => fault ?? []);
}

describe('single faults made in a document', () => {
  it('change it, and tell a place in it', () => {
    for (const make of [...schemaFaultMakers, ...markupFaultMakers]) {
      const faults = madeBy(make);
      assert.ok(faults.length > 0, 'a maker makes nothing');
      for (const fault of faults) {
        assert.notEqual(fault.text, text, fault.kind);
        const [place] = fault.places;
        assert.ok(place && place.start < place.end && place.end <= fault.text.length, fault.kind);
      }
    }
  });

  it('break the markup, or leave it whole', () => {
    for (const { kind, text: faulty } of schemaFaultMakers.flatMap(madeBy)) {
      assert.deepEqual(scan(faulty).faults, [], kind);
    }
    for (const { kind, text: faulty } of markupFaultMakers.flatMap(madeBy)) {
      assert.notDeepEqual(scan(faulty).faults, [], kind);
    }
  });

  it('tell the misspelt word itself', () => {
    const typos = schemaFaultMakers.flatMap(madeBy).filter(({ kind }) => kind.endsWith('typo'));
    for (const { kind, places, text: faulty } of typos) {
      const [{ start, end } = { start: 0, end: 0 }] = places;
      const word = faulty.slice(start, end);
      assert.match(word, /^[\w/-]+$/, kind);
      assert.equal(
        text.includes(`${faulty.slice(start - 5, start)}${word}${faulty[end] ?? ''}`),
        false,
        word,
      );
    }
  });

  it('have an answer where the schema names the value', () => {
    const values = schemaFaultMakers.flatMap(madeBy).filter(({ kind }) => kind === 'value typo');
    assert.deepEqual(new Set(values.map(({ answer }) => answer)), new Set(['kvm', undefined]));
  });
});

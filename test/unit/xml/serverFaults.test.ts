import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import type { XmlDocument } from '../../../src/xml/document.ts';
import { elementsOf, pathOf } from '../../../src/xml/queries.ts';
import { scan } from '../../../src/xml/scanner/scan.ts';
import { locateServerFault } from '../../../src/xml/serverFaults.ts';
import { marked } from './marked.ts';
import { type Definable, define, hasVirsh } from './virsh.ts';

/**
 * What libvirt 9.0.0 (QEMU driver, test driver, secret driver) answered to a faulty document, without and with
 * validation. The right place is between « and » in `by`; or it is `at`: the path of an element, a marked piece of
 * another line, or `document` where the text tells nothing.
 */
interface Refusal {
  readonly document: string;
  readonly replace: string;
  readonly by: string;
  readonly at?: string;
  readonly refusal: string;
}

const refusals = JSON.parse(readFileSync('test/corpus/refusals/refusals.json', 'utf8')) as readonly Refusal[];

function located(document: XmlDocument, refusal: string): string {
  const { range, precision } = locateServerFault(document, refusal);
  if (precision === 'token') return `token ${range.start}-${range.end}`;
  if (precision === 'document') return 'document';
  const element = [...elementsOf(document)].find(({ nameRange }) => nameRange.start === range.start);
  return element === undefined ? `element ${range.start}-${range.end}` : pathOf(element);
}

/** The faulty document, and what {@link located} must say of it. */
function faulty({ document, replace, by, at }: Refusal): { text: string; expected: string } {
  const good = readFileSync(`test/corpus/xml/${document}`, 'utf8');
  assert.ok(good.includes(replace));
  const bad = good.replace(replace, () => by);
  const text = bad.replace('«', '').replace('»', '');
  if (at !== undefined && !at.includes('«')) return { text, expected: at };
  const { range } = marked(at === undefined ? bad : text.replace(at.replace(/[«»]/g, ''), () => at));
  return { text, expected: `token ${range.start}-${range.end}` };
}

function titleOf({ by, refusal }: Refusal): string {
  const [first = '', more] = refusal.replace(/ Unable to validate doc against \S+/, '').split('\n');
  const change = by
    .trim()
    .replaceAll(/\s*\n\s*/g, ' ')
    .slice(0, 90);
  return `${change}: ${first}${more === undefined ? '' : ` | ${more}`}`;
}

describe('locateServerFault: what libvirt answered', () => {
  for (const refusal of refusals) {
    it(titleOf(refusal), () => {
      const { text, expected } = faulty(refusal);
      assert.equal(located(scan(text), refusal.refusal), expected);
    });
  }
});

describe('locateServerFault: what the libvirt of this machine answers', () => {
  const kinds = new Map<string, Definable>([
    ['pool-rbd.xml', 'pool'],
    ['network-nat.xml', 'network'],
    ['secret-ceph.xml', 'secret'],
    ['domainsnapshot.xml', 'domainsnapshot'],
  ]);

  before(function () {
    if (!hasVirsh) this.skip();
  });

  for (const refusal of refusals) {
    const kind = kinds.get(refusal.document);
    if (kind === undefined || refusal.refusal.includes('against schema')) continue;
    it(titleOf(refusal), () => {
      const { text, expected } = faulty(refusal);
      const said = define(kind, text, { validate: false });
      assert.notEqual(said, '');
      assert.equal(located(scan(text), said), expected, said);
    });
  }
});

describe('locateServerFault: refusals that need another object', () => {
  const text = `<domain type='qemu'>
  <name>tiny</name>
  <uuid>c794317e-fbc3-49a7-88e2-5d3ccdf0993a</uuid>
  <devices>
    <disk type='network'>
      <auth username='libvirt'>
        <secret type='ceph' uuid='99999999-2222-4333-8444-555555555555'/>
      </auth>
      <source protocol='rbd' name='libvirt-pool/tiny'/>
      <target dev='vdb'/>
    </disk>
    <interface type='network'>
      <source network='lan'/>
    </interface>
  </devices>
</domain>`;
  for (const [refusal, token] of [
    [`operation failed: domain 'tiny' already exists with uuid 11111111-fbc3-49a7-88e2-5d3ccdf0993a`, 'tiny'],
    [
      `operation failed: domain 'other' is already defined with uuid c794317e-fbc3-49a7-88e2-5d3ccdf0993a`,
      'c794317e-fbc3-49a7-88e2-5d3ccdf0993a',
    ],
    [
      `Secret not found: no secret with matching uuid '99999999-2222-4333-8444-555555555555'`,
      '99999999-2222-4333-8444-555555555555',
    ],
    [
      `Secret not found: secret '99999999-2222-4333-8444-555555555555' does not have a value`,
      '99999999-2222-4333-8444-555555555555',
    ],
    [`Network not found: no network with matching name 'lan'`, 'lan'],
    [`XML error: target 'vdb' duplicated for disk sources 'tiny' and 'tiny'`, 'vdb'],
  ] as const) {
    it(refusal, () => {
      const { range, precision } = locateServerFault(scan(text), refusal);
      assert.equal(text.slice(range.start, range.end), token);
      assert.equal(precision, 'token');
    });
  }

  for (const refusal of [
    '',
    'internal error',
    'cannot acquire state change lock',
    `no 'such' thing`,
    'a <b> c',
  ]) {
    it(`puts ${JSON.stringify(refusal)} at the root`, () => {
      const document = scan(text);
      assert.deepEqual(locateServerFault(document, refusal), {
        range: document.root?.nameRange,
        precision: 'document',
      });
    });
  }

  it('has a place even when there is no element', () => {
    assert.deepEqual(locateServerFault(scan('x'), 'whatever'), {
      range: { start: 0, end: 1 },
      precision: 'document',
    });
  });

  it('falls back to the line when only libvirt finds the document malformed', () => {
    assert.deepEqual(
      locateServerFault(scan('<a>\n  <b/>\n</a>'), `(domain_definition):2: something new\n  <b/>\n---^`),
      { range: { start: 6, end: 10 }, precision: 'element' },
    );
  });
});

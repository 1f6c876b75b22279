import assert from 'node:assert/strict';
import { allFailures } from '../../../src/doctor/allFailures.ts';
import { suspect } from '../../../src/doctor/complaint.ts';

describe('the failures that the doctor knows', () => {
  it('have each an id of its own, which can be the name of a file', () => {
    const ids = allFailures.map(({ id }) => id);
    assert.deepEqual(
      ids.filter((id, at) => ids.indexOf(id) !== at || !/^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/.test(id)),
      [],
    );
  });

  for (const failure of allFailures) {
    const { id, page, symptoms } = failure;

    it(`${id} is recognised by each text that it is said to show as`, () => {
      for (const { example } of symptoms)
        assert.deepEqual(
          suspect(new Error(example), undefined, [failure]).map((one) => one.failure.id),
          [id],
          example,
        );
    });

    it(`${id} is not taken for what libvirt says every day`, () => {
      for (const text of everyday) assert.deepEqual(suspect(new Error(text), undefined, [failure]), [], text);
    });

    it(`${id} has a page that says why and what to do`, () => {
      const { title, summary, why, looks, cures, links } = page();
      for (const text of [title, summary, ...why, ...looks, ...cures]) assert.match(text, /\S/);
      assert.ok(why.length > 0 && looks.length > 0 && cures.length > 0);
      for (const { url } of links) assert.match(url, /^https:\/\//);
    });
  }
});

/** Errors with a cause that is in them. */
const everyday = [
  "Domain not found: no domain with matching name 'web1'",
  'Requested operation is not valid: domain is not running',
  "operation failed: domain 'web1' already exists with uuid dffc089f-4542-47ab-896b-6e2c66530929",
  "Storage pool not found: no storage pool with matching name 'vms'",
  'Cancelled.',
  'kvm1 is not connected.',
];
